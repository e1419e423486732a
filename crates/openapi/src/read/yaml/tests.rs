use super::*;
use serde_json::json;

fn parse(text: &str) -> Result<Value, Problem> {
    super::parse(text, Budget::of_a_file())
}

fn refused(text: &str) -> Problem {
    match parse(text) {
        Ok(value) => panic!("read as {value}"),
        Err(problem) => problem,
    }
}

#[test]
fn keys_are_strings_and_aliases_are_expanded() {
    let text = "a: &a {x: 1}\n1.10: *a\n0x10: 18446744073709551615\n~: !!str 7\n";
    assert_eq!(parse(text).unwrap(), json!({"a": {"x": 1}, "1.10": {"x": 1}, "0x10": u64::MAX, "~": "7"}));
    assert_eq!(locations(text).unwrap().find("/1.10/x"), Location { line: 1, column: 11 });
}

#[test]
fn merge_keys_add_missing_entries() {
    let text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {y: 3, <<: [*a, *b]}\nd: {<<: {<<: *b, y: 4}}\n";
    let parsed = parse(text).unwrap();
    assert_eq!(parsed["c"], json!({"y": 3, "x": 1, "z": 2}));
    assert_eq!(parsed["d"], json!({"y": 4, "z": 2}));
    // without mappings to merge, `<<` is an ordinary key
    assert_eq!(parse("{\"<<\": {x: 1}}").unwrap(), json!({"<<": {"x": 1}}));
    assert_eq!(parse("<<: [x]").unwrap(), json!({"<<": ["x"]}));
    assert!(refused("a: &a {x: 1}\nb: {<<: *a, <<: *a}\n").what.contains("occurs twice"));
    let keys: String = (0..3_000).map(|at| format!("k{at}: {at}, ")).collect();
    let many: String = (0..3_000).map(|at| format!("m{at}: {{<<: *a}}\n")).collect();
    assert!(refused(&format!("a: &a {{{keys}}}\n{many}")).what.contains("merge keys"));
}

#[test]
fn nesting_is_limited() {
    for deep in ["- ", "[", "{a: ", "? ", "a:\n"] {
        for depth in [129, 130, 5_000, 100_000] {
            let text = match deep {
                "a:\n" if depth > 5_000 => continue,
                "a:\n" => (0..depth).map(|level| format!("{}a:\n", " ".repeat(level))).collect(),
                _ => format!("x: \n  {}", deep.repeat(depth)),
            };
            let problem = refused(&text);
            assert!(problem.line.is_some(), "{problem}");
        }
    }
    assert!(parse(&format!("{}x", "- ".repeat(128))).is_ok());
    assert_eq!(
        refused(&format!("{}x", "- ".repeat(130))).what,
        "the value is nested too deeply, the limit is 128 levels"
    );
}

#[test]
fn the_expansion_of_aliases_is_limited() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let previous = format!("*a{}", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", vec![previous; 10].join(", "));
    }
    assert!(refused(&laughs).what.contains("aliases of the file expand"));
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), vec!["*a"; 10_000].join(", "));
    assert!(refused(&long).what.contains("aliases of the file expand"));
    let mut deep = "a0: &a0 [x]\n".to_owned();
    for level in 1..1_000 {
        deep += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    assert_eq!(refused(&deep).what, "the value is nested too deeply, the limit is 128 levels");
    assert!(refused("a: &a [*a]\n").what.contains("inside the value that it names"));
    let anchors: String = (0..50_000).map(|at| format!("k{at}: &k{at} {{}}\n")).collect();
    assert!(parse(&anchors).is_ok());
}
