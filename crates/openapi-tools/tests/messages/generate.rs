//! The messages of `generate`.

use crate::transcript::{HEAD, Transcript};

/// Files that are no documents.
const NOT_DOCUMENTS: &[(&str, &str)] = &[
    ("an empty file", ""),
    ("truncated JSON", "{\"openapi\": \"3.0.3\","),
    ("invalid JSON", "{\"openapi\" \"3.0.3\"}"),
    ("a duplicate key in JSON", "{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"a\", \"title\": \"b\"}}"),
    ("invalid YAML", "openapi: 3.0.3\na: [\n"),
    ("a duplicate key in YAML", "openapi: 3.0.3\nopenapi: 3.0.3\n"),
    ("a file with several YAML documents", "openapi: 3.0.3\n---\nopenapi: 3.0.3\n"),
    ("a YAML key that is no scalar", "openapi: 3.0.3\n? [a]\n: 1\n"),
    ("a YAML value that JSON lacks", "openapi: 3.0.3\nx: .nan\n"),
    ("a YAML alias in its own value", "openapi: 3.0.3\nx: &x [*x]\n"),
    ("an unknown YAML alias", "openapi: 3.0.3\nx: *x\n"),
    ("JSON without `openapi`", "{}"),
    ("a text file", "hello"),
    ("Swagger 2.0", "swagger: '2.0'\n"),
    ("an unsupported version", "openapi: 3.3.0\n"),
];

/// Invalid documents, after their beginning.
const INVALID: &[(&str, &str)] = &[
    (
        "an object of the wrong type",
        "paths: {/a: {get: {responses: 7, requestBody: x}}}\ncomponents: {schemas: {A: 1}}\n",
    ),
    ("an unknown type", "paths: {}\ncomponents: {schemas: {A: {properties: {b: {type: strin}}}}}\n"),
    ("`required` that is no array", "paths: {}\ncomponents: {schemas: {A: {required: name}}}\n"),
    ("an item of the wrong type", "paths: {}\ncomponents: {schemas: {A: {allOf: [{type: object}, x]}}}\n"),
    ("a path without a slash", "paths: {a: {get: {responses: {}}}}\n"),
    ("a path with a dot segment", "paths: {/a/../b: {get: {responses: {}}}}\n"),
    ("a parameter without a name", "paths: {/a: {get: {parameters: [{in: query, schema: {}}], responses: {}}}}\n"),
    (
        "parameters in an unknown location, with an invalid style, without a schema",
        "paths: {/a: {get: {parameters: [{name: b, in: body}, {name: s, in: header, style: form, schema: {}},
         {name: n, in: query}], responses: {}}}}\n",
    ),
    (
        "a header that the HTTP client sets, and one with an invalid name",
        "paths: {/a: {parameters: [{name: Host, in: header, schema: {}}, {name: a b, in: header, schema: {}}]}}\n\
         components: {securitySchemes: {key: {type: apiKey, in: header, name: Transfer-Encoding}}}\n",
    ),
    ("invalid and duplicate statuses", "paths: {/a: {get: {responses: {4XX: {}, 4xx: {}, '2000': {}}}}}\n"),
    ("a security scheme without a type", "paths: {}\ncomponents: {securitySchemes: {key: {name: X-Key}}}\n"),
];

