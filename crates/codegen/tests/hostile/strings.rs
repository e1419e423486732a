//! Hostile strings: they try to end the context that they are in, or to start another one.

use proptest::prelude::*;

pub(crate) const STRINGS: &[&str] = &[
    "a\n\n```\nlet a = run();\n```\n",
    "a\n\n~~~\nlet a = run();\n",
    "a\n\n    let a = run();\n",
    "- a\n\n  ````should_panic\n  run()\n  ````",
    "> -      run();\n",
    "\u{a0}```\nrun();\n\u{c}```rust\nrun();\n```",
    "\t\trun();\r\r\trun();",
    "~~~",
    "```",
    "`",
    "*/ fn run() {} /*",
    "\"; fn run() {} //",
    "\"#####; fn run() {}",
    "'''\n[dependencies]\nrun = \"1\"\n'''",
    "\"\n[package]\nbuild = \"run.rs\"\n",
    "<script>run()</script><img src=x onerror=run()>",
    "<!--\n\n```\nrun();\n```",
    "[a](javascript:run()) ![b](https://track.example/x.png)",
    "\u{1b}[2J\u{1b}]0;title\u{7}",
    "\n::error::forged\n::add-mask::a\n",
    "\u{202e}\u{2066}txet\u{2069}\u{200f}",
    "\0\u{1}\u{7f}\u{85}\u{2028}\u{2029}",
    "{braces} {0} {:?} {{}} %s $HOME $crate",
    "`of_type`",
    "May be null.",
    "\u{e000}deprecated\u{e001}",
    "\\",
    "\r\n\r\n",
    "r#type",
    "$crate",
    "crate::run!()",
    "..",
    "/",
    " ",
    "",
    "é e\u{301} K K ﬁ \u{37a} \u{e33} ㎡ m² x\u{ff9e} 日本",
];

pub(crate) fn strings() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(STRINGS), 1..4).prop_map(|strings| strings.concat());
    let long = prop::sample::select(STRINGS).prop_map(|text| text.repeat(2_000));
    let any = prop::collection::vec(any::<char>(), 0..12).prop_map(|chars| chars.into_iter().collect());
    prop_oneof![4 => pieces, 1 => long, 2 => any]
}
