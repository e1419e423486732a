//! Read-only and write-only properties.

use client_tests::directions::{
    Client,
    types::{
        Account, CatRequest, CircleRequest, FolderRequest, FormResult, Label, LabelRequest, OwnerRequest,
        OwnerRequestAddress, Pet, Shape, ShapeRequest, Square, Stamped,
    },
};

use super::{client, json, last, responding};

const ACCOUNT: &str = r#"{
    "id": "7",
    "name": "a",
    "owner": {"mail": "m", "verified": true, "address": {"street": "s", "zone": "z"}},
    "stamp": "now",
    "made": {"at": "then"},
    "seen": {}
}"#;

#[tokio::test]
async fn read_only_properties_are_not_sent_and_write_only_ones_not_expected() {
    let server = responding(json("201 Created", ACCOUNT)).await;
    let client = client::<Client>(&server);
    let address = OwnerRequestAddress { street: "s".to_owned() };
    let owner = OwnerRequest { mail: "m".to_owned(), address: Some(address) };
    let created = client.create_account().name("a").password("p").owner(owner).send().await.unwrap();
    let sent = r#"{"name":"a","owner":{"address":{"street":"s"},"mail":"m"},"password":"p"}"#;
    assert_eq!(last(&server).2, sent);
    let Account { id, name, owner, stamp, made, seen, request: None } = created else { panic!("unexpected property") };
    assert_eq!((id.as_str(), name.as_str(), owner.verified), ("7", "a", true));
    assert_eq!(owner.address.map(|address| address.zone).as_deref(), Some("z"));
    assert_eq!((stamp.is_some(), made.and_then(|made| made.at).as_deref()), (true, Some("then")));
    assert!(seen.is_some());
    let error =
        client.create_account().name("a").owner(OwnerRequest { mail: "m".to_owned(), address: None }).send().await;
    assert_eq!(error.unwrap_err().to_string(), "password: is required");
}

#[tokio::test]
async fn a_response_must_have_required_read_only_properties() {
    let server = responding(json("200 OK", &ACCOUNT.replace(r#""id": "7","#, ""))).await;
    let error = client::<Client>(&server).account().id("7").send().await.unwrap_err();
    assert!(error.to_string().contains("does not match the document"), "{error}");
    // a write-only property in a response is ignored
    let server = responding(json("200 OK", &ACCOUNT.replace(r#""id": "7","#, r#""id":"7","password":"p","#))).await;
    assert_eq!(client::<Client>(&server).account().id("7").send().await.unwrap().id, "7");
}

#[tokio::test]
async fn recursive_schemas_have_a_request_and_a_response_type() {
    let leaf = r#"{"name":"leaf","size":1,"labels":{"l":{"text":"t","uses":3}}}"#;
    let server =
        responding(json("200 OK", &format!(r#"{{"name":"n","size":2,"parent":null,"children":[{leaf}]}}"#))).await;
    let client = client::<Client>(&server);
    let label = LabelRequest { text: Some("t".to_owned()) };
    let leaf = FolderRequest {
        name: "leaf".to_owned(),
        parent: None,
        children: Vec::new(),
        labels: [("l".to_owned(), label)].into_iter().collect(),
    };
    let folder = client.save_folder().name("n").children([leaf]).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"children":[{"labels":{"l":{"text":"t"}},"name":"leaf"}],"name":"n"}"#);
    let Label { text, uses } = &folder.children[0].labels["l"];
    assert_eq!((folder.children[0].size, text.as_deref(), *uses), (1, Some("t"), Some(3)));
}

#[tokio::test]
async fn requests_of_compositions_omit_read_only_properties_and_their_required() {
    let server = responding(json("200 OK", r#"{"id":4,"kind":"k","serial":"s","model":"m"}"#)).await;
    let client = client::<Client>(&server);
    let device = client.save_device().kind("k").model("m").send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"kind":"k","model":"m"}"#);
    assert_eq!((device.id, device.serial.as_str()), (4, "s"));
}

#[tokio::test]
async fn a_discriminator_selects_variants_of_its_direction() {
    let shapes = r#"{"shapes":[{"kind":"round","radius":2,"area":12},{"kind":"square","side":1}]}"#;
    let server = responding(json("200 OK", shapes)).await;
    let client = client::<Client>(&server);
    let circle = ShapeRequest::Circle(CircleRequest { kind: String::new(), radius: 2 });
    let square = ShapeRequest::Square(Square { kind: String::new(), side: 1 });
    let response = client.save_shapes().body([circle, square]).send().await.unwrap();
    assert_eq!(last(&server).2, r#"[{"kind":"round","radius":2},{"kind":"square","side":1}]"#);
    assert!(matches!(&response.shapes[..], [Shape::Circle(circle), Shape::Square(_)] if circle.area == 12));
}

#[tokio::test]
async fn subtypes_have_a_request_and_a_response_type() {
    let server = responding(json("200 OK", r#"{"kind":"Cat","id":"c","lives":9}"#)).await;
    let client = client::<Client>(&server);
    let cat = CatRequest { kind: String::new(), lives: Some(9) };
    let pet = client.save_pet().body(cat).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"kind":"Cat","lives":9}"#);
    assert!(matches!(pet, Pet::Cat(cat) if cat.id == "c"));
}

#[tokio::test]
async fn a_type_of_one_direction_keeps_its_name() {
    let server = responding(json("200 OK", r#"{"number":5,"draft":"d"}"#)).await;
    let client = client::<Client>(&server);
    let filter = Stamped { word: Some("w".to_owned()) };
    let FormResult { number } = client.send_form().filter(filter).code("c").name("n").send().await.unwrap();
    let (line, _, body) = last(&server);
    assert_eq!((line.as_str(), body.as_str(), number), ("POST /forms?filter%5Bword%5D=w", "code=c&name=n", 5));
}