/// Documents with references that cannot be resolved, after their beginning.
const REFERENCES: &[(&str, &str)] = &[
    (
        "a reference without a target",
        "paths: {}\ncomponents: {schemas: {A: {properties: {b: {$ref: '#/components/schemas/B'}}}}}\n",
    ),
    ("a reference to a URL", "paths: {}\ncomponents: {schemas: {A: {items: {$ref: 'https://a.example/b.yaml'}}}}\n"),
    ("a reference to a missing file", "paths: {}\ncomponents: {schemas: {A: {items: {$ref: 'gone.yaml'}}}}\n"),
    ("a reference to a folder", "paths: {}\ncomponents: {schemas: {A: {items: {$ref: 'folder'}}}}\n"),
    (
        "a reference out of the document's folder",
        "paths: {}\ncomponents: {schemas: {A: {items: {$ref: '../a.yaml'}}}}\n",
    ),
    (
        "a reference without a target in a file",
        "paths: {}\ncomponents: {schemas: {A: {items: {$ref: 'other.yaml#/B'}}}}\n",
    ),
    ("a reference to an invalid file", "paths: {}\ncomponents: {schemas: {A: {items: {$ref: 'invalid.yaml'}}}}\n"),
    ("a reference to the document", "paths: {}\ncomponents: {schemas: {A: {items: {$ref: '#'}}}}\n"),
    ("a schema reference to another object", "paths: {}\ncomponents: {schemas: {A: {items: {$ref: '#/info'}}}}\n"),
    (
        "a response reference to a schema",
        "paths: {/a: {get: {responses: {'200': {$ref: '#/components/schemas/A'}}}}}\ncomponents: {schemas: {A: {}}}\n",
    ),
    (
        "a cycle of parameter references",
        "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P'}], responses: {}}}}\n\
         components: {parameters: {P: {$ref: '#/components/parameters/P'}}}\n",
    ),
    ("a cycle of references between files", "paths: {/a: {$ref: 'cycle.yaml'}}\n"),
    (
        "a path item with an operation that its target has, too",
        "paths: {/a: {$ref: 'item.yaml', get: {summary: other, responses: {}}}}\n",
    ),
    (
        "a discriminator mapping to a missing file",
        "paths: {}\ncomponents: {schemas: {A: {discriminator: {propertyName: k, mapping: {x: 'gone.yaml'}}}}}\n",
    ),
];

/// Documents that the generator does not support, after their beginning.
const REJECTED: &[(&str, &str)] = &[
    (
        "a schema that is composed of itself",
        "paths: {}\ncomponents: {schemas: {A: {allOf: [{$ref: '#/components/schemas/A'}, {type: object}]}}}\n",
    ),
    (
        "a schema that is only a reference to itself",
        "paths: {}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/A'}}}\n",
    ),
];

#[test]
fn generate() {
    let mut run = Transcript::new();
    run.run("help", "generate --help");
    run.run("missing arguments", "generate");
    run.run("an unknown format", "generate --document api.yaml --out out --format xml");
    run.run("a missing document", "generate --document gone.yaml --out out");
    run.run("a folder as document", "generate --document . --out out");
    run.file("latin1.yaml", b"openapi: 3.0.3\ninfo: {title: caf\xe9}\n");
    run.run("a document that is not UTF-8", "generate --document latin1.yaml --out out");
    for (situation, text) in NOT_DOCUMENTS {
        run.file("api", text);
        run.run(situation, "generate --document api --out out");
    }
    run.file("api", "[".repeat(200));
    run.run("JSON that is nested too deeply", "generate --document api --out out");
    run.file("api", format!("{HEAD}x: {}1\n", "- ".repeat(200)).replace("x: -", "x:\n  -"));
    run.run("YAML that is nested too deeply", "generate --document api --out out");
    run.file("api", format!("{{\"{}\": 1}}", "k".repeat(2_000)));
    run.run("a key that is too long", "generate --document api --out out");

    run.file("folder/file", "");
    run.file("other.yaml", "A: {type: string}\n");
    run.file("invalid.yaml", "type: [\n");
    run.file("cycle.yaml", "{get: {responses: {}, callbacks: {done: {x: {$ref: cycle.yaml}}}}}\n");
    run.file("item.yaml", "{get: {responses: {}}}\n");
    for (situation, rest) in INVALID {
        run.file("api.yaml", format!("{HEAD}{rest}"));
        run.run(situation, "generate --document api.yaml --out out");
    }
    for (situation, rest) in [REFERENCES, REJECTED].concat() {
        run.file("api.yaml", format!("{HEAD}{rest}"));
        run.run(situation, "generate --document api.yaml --out out --strict");
    }
    let parameters = "{a}".repeat(201);
    run.file("api.yaml", format!("{HEAD}paths: {{'/{parameters}': {{get: {{responses: {{}}}}}}}}\n"));
    run.run("too many path parameters", "generate --document api.yaml --out out");
    let id = "x".repeat(1_001);
    run.file("api.yaml", format!("{HEAD}paths: {{/a: {{get: {{operationId: {id}, responses: {{}}}}}}}}\n"));
    run.run("an `operationId` that is too long", "generate --document api.yaml --out out");
    let variants = "{},".repeat(2_001);
    run.file("api.yaml", format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{oneOf: [{variants}]}}}}}}\n"));
    run.run("too many variants", "generate --document api.yaml --out out");
    run.file(
        "api.yaml",
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n\
         components: {schemas: {A: {if: {type: string}, then: {minLength: 1}}}}\n",
    );
    run.run("a keyword of OpenAPI 3.1 that has no equivalent", "generate --document api.yaml --out out --strict");
    run.run("an invalid document, as JSON", "generate --document gone.yaml --out out --format json");

    let unsupported = "paths: {/a: {get: {operationId: a, responses: {},
  callbacks: {done: {x: {post: {responses: {}}}}}}}}\n\
