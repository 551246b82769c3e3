//! Owns: that the document and the router say the same, that a change of the document is seen, that work under a key is
//! done once on both databases. Doesn't own: what the addresses answer (`tests/`).

use std::collections::BTreeMap;

use charter::Charter;
use utoipa::openapi::{OpenApi, path::PathItem};

use super::document::document;
use crate::tests::doing;

const CAREERS: &str = include_str!("../../../../charters/careers.toml");
const AGENCY: &str = include_str!("../../../../charters/agency.toml");

fn of(charter: &str) -> OpenApi {
    document(&crate::routes(), &Charter::parse(charter).unwrap())
}

/// The methods of each address, as the document has them.
fn documented(document: &OpenApi) -> BTreeMap<String, Vec<&'static str>> {
    let methods = |item: &PathItem| {
        let of = [
            ("delete", item.delete.is_some()),
            ("get", item.get.is_some()),
            ("patch", item.patch.is_some()),
            ("post", item.post.is_some()),
            ("put", item.put.is_some()),
        ];
        of.into_iter()
            .filter_map(|(method, there)| there.then_some(method))
            .collect()
    };
    let paths = document.paths.paths.iter();
    paths.map(|(path, item)| (path.clone(), methods(item))).collect()
}

/// The same, as the router answers them. axum shows a router's methods in its debug text only.
fn routed() -> BTreeMap<String, Vec<&'static str>> {
    let methods = |handler: String| {
        let all = ["delete", "get", "patch", "post", "put"].into_iter();
        all.filter(|method| !handler.contains(&format!(" {method}: None")))
            .collect()
    };
    let routes = crate::routes().into_iter();
    routes
        .filter(|route| route.path.starts_with("/api/v1/"))
        .map(|route| (route.path.to_owned(), methods(format!("{:?}", route.handler))))
        .collect()
}

#[test]
fn the_document_and_the_router_say_the_same() {
    let document = of(CAREERS);
    let (documented, routed) = (documented(&document), routed());
    assert!(
        documented.len() >= 11 && documented["/api/v1/vacancies"] == ["get", "post"],
        "{documented:?}"
    );
    assert_eq!(documented, routed);
}

#[test]
fn every_operation_says_who_may_ask_and_how_it_is_refused() {
    let document = serde_json::to_value(of(CAREERS)).unwrap();
    assert!(
        document["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1"))
    );
    let mut names = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let at = format!("{method} {path}");
            assert!(operation["security"].is_array(), "{at}");
            assert!(
                operation["summary"].is_string() && operation["tags"].is_array(),
                "{at}"
            );
            assert!(
                names.insert(operation["operationId"].as_str().unwrap().to_owned()),
                "{at}"
            );
            for (_, body) in operation["requestBody"]["content"]
                .as_object()
                .into_iter()
                .flatten()
            {
                let name = body["schema"]["$ref"]
                    .as_str()
                    .unwrap()
                    .rsplit('/')
                    .next()
                    .unwrap();
                let schema = &document["components"]["schemas"][name];
                assert_eq!(schema["additionalProperties"], false, "{at}: {name}");
            }
            for status in ["400", "401", "403", "404"] {
                let problem = &operation["responses"][status]["content"]["application/problem+json"];
                assert_eq!(
                    problem["schema"]["$ref"], "#/components/schemas/Problem",
                    "{at}: {status}"
                );
            }
        }
    }
}

/// `cargo insta review`, or `INSTA_UPDATE=always`, takes a change over.
#[test]
fn a_change_of_the_document_is_seen() {
    insta::assert_json_snapshot!("openapi", of(CAREERS));
}

#[test]
fn a_form_is_documented_as_the_charter_asks_it() {
    let form = |charter| {
        serde_json::to_value(of(charter)).unwrap()["components"]["schemas"]["ApplicationForm"].clone()
    };
    let (careers, agency) = (form(CAREERS), form(AGENCY));
    assert_eq!(careers["additionalProperties"], false);
    assert!(careers["properties"]["motivation"].is_null() && agency["properties"]["motivation"].is_object());
    assert!(careers["required"].as_array().unwrap().contains(&"cv".into()));
    assert!(
        !careers["required"]
            .as_array()
            .unwrap()
            .contains(&"documents".into())
    );
}

/// Work under a key, as it is begun, cut short, taken up, done and forgotten.
async fn once_on(engine: storage::Engine) {
    use crate::vacancies::service;
    use guard::once::{Begun, KEPT_SECONDS};

    let db = storage::testing::TestDb::create(engine).await;
    let (site, _folder, clock) = crate::tests::site(&db, CAREERS).await;
    let guard = site.guard();
    let actor = doing::staff(&site, "recruiter", "r@groupe.example").await;
    let begin = async || guard.once(&actor, "vv-key").await.unwrap();
    let offer = doing::offer();

    let Begun::First(first) = begin().await else {
        panic!("nothing was done yet")
    };
    let ids = first.ids();
    assert!(matches!(begin().await, Begun::Running));
    let made = service::write_as(guard, &actor, ids[0].cast(), offer.clone())
        .await
        .unwrap();
    // The process dies here: nobody says that it is over, until the lease is.
    std::mem::forget(first);
    clock.advance(599);
    assert!(matches!(begin().await, Begun::Running));
    clock.advance(1);
    let Begun::First(second) = begin().await else {
        panic!("it is taken up")
    };
    assert_eq!(second.ids(), ids);
    let again = service::write_as(guard, &actor, second.ids()[0].cast(), offer)
        .await
        .unwrap();
    assert_eq!(
        (again.id, again.reference),
        (made.id, made.reference),
        "found, not doubled"
    );
    second.done(b"asked", b"answered").await.unwrap();

    let Begun::Done(done) = begin().await else {
        panic!("it was done")
    };
    assert_eq!(done.answer(guard, b"asked").unwrap().as_slice(), b"answered");
    let Begun::Done(done) = begin().await else {
        panic!("it was done")
    };
    assert!(done.answer(guard, b"something else").is_none());
    for table in ["answered", "asked", "vv-key"] {
        let rows = storage::sql("SELECT answer FROM once")
            .all(guard.db())
            .await
            .unwrap();
        assert!(rows.iter().all(|row| {
            let answer: storage::PublicText = row.get("answer").unwrap();
            !answer.contains(table)
        }));
    }
    clock.advance(KEPT_SECONDS);
    guard.tend_once(true).await.unwrap();
    assert!(
        storage::sql("SELECT key FROM once")
            .all(guard.db())
            .await
            .unwrap()
            .is_empty()
    );
    assert!(matches!(begin().await, Begun::First(_)));
}

#[tokio::test]
async fn work_under_a_key_is_done_once_on_sqlite() {
    once_on(storage::Engine::Sqlite).await;
}

#[tokio::test]
async fn work_under_a_key_is_done_once_on_postgres() {
    once_on(storage::Engine::Postgres).await;
}
