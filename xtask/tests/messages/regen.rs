use std::fs;

use blynk_drift::{CLIENT, MANIFEST};
use pages::{DOCUMENT, OVERLAY};

use super::{Messages, edit, leave_staging_folder, put, scratch::Scratch};

#[test]
fn regen() {
    let mut messages = Messages::of("regen");
    let scratch = Scratch::new();
    let regen = |arguments: &[&str]| scratch.xtask(&[&["regen"], arguments].concat());
    messages.add("nothing to do", &scratch, &regen(&[]));
    let document = edit(&scratch, DOCUMENT, "\"maxLength\": 64", "\"maxLength\": 63");
    messages.add("an edited document", &scratch, &regen(&[]));
    messages.add("--format json", &scratch, &regen(&["--format", "json"]));
    put(&scratch, DOCUMENT, &document);
    let overlay = edit(&scratch, OVERLAY, "properties.secret", "properties.secrets");
    messages.add("an overlay action that matches nothing", &scratch, &regen(&[]));
    messages.add("an overlay action that matches nothing, --format json", &scratch, &regen(&["--format", "json"]));
    put(&scratch, OVERLAY, &overlay);
    for (situation, from, to) in [
        ("an unsupported version of OpenAPI", "\"openapi\": \"3.0.3\"", "\"openapi\": \"3.3.0\""),
        ("an unknown type", "\"type\": \"integer\"", "\"type\": \"whole\""),
        ("invalid JSON", "\"paths\": {", "\"paths\": "),
    ] {
        edit(&scratch, DOCUMENT, from, to);
        messages.add(situation, &scratch, &regen(&[]));
        put(&scratch, DOCUMENT, &document);
    }
    fs::remove_file(scratch.path(DOCUMENT)).unwrap();
    messages.add("a missing document", &scratch, &regen(&[]));
    fs::write(scratch.path(DOCUMENT), b"\xff").unwrap();
    messages.add("a document that is not UTF-8", &scratch, &regen(&[]));
    put(&scratch, DOCUMENT, &document);

    let client = fs::read_to_string(scratch.path(CLIENT)).unwrap();
    fs::remove_file(scratch.path(CLIENT)).unwrap();
    std::os::unix::fs::symlink("elsewhere.rs", scratch.path(CLIENT)).unwrap();
    messages.add("a symbolic link in place of the client", &scratch, &regen(&[]));
    fs::remove_file(scratch.path(CLIENT)).unwrap();
    fs::create_dir(scratch.path(CLIENT)).unwrap();
    messages.add("a folder in place of the client", &scratch, &regen(&[]));
    fs::remove_dir(scratch.path(CLIENT)).unwrap();
    put(&scratch, CLIENT, &client);

    put(&scratch, MANIFEST, "[workspace.package]\nversion = \"0.3.1\"\n");
    messages.add("--released", &scratch, &regen(&["--released"]));
    put(&scratch, MANIFEST, "[workspace]\n");
    messages.add("--released without a version", &scratch, &regen(&["--released"]));

    leave_staging_folder(&scratch);
    messages.add("a staging folder of a killed run", &scratch, &regen(&[]));
    fs::remove_dir_all(scratch.path(".xtask-killed")).unwrap();
    fs::remove_dir_all(scratch.path("openapi/pages")).unwrap();
    messages.add("no folder of pages", &scratch, &regen(&[]));
    messages.assert();
}
