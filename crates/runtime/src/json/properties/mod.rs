//! What the macro `object` calls: the properties of an object are read and written by number, and the first error is
//! kept, so that generated code has no branch for each step.

#[cfg(feature = "schemars")]
mod describe;
mod read;
mod write;

#[cfg(feature = "schemars")]
pub use describe::{Described, describe};
pub use read::{Object, Reader, Unknown, lenient, nullable, optional, read, required, strict, unknown};
pub use write::{Empty, MapWriter, StructWriter};
