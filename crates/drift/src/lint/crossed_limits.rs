//! A least that is more than the most: no value is allowed.

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
        for (least, most) in PAIRS {
            let number = |key: &str| map.get(key).and_then(Value::as_f64);
            if let (Some(low), Some(high)) = (number(least), number(most))
                && low > high
            {
                let what = format!("no value is allowed: `{least}` {low} is more than `{most}` {high}");
                found.push(Lint::new(format!("{at}/{least}"), what));
            }
        }
    });
    found
}
