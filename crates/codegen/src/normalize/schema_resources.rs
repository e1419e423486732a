//! Rewrites references that an `$id` makes relative, and dynamic references, to references within the document.

use openapi::schema_resources::{resolve_dynamic, resolve_ids};

use super::Normalizing;
use crate::unsupported::UnsupportedKeyword;

const STATIC: &str = "read as `$ref`: schemas through which a value is validated do not change the target";

pub(super) fn run(normalizing: &mut Normalizing) {
    resolve_ids(&mut normalizing.document);
    for one in resolve_dynamic(&mut normalizing.document) {
        normalizing.ignored.push(UnsupportedKeyword::new(&one.pointer, one.keyword, STATIC, &one.value));
        normalizing.moved.insert(format!("{}{}", one.pointer, one.at), format!("{}/{}", one.pointer, one.keyword));
    }
}
