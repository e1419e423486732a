//! The XML of `JUnit`, which build servers show as failed tests.

use openapi::plain;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Findings, Level, Reported};

/// One test case a finding; errors have failed.
#[must_use]
pub fn junit(findings: &Findings) -> String {
    let mut suite = TestSuite::new(plain::one_line(&findings.command));
    if findings.found.is_empty() {
        // build servers want at least one test
        let mut passed = TestCase::new("nothing found", TestCaseStatus::success());
        passed.set_classname(plain::one_line(&findings.command));
        suite.add_test_case(passed);
    }
    suite.add_test_cases(findings.found.iter().map(case));
    let mut report = Report::unnamed();
    report.add_test_suite(suite);
    // writing into memory does not fail
    report.to_string().unwrap_or_default()
}

fn case(one: &Reported) -> TestCase {
    let status = match one.level {
        Level::Error => {
            let mut failure = TestCaseStatus::non_success(NonSuccessKind::Failure);
            failure.set_message(plain::one_line(&one.message)).set_description(description(one));
            failure
        }
        Level::Warning | Level::Note => TestCaseStatus::success(),
    };
    let at = one.pointer.as_deref().unwrap_or_default();
    let mut case = TestCase::new(plain::one_line(&format!("{} {at}", one.message)), status);
    case.set_classname(plain::one_line(&one.id));
    case
}

/// The place, and more about it in lines below.
fn description(one: &Reported) -> String {
    let numbers = [one.line, one.column].into_iter().flatten().map(|number| number.to_string());
    let place: Vec<_> = one.file.as_deref().map(plain::one_line).into_iter().chain(numbers).collect();
    let more = one.more.as_deref().map(|more| format!("\n{}", plain::lines(more))).unwrap_or_default();
    place.join(":") + &more
}
