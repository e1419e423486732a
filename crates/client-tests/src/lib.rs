//! Clients of small documents of our own, one module a document. The tests call them against a recording server.

macro_rules! client {
    ($name:ident) => {
        #[allow(
            clippy::all,
            clippy::pedantic,
            clippy::unwrap_used,
            clippy::doc_markdown,
            deprecated,
            missing_docs,
            unreachable_pub,
            unused,
            unused_comparisons
        )]
        pub mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));

            /// The client of this document.
            #[derive(Clone, Debug)]
            pub struct Client {
                transport: ::runtime::Transport,
            }

            impl Client {
                pub(crate) fn transport(&self) -> &::runtime::Transport {
                    &self.transport
                }
            }

            impl From<::runtime::Transport> for Client {
                fn from(transport: ::runtime::Transport) -> Self {
                    Self { transport }
                }
            }
        }
    };
}

client!(answers);
client!(bodies);
client!(compositions);
client!(constraints);
client!(contents);
client!(defaults);
client!(directions);
client!(enums);
client!(multipart);
client!(names);
client!(nullable);
client!(nulls);
client!(patterns);
client!(rules);
client!(security);
client!(statuses);
client!(styles);
client!(table);
client!(unions);
client!(wide);
