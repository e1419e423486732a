//! The macro that writes generated request builders.
//!
//! A builder has the same functions as every other one; written out, they would be a third of the text of a client.

/// Writes a request builder: its struct, a setter for each value, and `send`. Used by generated code, where
/// `runtime`, `transport` and `OPERATIONS` are in scope.
///
/// A value has a name, its type, and its name in the document. Behind that, `each [T]` sets a list item by item,
/// `nullable [T, name]` sets a `T` or, with the setter `name`, null, and `raw [types]` sets the bytes of the body in
/// one of several content types. `send` has the index of the operation, the method of progenitor's client, the
/// documented successes and errors in prose, the types of both, and their decoders.
#[doc(hidden)]
#[macro_export]
macro_rules! __request_builder {
    (
        $(#[$attribute:meta])*
        $name:ident($client:ty) {
            $($(#[$on_value:meta])* $value:ident: $ty:ty = $json:literal $($kind:ident $more:tt)?,)*
        }
        send $index:literal $method:ident $successes:literal $errors:literal -> $success:ty, $error:ty {
            $($decoder:ident $status:literal $wrap:expr,)*
        }
    ) => {
        $(#[$attribute])*
        #[must_use = "the request is sent when `send` is called and awaited"]
        #[derive(Clone, Debug)]
        pub struct $name<'a> {
            client: &'a $client,
            violation: ::std::option::Option<runtime::Violation>,
            $($value: ::std::option::Option<$ty>,)*
        }

        impl<'a> $name<'a> {
            pub(super) fn new(client: &'a $client) -> Self {
                Self {
                    client,
                    violation: ::std::option::Option::None,
                    $($value: ::std::option::Option::None,)*
                }
            }

            $($crate::__setter! { $(#[$on_value])* $value $ty = $json $($kind $more)? })*

            /// Sends the request and returns the decoded response body.
            ///
            #[doc = concat!(" Documented success: ", $successes, ".")]
            ///
            /// # Errors
            #[doc = concat!(" Documented: ", $errors, ". For others, see [`operations`](self).")]
            pub async fn send(self) -> ::std::result::Result<$success, runtime::Error<$error>> {
                self.send_with_response().await.map(runtime::Response::into_body)
            }

            /// Like [`send`](Self::send), with status and headers of the response.
            pub async fn send_with_response(
                self,
            ) -> ::std::result::Result<runtime::Response<$success>, runtime::Error<$error>> {
                let client = self.client;
                let request = self.into_request();
                let send = |attempt| transport::Client::of(attempt).$method();
                let decoders = [$(runtime::Decoder::$decoder($status, $wrap)),*];
                client.transport().send(&OPERATIONS[$index], request, send, decoders).await
            }
        }
    };
}

/// Writes the setter of a value of a request builder.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ($(#[$attribute:meta])* $value:ident $ty:ty = $json:literal) => {
        $(#[$attribute])*
        pub fn $value(mut self, value: impl ::std::convert::TryInto<$ty, Error: ::std::fmt::Display>) -> Self {
            runtime::set(&mut self.$value, &mut self.violation, $json, value);
            self
        }
    };
    ($(#[$attribute:meta])* $value:ident $ty:ty = $json:literal each [$item:ty]) => {
        $(#[$attribute])*
        pub fn $value(
            mut self,
            values: impl ::std::iter::IntoIterator<Item: ::std::convert::TryInto<$item, Error: ::std::fmt::Display>>,
        ) -> Self {
            runtime::set_list(&mut self.$value, &mut self.violation, $json, values);
            self
        }
    };
    (
        $(#[$attribute:meta])* $value:ident $ty:ty = $json:literal
        nullable [$inner:ty, $(#[$on_null:meta])* $null:ident]
    ) => {
        $(#[$attribute])*
        pub fn $value(mut self, value: impl ::std::convert::TryInto<$inner, Error: ::std::fmt::Display>) -> Self {
            runtime::set_nullable(&mut self.$value, &mut self.violation, $json, value);
            self
        }

        $(#[$on_null])*
        pub fn $null(mut self) -> Self {
            self.$value = ::std::option::Option::Some(::std::option::Option::None);
            self
        }
    };
    ($(#[$attribute:meta])* $value:ident $ty:ty = $json:literal raw [$($content_type:literal),*]) => {
        $(#[$attribute])*
        pub fn $value(mut self, content_type: &str, bytes: impl ::std::convert::Into<::std::vec::Vec<u8>>) -> Self {
            let body = runtime::Body::other(content_type, bytes, &[$($content_type),*]);
            runtime::set_result(&mut self.$value, &mut self.violation, body);
            self
        }
    };
}
