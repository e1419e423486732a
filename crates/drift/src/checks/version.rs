//! Checks that the version is high enough for the changes since the last release.

use openapi::{Cause, Problem};
use semver::Version;

use openapi_diff::{Bump, Options, compare};

use super::causes::broken;
use crate::{
    finding::Finding,
    load::Workspace,
    paths::{MANIFEST, RELEASED},
    released::Released,
};

pub(crate) fn version(workspace: &Workspace) -> Vec<Finding> {
    // before the first release nothing is compared
    let Some(released) = workspace.released() else { return Vec::new() };
    found(workspace, released).unwrap_or_else(|problems| broken(workspace, &problems))
}

fn found(workspace: &Workspace, released: Result<Released, Problem>) -> Result<Vec<Finding>, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let released = released.map_err(one)?;
    let corrected = workspace.sources().as_ref().map_err(Clone::clone)?.corrected()?;
    if released.document == corrected {
        return Ok(Vec::new());
    }
    let last = parsed(&released.version).map_err(|what| one(Problem::new(what, FIX).in_file(RELEASED)))?;
    let (text, location) = workspace.version().map_err(one)?;
    let at = |problem: Problem| problem.in_file(MANIFEST).at(Some(location));
    let current =
        parsed(&text).map_err(|what| one(at(Problem::new(what, "write a semantic version such as 1.2.3"))))?;
    let options = Options { version: Some(last.clone()), settings: ::pages::settings(), ..Options::default() };
    let comparison = compare(&released.document, &corrected, &options).map_err(one)?;
    let next = next(&last, comparison.bump);
    if current >= next {
        return Ok(Vec::new());
    }
    let by = comparison.forced_by.map(|by| format!(" (forced by {by})")).unwrap_or_default();
    let what = format!("version {current} is too low: the changes since {last} require {next}{by}");
    let problem = at(Problem::new(what, format!("set version = \"{next}\"; cargo xtask diff lists the changes")));
    Ok(vec![Finding::Drift(problem.because(Cause::DocumentEditedSinceRelease))])
}

const FIX: &str = "cargo xtask regen --released";

fn parsed(text: &str) -> Result<Version, String> {
    Version::parse(text).map_err(|error| format!("version `{text}` is invalid: {error}"))
}

fn next(last: &Version, bump: Bump) -> Version {
    match bump {
        Bump::None => last.clone(),
        Bump::Patch => Version::new(last.major, last.minor, last.patch + 1),
        Bump::Minor => Version::new(last.major, last.minor + 1, 0),
        Bump::Major => Version::new(last.major + 1, 0, 0),
    }
}
