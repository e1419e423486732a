//! Generates the client from `openapi/` when the feature `codegen` is on; else the committed client is compiled.

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
    for input in blynk_codegen::INPUTS {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    let generated = blynk_codegen::Sources::load(&root).and_then(|sources| sources.generate());
    match generated.map(|generated| fs::write(&out, generated.code)) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => println!("cargo::error={}: {error}", out.display()),
        Err(problems) => {
            for line in problems.iter().flat_map(blynk_codegen::Problem::lines) {
                println!("cargo::error={line}");
            }
        }
    }
}
