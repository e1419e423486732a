//! Whether the version number says to callers what has changed since the last release.

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
    // before the first release there is nothing to compare with
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
    let (text, place) = workspace.version().map_err(one)?;
    let at = |problem: Problem| problem.in_file(MANIFEST).at(Some(place));
    let current = parsed(&text).map_err(|what| one(at(Problem::new(what, "write it as 1.2.3"))))?;
    let options = Options { version: Some(last.clone()), settings: ::pages::settings(), ..Options::default() };
    let comparison = compare(&released.document, &corrected, &options).map_err(one)?;
    let next = next(&last, comparison.bump);
    if current >= next {
        return Ok(Vec::new());
    }
    let by = comparison.forced_by.map(|by| format!(", for {by}")).unwrap_or_default();
    let what =
        format!("since {last} the document has changed so that the next version is {next}{by}; this is {current}");
    let problem =
        at(Problem::new(what, format!("write version = \"{next}\", and cargo xtask diff tells every change")));
    Ok(vec![Finding::Drift(problem.because(Cause::DocumentEditedSinceRelease))])
}

const FIX: &str = "cargo xtask regen --released";

fn parsed(text: &str) -> Result<Version, String> {
    Version::parse(text).map_err(|error| format!("`{text}` is no version: {error}"))
}

fn next(last: &Version, bump: Bump) -> Version {
    match bump {
        Bump::None => last.clone(),
        Bump::Patch => Version::new(last.major, last.minor, last.patch + 1),
        Bump::Minor => Version::new(last.major, last.minor + 1, 0),
        Bump::Major => Version::new(last.major + 1, 0, 0),
    }
}
