//! Code fences in Markdown.

/// Returns the fence that a line begins with.
pub(crate) fn fence_of(line: &str) -> Option<String> {
    let line = line.trim_start();
    let marker = line.chars().next().filter(|sign| "`~".contains(*sign))?;
    let fence: String = line.chars().take_while(|sign| *sign == marker).collect();
    (fence.len() >= 3).then_some(fence)
}

/// Whether a line closes a fence.
pub(crate) fn ends(line: &str, fence: &str) -> bool {
    let line = line.trim();
    line.len() >= fence.len() && line.chars().all(|sign| fence.starts_with(sign))
}

/// Whether a fenced block ends with its closing fence, which truncated pages lack.
pub(crate) fn is_closed(block: &str) -> bool {
    let Some(fence) = fence_of(block) else { return true };
    let last = block.trim_end().lines().skip(1).last().unwrap_or_default();
    ends(last.trim_start_matches(['>', ' ', '\t']), &fence)
}
