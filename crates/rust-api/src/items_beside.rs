//! The items of two versions of generated code that differ, without parsing what is equal.

use std::collections::{BTreeMap, HashSet};

use crate::{
    expand::parse_file,
    items::{SurfaceItem, items, of_file, with_errors},
};

/// Returns the items of two versions of generated code, without items whose code is equal, byte for byte. Parsing equal
/// code would take longer than generating it.
pub fn items_beside(one: &str, other: &str) -> [BTreeMap<String, SurfaceItem>; 2] {
    let (from, to) = (chunks(one), chunks(other));
    let known = [from.iter().collect::<HashSet<_>>(), to.iter().collect::<HashSet<_>>()];
    // statics and private modules have no items
    let read = |block: &str| block.starts_with("pub mod") || block.starts_with("impl");
    let is_odd =
        |chunk: &Chunk<'_>| chunk.block.is_empty() && read(chunk.text) && !chunk.text.trim_end().ends_with(['{', '}']);
    let [from, to] = [(&from, &known[1]), (&to, &known[0])].map(|(chunks, others)| {
        let different = chunks.iter().filter(|chunk| read(chunk.block) && !others.contains(*chunk));
        if chunks.iter().any(is_odd) { None } else { of_chunks(different) }
    });
    match (from, to) {
        (Some(from), Some(to)) => [from, to],
        // an unknown layout: all of the code is parsed
        _ => [items(one), items(other)],
    }
}

/// Size in bytes of the code that is parsed at once: a syntax tree takes many times more memory than its text.
const BATCH: usize = 512 * 1024;

/// Returns the items of some chunks, parsed in batches. `None` if they cannot be parsed.
fn of_chunks<'c>(chunks: impl Iterator<Item = &'c Chunk<'c>>) -> Option<BTreeMap<String, SurfaceItem>> {
    let (mut found, mut batch, mut block) = (BTreeMap::new(), String::new(), "");
    let mut read = |batch: &mut String| {
        found.extend(parse_file(batch).map(of_file).ok()?);
        batch.clear();
        Some(())
    };
    for chunk in chunks {
        if chunk.block != block {
            batch.push_str(if block.is_empty() { "" } else { "}\n" });
            batch.push_str(chunk.block);
            block = chunk.block;
        }
        batch.push_str(chunk.text);
        if batch.len() > BATCH {
            batch.push_str("}\n");
            block = "";
            read(&mut batch)?;
        }
    }
    batch.push_str(if block.is_empty() { "" } else { "}\n" });
    read(&mut batch)?;
    Some(with_errors(found))
}

/// Lines that belong together: an item in a block, or a line outside of blocks.
#[derive(PartialEq, Eq, Hash)]
struct Chunk<'c> {
    /// First line of the block that contains it; empty for lines that open or close blocks.
    block: &'c str,
    text: &'c str,
}

/// Splits a file. The items of modules are at the margin, those of other blocks are indented by four spaces.
fn chunks(code: &str) -> Vec<Chunk<'_>> {
    let (mut chunks, mut block, mut start, mut at) = (Vec::new(), "", 0, 0);
    for line in code.split_inclusive('\n') {
        let end = at + line.len();
        let (is_margin, text) = (!line.starts_with([' ', '\n']), line.trim_end());
        let is_module = is_module(block);
        let opens = !is_module && text.ends_with(['{', '[']);
        // a bracket at the margin closes an item, or the block if there is none
        let closes = is_margin && (!is_module || (start == at && text == "}"));
        let ends_item = if is_module { is_margin && is_end(text) } else { is_end_inside(line) };
        if closes {
            chunks.extend((start < at).then(|| Chunk { block, text: &code[start..at] }));
            chunks.push(Chunk { block: "", text: line });
            block = if opens { line } else { "" };
            start = end;
        } else if ends_item {
            chunks.push(Chunk { block, text: &code[start..end] });
            start = end;
        }
        at = end;
    }
    chunks.extend((start < at).then(|| Chunk { block, text: &code[start..at] }));
    chunks
}

fn is_module(block: &str) -> bool {
    block.starts_with("pub mod") || block.starts_with("mod")
}

/// Whether a line at the margin ends an item.
fn is_end(line: &str) -> bool {
    !line.starts_with("//") && (line.starts_with(['}', ']', ')']) || line.ends_with([';', '}']))
}

/// Whether a line in an indented block ends an item.
fn is_end_inside(line: &str) -> bool {
    line.starts_with("    }") || (!line.starts_with("     ") && line.trim_end().ends_with([';', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_beside_leaves_out_equal_items() {
        let file = |ty: &str| {
            [
                "pub mod types {\n/// A;\n#[derive(Clone)]\npub struct A {\n    pub x: u8,\n}\n",
                &format!("pub type C = {ty};\npub struct D;\n}}\n"),
                &format!("impl Api {{\n    pub fn one(&self) -> {ty} {{\n        1\n    }}\n"),
                "    pub fn two(&self) {\n    }\n}\n",
            ]
            .concat()
        };
        let shown = |side: &BTreeMap<String, SurfaceItem>| {
            side.iter().map(|(path, item)| format!("{path} {}", item.signature)).collect::<Vec<_>>()
        };
        let [one, other] = items_beside(&file("u8"), &file("u16"));
        assert_eq!(shown(&one), ["Api::one fn one(&self) -> u8", "types::C = u8"]);
        assert_eq!(shown(&other), ["Api::one fn one(&self) -> u16", "types::C = u16"]);
        // in an unknown layout, all items are returned
        let odd = "pub mod types { pub struct A { pub x: u8,\n    }\n }\n";
        let [one, other] = items_beside(odd, &file("u8"));
        assert_eq!((one.len(), other.len()), (2, 7));
    }
}