components: {schemas: {A: {type: object, properties: {
  code: {type: string, pattern: '(?!a)'}, other: {not: {type: string}}}}}}
";
    run.file("api.yaml", format!("{HEAD}{unsupported}"));
    run.run("unsupported keywords", "generate --document api.yaml --out out");
    run.run("an output folder of an earlier run", "generate --document api.yaml --out out");
    run.run("an output folder with other files", "generate --document api.yaml --out folder");
    run.run("an output folder that is a file", "generate --document api.yaml --out item.yaml");
    run.file("taken/Cargo.toml", "# @generated by `cargo xtask generate`\n");
    run.file("taken/README.md/file", "");
    run.run("a folder in place of an output file", "generate --document api.yaml --out taken");
    let text = run.text().replace(&"k".repeat(2_000), "[2000 k]").replace(&parameters, "[201 {a}]");
    insta::assert_snapshot!(text);
}

/// Two operations, and a schema with a part that cannot be generated.
const WITH_TAGS: &str = "paths:
  /users: {get: {operationId: listUsers, tags: [users], responses: {'200': {description: ok,
    content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}}}
  /bills: {get: {operationId: listBills, tags: [billing], responses: {}}}
components: {schemas: {User: {type: object, properties: {
  name: {type: string}, address: {$ref: '#/components/schemas/Address'}}}}}
";

#[test]
fn parts() {
    let mut run = Transcript::new();
    run.file("api.yaml", format!("{HEAD}{WITH_TAGS}"));
    run.run("a part that cannot be generated", "generate --document api.yaml --out carved");
    run.run("a part that cannot be generated, with --strict", "generate --document api.yaml --out strict --strict");
    run.file(
        "bad.yaml",
        format!("{HEAD}paths: {{/a: {{get: {{parameters: [{{$ref: '#/gone'}}], responses: {{}}}}}}}}\n"),
    );
    run.run("too many operations that cannot be generated", "generate --document bad.yaml --out out");
    run.run("a tag", "generate --document api.yaml --out part --tag billing");
    run.run("a path and an operation", "generate --document api.yaml --out part --path /b* --operation listUsers");
    run.run(
        "names that no operation has",
        "generate --document api.yaml --out part --tag bilings --path /user --operation *Bill",
    );
    run.run("a crate that is up to date", "generate --document api.yaml --out carved --check");
    run.run("another part of the document", "generate --document api.yaml --out carved --tag users --check");
    run.file("carved/src/left_over.rs", "");
    run.file("carved/src/lib.rs", "// edited\n");
    std::fs::remove_file(run.folder().join("carved/README.md")).unwrap();
    run.run("a crate that was edited", "generate --document api.yaml --out carved --check");
    run.run("a crate that was edited, as JSON", "generate --document api.yaml --out carved --check --format json");
    run.run("a crate that does not exist", "generate --document api.yaml --out gone --check");
    run.run("a document that cannot be generated, to check", "generate --document gone.yaml --out carved --check");
    insta::assert_snapshot!(run.text());
}
