//! The command `generate`.

mod arguments;
mod check;
mod folder;
mod report;

use codegen::Package;
use openapi::{Bundle, Problem};

pub(crate) use arguments::GenerateArguments;

use crate::{
    Environment,
    output::{CLEAN, could_not_run},
    write::write_files,
};

pub(crate) fn run(asked: &GenerateArguments, environment: &Environment) -> u8 {
    match generated(asked, environment) {
        Ok(code) => code,
        Err(problems) => could_not_run(&problems, asked.format),
    }
}

fn generated(asked: &GenerateArguments, environment: &Environment) -> Result<u8, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let (package, bundle) = package(asked)?;
    if asked.check {
        let problems = check::problems(&package, asked, environment).map_err(one)?;
        return Ok(report::checked(&package, &problems, asked));
    }
    folder::clear(&asked.out).map_err(one)?;
    write_files(&asked.out, &package.files).map_err(one)?;
    report::written(&package, &bundle, asked);
    Ok(CLEAN)
}

fn package(asked: &GenerateArguments) -> Result<(Package, Bundle), Vec<Problem>> {
    let bundle = codegen::read(&asked.document, &asked.document.display().to_string(), asked.root.as_deref())?;
    let package = codegen::package_with(bundle.document(), &asked.options())
        .map_err(|problems| problems.into_iter().map(|problem| bundle.place(problem)).collect::<Vec<_>>())?;
    Ok((package, bundle))
}
