//! The macro that implements `Deserialize` and `Serialize` for generated structs.
//!
//! serde's derives write several functions for each struct, with several statements for each field. Compiling them took
//! half of the time of a large crate. Here, a struct gets one function for each trait, with one call for each step.

/// Implements `Deserialize`, `Serialize` or both for a struct. Used by generated code, where `runtime` is in scope.
///
/// A field has a number, its name, its JSON name, how it is read (a module of `properties`), and how it is written (a
/// method of the writers). Behind the fields, `deny_unknown_fields` refuses other properties, and `rest` names the
/// field that collects them.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    (Deserialize, Serialize for $name:ident $fields:tt $($unknown:ident)*) => {
        $crate::__object! { Deserialize for $name $fields $($unknown)* }
        $crate::__object! { Serialize for $name $fields $($unknown)* }
    };
    (Deserialize for $name:ident $fields:tt) => {
        $crate::__object! { @read Ignored $name $fields [] }
    };
    (Deserialize for $name:ident $fields:tt deny_unknown_fields) => {
        $crate::__object! { @read Denied $name $fields [] }
    };
    (Deserialize for $name:ident $fields:tt rest $rest:ident) => {
        $crate::__object! { @read Collected $name $fields [$rest] }
    };
    (@read $unknown:ident $name:ident
        { $($number:literal $field:ident $json:literal $read:ident $write:ident),+ } [$($rest:ident)?]
    ) => {
        impl<'de> runtime::properties::Object<'de> for $name {
            const PROPERTIES: &'static [&'static str] = &[$($json),+];
            const UNKNOWN: runtime::properties::Unknown = runtime::properties::Unknown::$unknown;

            fn read<A: ::serde::de::MapAccess<'de>>(
                map: &mut runtime::properties::Reader<'de, A>,
            ) -> ::std::option::Option<Self> {
                $(let mut $field = ::std::option::Option::None;)+
                $(let mut $rest = ::std::default::Default::default();)?
                while let ::std::option::Option::Some(number) = map.next() {
                    match number {
                        $($number => runtime::properties::$read::read(map, &mut $field),)+
                        _ => runtime::properties::unknown(map, ($(&mut $rest)?)),
                    }
                }
                let ($(::std::option::Option::Some($field),)+) =
                    ($(runtime::properties::$read::take(map, $field, $json),)+)
                else {
                    return ::std::option::Option::None;
                };
                ::std::option::Option::Some(Self { $($field,)+ $($rest)? })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                runtime::properties::read(deserializer, stringify!($name))
            }
        }

        #[cfg(feature = "schemars")]
        impl runtime::properties::Described for $name {
            const FIELDS: &'static [[&'static str; 3]] = &[$([stringify!($field), $json, stringify!($read)]),+];
            const REST: &'static [&'static str] = &[$(stringify!($rest))?];
            const DENIES_UNKNOWN: bool =
                matches!(runtime::properties::Unknown::$unknown, runtime::properties::Unknown::Denied);
        }
    };
    (Serialize for $name:ident
        { $($number:literal $field:ident $json:literal $read:ident $write:ident),+ } $(deny_unknown_fields)?
    ) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                let count = [$($number),+].len();
                let mut object = runtime::properties::StructWriter::new(serializer, stringify!($name), count);
                $(object.$write($json, &self.$field);)+
                object.end()
            }
        }
    };
    (Serialize for $name:ident
        { $($number:literal $field:ident $json:literal $read:ident $write:ident),+ } rest $rest:ident
    ) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                let mut object = runtime::properties::MapWriter::new(serializer);
                $(object.$write($json, &self.$field);)+
                object.rest(&self.$rest);
                object.end()
            }
        }
    };
}
