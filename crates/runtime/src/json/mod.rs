//! JSON: shared nodes, the step limit of decoding, and nulls.

mod deserializer;
pub(super) mod node;
pub(super) mod null;
pub(super) mod plain;
pub(super) mod reader;
pub(super) mod work;
