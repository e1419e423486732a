//! Generated clients of small documents, one module for each document. The tests call them against a scripted server.

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

client!(bodies);
client!(compositions);
client!(constraints);
client!(contents);
client!(defaults);
client!(directions);
client!(enums);
client!(keywords);
client!(keywords_3_1);
client!(merged);
client!(merged_31);
client!(multipart);
client!(names);
client!(nullable);
client!(nulls);
client!(patterns);
client!(responses);
client!(security);
client!(servers);
client!(statuses);
client!(styles);
client!(table);
client!(unions);
client!(webhooks);
client!(wide);
