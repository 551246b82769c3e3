//! Owns: drawing every template of the house, in both languages, from the samples beside it, and holding the
//! markup to what browsers and screen readers need. Doesn't own: what the pages say.
//!
//! A folder `templates/` holds a `samples.json`: template → sample → context, or `null` for a template that only
//! others include. In a context `_path` and `_query` are where the page stands, `_like` names the sample that
//! this one changes, and `fr ¦ en` is a text in both languages. Drawn pages are left in the target folder for
//! whoever wants to look at them.

#![expect(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

mod markup;
mod rooms;

use std::{fs, path::Path};

use axum::response::Response;
use http_body_util::BodyExt as _;
use kernel::{Locale, Rng, Timestamp, Word as _};
use serde_json::{Map, Value};
use web::{
    Error, Kit, MenuItem, Notice, Page, Reference, Say, SiteFace, Slot, Tone, Undo, Viewer,
    api::{At, Fault},
};

const BOTH: [Locale; 2] = [Locale::Fr, Locale::En];

fn page(locale: Locale, desk: bool, context: &Map<String, Value>) -> Page {
    let say = |fr: &str, en: &str| {
        if locale == Locale::Fr {
            fr.to_owned()
        } else {
            en.to_owned()
        }
    };
    let text = |key: &str| {
        context
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let site = SiteFace {
        name: "Groupe Exemple".to_owned(),
        languages: BOTH.to_vec(),
        charter_version: 3,
        charter_digest: "9f2c4b7d1e8a03c5b6d7e8f90a1b2c3d".to_owned(),
        offers: vec![
            MenuItem::new(say("Offres", "Jobs"), "/jobs"),
            MenuItem::new(say("Mes candidatures", "My applications"), "/me"),
        ],
        ..SiteFace::default()
    };
    let now = Timestamp::parse("2026-11-21T09:12:00Z").unwrap();
    let mut page = Page::new(site, locale, text("_path"), now);
    page.query = text("_query");
    page.csrf = Some("csrf-token".to_owned());
    if desk {
        page.viewer = Viewer::Staff {
            name: Slot::from("Camille Recruteur"),
            role: say("Recrutement", "Recruitment"),
        };
        page.menu = vec![
            MenuItem::new(say("Candidatures", "Applications"), "/desk/applications")
                .icon("inbox")
                .count(84),
            MenuItem::new(say("Offres", "Jobs"), "/desk/vacancies").icon("briefcase"),
            MenuItem::new(say("Équipe", "Team"), "/desk/staff").icon("users"),
        ];
    }
    if context.get("_notice").is_some() {
        let undo = Undo {
            action: "/undo".to_owned(),
            fields: Vec::new(),
            until: Some(now.plus_seconds(840)),
        };
        page.notice = Some(
            Notice::new(
                Tone::Good,
                say("Candidature passée à l’étape suivante.", "Application moved on."),
            )
            .undo(undo),
        );
    }
    page
}

/// `fr ¦ en` in the page's language.
fn translate(value: &mut Value, locale: Locale) {
    match value {
        Value::String(text) => {
            if let Some((fr, en)) = text.split_once(" ¦ ") {
                *text = if locale == Locale::Fr {
                    fr.to_owned()
                } else {
                    en.to_owned()
                };
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| translate(item, locale)),
        Value::Object(map) => map.values_mut().for_each(|item| translate(item, locale)),
        _ => {}
    }
}

fn keep(name: &str, html: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name.replace('/', "-")), html).unwrap();
}

/// What is wrong with the page, which is kept to be looked at.
fn drawn(kit: &Kit, name: &str, template: &str, page: &Page, context: &Map<String, Value>) -> Vec<String> {
    match kit.render(page.locale, template, page, context) {
        Err(error) => vec![format!("{error} {:?}", std::error::Error::source(&error))],
        Ok(html) => {
            keep(name, &html);
            markup::faults(&html)
        }
    }
}

/// What is wrong with the mail: markup, a hole, a value that is none.
fn letter(kit: &Kit, locale: Locale, template: &str, context: &Map<String, Value>) -> Vec<String> {
    match kit.mail(locale, template, context) {
        Err(error) => vec![format!("{error} {:?}", std::error::Error::source(&error))],
        Ok(text) => {
            let bad = ["<time", "&amp;", "&#", "{{", "\n\n\n\n", "none"].into_iter();
            bad.filter(|bad| text.contains(bad))
                .map(|bad| format!("{bad:?} in {text}"))
                .collect()
        }
    }
}

