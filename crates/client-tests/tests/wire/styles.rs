//! Parameters in every style, as in the table of OpenAPI 3.0.4; keys of objects are sorted.

use client_tests::styles::{
    Client,
    types::{Page, Rgb},
};
use runtime::Outcome;

use super::{client, header, last, sent, server};

const COLORS: [&str; 3] = ["blue", "black", "brown"];

fn rgb() -> Rgb {
    Rgb { r: Some(100), g: Some(200), b: Some(150) }
}

fn colors() -> [&'static str; 3] {
    COLORS
}

#[tokio::test]
async fn path_parameters_have_the_styles_simple_label_and_matrix() {
    let server = server().await;
    let client = client::<Client>(&server);
    client.simple().text("blue").list(colors()).object(rgb()).exploded(rgb()).send().await.unwrap();
    assert_eq!(last(&server), sent("GET /simple/blue/blue,black,brown/B,150,G,200,R,100/B=150,G=200,R=100", None, ""));
    client.label().text("blue").list(colors()).exploded(rgb()).send().await.unwrap();
    assert_eq!(last(&server).0, "GET /label/.blue/.blue,black,brown/.B=150.G=200.R=100");
    client.matrix().text("").list(colors()).exploded(colors()).send().await.unwrap();
    assert_eq!(
        last(&server).0,
        "GET /matrix/;text/;list=blue,black,brown/;exploded=blue;exploded=black;exploded=brown"
    );
}

#[tokio::test]
async fn a_path_parameter_stays_in_its_segment() {
    let server = server().await;
    let client = client::<Client>(&server);
    let call = |text: &str| client.simple().text(text).list(["a/b", "c,d"]).object(rgb()).exploded(rgb());
    call("ü /?#%{list}").send().await.unwrap();
    assert!(
        last(&server).0.starts_with("GET /simple/%C3%BC%20%2F%3F%23%25%7Blist%7D/a%2Fb,c%2Cd/"),
        "{:?}",
        last(&server)
    );
    for (text, reason) in [
        ("", "is empty, so that the request would go to another path"),
        ("..", "is `..`, so that the request would go to another path"),
    ] {
        let error = call(text).send().await.unwrap_err();
        assert_eq!((error.to_string(), error.outcome()), (format!("text: {reason}"), Outcome::NotSent));
    }
    let error = client.simple().text("a").send().await.unwrap_err();
    assert_eq!(error.to_string(), "list: is required");
}

#[tokio::test]
async fn query_parameters_have_styles_content_and_reserved_characters() {
    let server = server().await;
    let client = client::<Client>(&server);
    client.query().send().await.unwrap();
    assert_eq!(last(&server).0, "GET /query", "the server applies defaults");
    let query =
        client.query().form(colors()).commas(colors()).object(rgb()).flat(rgb()).spaces(colors()).bars(colors());
    query.deep(rgb()).send().await.unwrap();
    assert_eq!(
        last(&server).0,
        "GET /query?form=blue&form=black&form=brown&commas=blue,black,brown&B=150&G=200&R=100&flat=B,150,G,200,R,100\
         &spaces=blue%20black%20brown&bars=blue%7Cblack%7Cbrown&deep%5BB%5D=150&deep%5BG%5D=200&deep%5BR%5D=100"
    );
    let query = client.query().reserved("a/b?c=d&e").filter(rgb()).ratio(0.1_f32).limit(5).sort("up");
    let when: chrono::DateTime<chrono::Utc> = "2026-01-02T03:04:05Z".parse().unwrap();
    query.when(when).form(Vec::<String>::new()).send().await.unwrap();
    assert_eq!(
        last(&server).0,
        "GET /query?reserved=a/b?c=d%26e&filter=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D\
         &when=2026-01-02T03%3A04%3A05Z&ratio=0.1&limit=5&sort=up"
    );
    assert_eq!(
        client.query().sort("left").send().await.unwrap_err().to_string(),
        "sort: violates enum (allowed: up, down)"
    );
}

#[tokio::test]
async fn arrays_in_exploded_objects_repeat_the_name_of_their_property() {
    let server = server().await;
    let client = client::<Client>(&server);
    let within = Some(Rgb { r: Some(1), g: None, b: None });
    let page = Page { size: 2, sort: Some(["a,asc", "b"].map(str::to_owned).to_vec().try_into().unwrap()), within };
    client.page().page(page.clone()).send().await.unwrap();
    assert_eq!(last(&server).0, "GET /page?size=2&sort=a%2Casc&sort=b&within=%7B%22R%22%3A1%7D");
    client.page().deep(page).send().await.unwrap();
    assert_eq!(
        last(&server).0,
        "GET /page?deep%5Bsize%5D=2&deep%5Bsort%5D=a%2Casc&deep%5Bsort%5D=b&deep%5Bwithin%5D%5BR%5D=1"
    );
    let filter = ["k", "z z"].map(|key| (key.to_owned(), format!("{key}&"))).into_iter();
    client.page().filter(filter.collect::<std::collections::HashMap<_, _>>()).send().await.unwrap();
    let sent = last(&server).0;
    let mut pairs: Vec<_> = sent.split(['?', '&']).skip(1).collect();
    pairs.sort_unstable();
    assert_eq!(pairs, ["k=k%26", "z%20z=z%20z%26"]);
    let lists = [("on".to_owned(), client_tests::styles::types::Colors(vec!["red".to_owned(), "blue".to_owned()]))];
    client.page().lists(lists.into_iter().collect::<std::collections::HashMap<_, _>>()).send().await.unwrap();
    assert_eq!(last(&server).0, "GET /page?on=red&on=blue");
}

#[tokio::test]
async fn a_query_in_a_path_template_is_always_sent() {
    let server = server().await;
    let client = client::<Client>(&server);
    client.list_constant().page(3).send().await.unwrap();
    assert_eq!(last(&server).0, "GET /constant?action=list&version=2&page=3");
    client.drop_constant().send().await.unwrap();
    assert_eq!(last(&server).0, "GET /constant?action=drop");
}

#[tokio::test]
async fn headers_and_cookies_contain_arrays_and_objects() {
    let server = server().await;
    let client = client::<Client>(&server);
    client.headers().x_text("a, b").x_list(colors()).x_object(rgb()).x_exploded(rgb()).send().await.unwrap();
    let found = ["x-text", "x-list", "x-object", "x-exploded", "content-type"].map(|name| header(&server, name));
    let expected =
        ["a, b", "blue,black,brown", "B,150,G,200,R,100", "B=150,G=200,R=100"].map(|text| Some(text.to_owned()));
    assert_eq!((&found[..4], &found[4]), (&expected[..], &None));
    let error = client.headers().x_text("a\r\nX-Evil: 1").send().await.unwrap_err();
    assert_eq!(error.to_string(), "X-Text: contains characters that are not allowed in a header");
    client.cookies().session("a b;c").colors(colors()).send().await.unwrap();
    assert_eq!(header(&server, "cookie").as_deref(), Some("session=a%20b%3Bc; colors=blue,black,brown"));
}
