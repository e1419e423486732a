//! Generates the client from `openapi/` with the feature `codegen`. Without it, the committed client is compiled.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "codegen")]
    generate();
}

#[cfg(feature = "codegen")]
fn generate() {
    use std::{env, fs, path::PathBuf};

    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("client.rs");
    for input in pages::INPUTS {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    let generated = pages::Sources::load(&root).and_then(|sources| sources.generate());
    match generated.map(|generated| fs::write(&out, generated.code)) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => println!("cargo::error={}: {error}", out.display()),
        Err(problems) => {
            for line in problems.iter().flat_map(codegen::Problem::lines) {
                println!("cargo::error={line}");
            }
        }
    }
}