#[test]
fn every_template_is_drawn_in_both_languages() {
    let rooms = rooms::all();
    let texts: Vec<_> = rooms.iter().map(|room| room.texts).collect();
    let kit = Kit::new(&texts, None).unwrap_or_else(|error| panic!("{error}"));
    let mut faults = Vec::new();
    for room in &rooms {
        for (template, source) in room.texts.templates {
            let Some(samples) = room.samples.get(*template) else {
                faults.push(format!("{template}: no sample in samples.json"));
                continue;
            };
            for ((sample, context), locale) in samples
                .iter()
                .flat_map(|sample| BOTH.map(|locale| (sample, locale)))
            {
                let mut context = context.clone();
                context.values_mut().for_each(|value| translate(value, locale));
                let name = format!("{template}-{sample}-{}.html", locale.word()).replace(".html-", "-");
                let drawn = if template.ends_with(".txt") {
                    letter(&kit, locale, template, &context)
                } else {
                    let desk = source.contains("layout/desk.html");
                    drawn(&kit, &name, template, &page(locale, desk, &context), &context)
                };
                faults.extend(drawn.into_iter().map(|fault| format!("{name}: {fault}")));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_kit_shows_itself_in_both_languages() {
    let kit = Kit::new(&[], None).unwrap();
    let mut faults = Vec::new();
    for locale in BOTH {
        for (template, desk) in [("kit/showcase.html", true), ("kit/showcase_public.html", false)] {
            let page = page(locale, desk, &Map::new());
            let html = kit
                .render(locale, template, &page, web::showcase())
                .unwrap_or_else(|error| panic!("{error:?}"));
            let name = format!("{template}-{}.html", locale.word()).replace(".html-", "-");
            keep(&name, &html);
            faults.extend(
                markup::faults(&html)
                    .into_iter()
                    .map(|fault| format!("{name}: {fault}")),
            );
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn errors() -> Vec<Error> {
    let clause = Some("field.cv".to_owned());
    vec![
        Error::NotFound,
        Error::SignIn,
        Error::forbidden(),
        Error::Forbidden {
            clause: clause.clone(),
            message: Some(Say::new("error-gone-text")),
        },
        Error::Gone,
        Error::Conflict(None),
        Error::Invalid(None),
        Error::TooLarge {
            limit: Some(10_000_000),
        },
        Error::UnsupportedMedia {
            accepted: Some("PDF, DOCX".to_owned()),
        },
        Error::TooMany {
            retry_after_seconds: Some(60),
        },
        Error::Unprocessable {
            field: "birth_date".to_owned(),
            clause,
            message: None,
        },
        Error::Unfit {
            status: axum::http::StatusCode::BAD_REQUEST,
            faults: vec![Fault::new(
                At::Query("limit".to_owned()),
                Say::new("problem-value"),
            )],
        },
        Error::Method,
        Error::unavailable("the database is away"),
        Error::internal("<secret>"),
    ]
}

async fn body(response: Response) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn every_error_has_a_page_and_a_problem_in_both_languages() {
    let kit = Kit::new(&[], None).unwrap();
    let reference = Reference::new(&Rng::seeded(7));
    for locale in BOTH {
        for error in errors() {
            let page = page(locale, false, &Map::new());
            let drawn = error.page(&kit, &page, &reference);
            assert_eq!(drawn.status(), error.status());
            let html = body(drawn).await;
            keep(&format!("error-{}-{}.html", error.word(), locale.word()), &html);
            assert_eq!(markup::faults(&html), Vec::<String>::new(), "{error:?}");
            assert!(
                html.contains(&reference.to_string()) && !html.contains("secret"),
                "{error:?}"
            );
            if let Some(clause) = error.clause() {
                assert!(html.contains(&format!("href=\"/privacy#{clause}\"")), "{error:?}");
            }
            let problem = error.problem(&kit, locale, &reference);
            assert_eq!(problem.headers()["content-type"], "application/problem+json");
            let problem: Value = serde_json::from_str(&body(problem).await).unwrap();
            assert_eq!(problem["status"], error.status().as_u16());
            assert_eq!(problem["type"], format!("urn:vivier:problem:{}", error.word()));
            assert!(
                problem["title"]
                    .as_str()
                    .is_some_and(|title| !title.starts_with("problem-"))
            );
            assert!(
                problem["detail"]
                    .as_str()
                    .is_some_and(|detail| !detail.starts_with("problem-"))
            );
        }
    }
}

#[test]
fn assets_are_left_beside_the_pages() {
    let kit = Kit::new(&[], None).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages/assets");
    fs::create_dir_all(&folder).unwrap();
    for (name, _) in web::assets::sizes() {
        let href = kit.shelf().href(name).unwrap();
        let file = href.strip_prefix("/assets/").unwrap();
        fs::write(folder.join(file), kit.shelf().bytes(file).unwrap()).unwrap();
    }
}
