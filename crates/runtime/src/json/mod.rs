//! JSON: objects of generated structs, shared nodes, the step limit of decoding, and nulls.

mod deserializer;
pub(super) mod node;
pub(super) mod null;
mod object_macro;
pub(super) mod plain;
pub mod properties;
pub(super) mod reader;
pub(super) mod work;
