//! Generation for commands that test the generator: what cannot be generated is left out, and not tested.

use codegen::{Options, Package};
use openapi::{Bundle, Problem};

use crate::output::{count, note};

/// Generates the crate of a document without the parts that cannot be generated. Notes their number.
///
/// # Errors
/// The problems of the document, each with its location.
pub(crate) fn package(bundle: &Bundle) -> Result<Package, Vec<Problem>> {
    let options = Options { carve: true, ..Options::default() };
    let package = codegen::package_with(bundle.document(), &options)
        .map_err(|problems| problems.into_iter().map(|problem| bundle.place(problem)).collect::<Vec<_>>())?;
    let carved = package.generated.carved.len();
    if carved > 0 {
        note(&format!("not tested, since it cannot be generated: {} (`generate` lists it)", count(carved, "part")));
    }
    Ok(package)
}
