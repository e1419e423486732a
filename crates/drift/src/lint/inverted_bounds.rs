//! Finds lower bounds above the upper bound: no value is valid.

use serde_json::Value;

use super::{
    subject::{Lint, Subject},
    walk::objects,
};

const PAIRS: [(&str, &str); 4] =
    [("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"), ("minimum", "maximum")];

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    objects(subject.document, &mut |at, _, map| {
        for (lower, upper) in PAIRS {
            let number = |key: &str| map.get(key).and_then(Value::as_f64);
            if let (Some(low), Some(high)) = (number(lower), number(upper))
                && low > high
            {
                let what = format!("`{lower}` {low} is greater than `{upper}` {high}, so no value is valid");
                found.push(Lint::new(format!("{at}/{lower}"), what));
            }
        }
    });
    found
}
