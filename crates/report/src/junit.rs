//! `JUnit` XML, which build servers show as test results.

use openapi::plain;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Findings, Level, Reported};

/// Returns a test case per finding, failed for errors.
#[must_use]
pub fn junit(findings: &Findings) -> String {
    let mut suite = TestSuite::new(plain::one_line(&findings.command));
    if findings.found.is_empty() {
        // build servers expect at least one test case
        let mut passed = TestCase::new("nothing found", TestCaseStatus::success());
        passed.set_classname(plain::one_line(&findings.command));
        suite.add_test_case(passed);
    }
    suite.add_test_cases(findings.found.iter().map(case));
    let mut report = Report::unnamed();
    report.add_test_suite(suite);
    // writing to memory does not fail
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

/// Returns the location and the details of a finding.
fn description(one: &Reported) -> String {
    let numbers = [one.line, one.column].into_iter().flatten().map(|number| number.to_string());
    let location: Vec<_> = one.file.as_deref().map(plain::one_line).into_iter().chain(numbers).collect();
    let details = one.details.as_deref().map(|text| format!("\n{}", plain::lines(text))).unwrap_or_default();
    location.join(":") + &details
}
