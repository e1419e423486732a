//! The checks, one per file.

mod causes;
mod client;
mod compiled;
mod docs;
mod document;
mod lint;
mod lock;
mod overlay;
mod pages;
mod surface;
mod text_diff;
mod unrepresented;
mod version;

pub(crate) use client::client;
pub use compiled::{COMPILED, Compiled};
pub(crate) use docs::docs;
pub(crate) use document::document;
pub(crate) use lint::lint;
pub(crate) use lock::{lock, locked_files};
pub(crate) use overlay::overlay;
pub(crate) use pages::pages;
pub(crate) use surface::surface;
pub(crate) use unrepresented::unrepresented;
pub(crate) use version::version;
