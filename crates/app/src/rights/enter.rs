//! Owns: the page on which a request is entered that came by post, e-mail or telephone: an exact look-up, then whose it
//! is and what it asks. Doesn't own: filing it ([`super::dealing`]). Nothing of who is found is opened.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use charter::Right;
use guard::{
    Person,
    rights::{Way, desk::Candidate, request::MOST},
};
use kernel::{Date, Id, Word as _};
use serde_json::json;
use web::{Error, Errors, FieldKind, FieldView, FormView};

use super::{
    QUEUE,
    dealing::{self, Entered},
    desk::may,
    view,
};
use crate::visit::{Posted, Visit};

const FIND: &str = "/desk/rights/find";
const ENTER: &str = "/desk/rights/enter";
/// A name, an address may be so long.
const LINE: u32 = 200;
/// The ways that aren't the area's.
const WAYS: [Way; 3] = [Way::Email, Way::Post, Way::Phone];

/// What the forms of the page take.
const FIELDS: [&str; 8] = [
    "person",
    "given_name",
    "family_name",
    "email",
    "kind",
    "way",
    "received",
    "text",
];

/// What was typed, in the order of the fields.
#[derive(Default)]
struct Typed([String; 8]);

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    may(&visit)?;
    draw(
        &visit,
        StatusCode::OK,
        &Typed::default(),
        (None, Errors::default()),
    )
    .await
}

pub(super) async fn find(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    may(visit)?;
    let typed = Typed::of(&posted);
    let mut errors = Errors::default();
    if typed.name().is_empty() && typed.get("email").trim().is_empty() {
        errors.add("email", visit.text("rights-find-need"));
        return draw(visit, StatusCode::UNPROCESSABLE_ENTITY, &typed, (None, errors)).await;
    }
    let found = look_up(visit, &typed).await?;
    draw(visit, StatusCode::OK, &typed, (Some(found), errors)).await
}

pub(super) async fn file(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    may(visit)?;
    let typed = Typed::of(&posted);
    let guard = visit.site.guard();
    let mut errors = Errors::default();
    let person: Option<Id<Person>> = posted.field("person").parse().ok();
    let kind = Right::from_word(posted.field("kind")).ok();
    let kind = kind.filter(|kind| guard.rights_offered().contains(kind));
    let way = Way::from_word(posted.field("way"))
        .ok()
        .filter(|way| WAYS.contains(way));
    let received = Date::parse(posted.field("received")).filter(|day| *day <= today(visit));
    for (field, there) in [
        ("person", person.is_some()),
        ("kind", kind.is_some()),
        ("way", way.is_some()),
        ("received", received.is_some()),
    ] {
        if !there {
            errors.add(field, visit.text(&format!("rights-enter-need-{field}")));
        }
    }
    if posted.field("text").chars().count() > MOST {
        errors.add("text", visit.text("rights-too-long"));
    }
    let (Some(person), Some(kind), Some(way), Some(received), true) =
        (person, kind, way, received, errors.is_empty())
    else {
        let found = look_up(visit, &typed).await?;
        return draw(
            visit,
            StatusCode::UNPROCESSABLE_ENTITY,
            &typed,
            (Some(found), errors),
        )
        .await;
    };
    let entered = Entered {
        person,
        kind,
        way,
        received_at: received.start(guard.zone()),
        who: ["given_name", "family_name", "email"].map(|field| posted.field(field)),
        text: posted.field("text"),
    };
    let id = dealing::enter(&visit.site, &visit.actor, &entered, visit.locale).await?;
    Ok(visit
        .back(&format!("{QUEUE}/{id}"), "request-entered")
        .into_response())
}

impl Typed {
    fn of(posted: &Posted) -> Self {
        Self(FIELDS.map(|field| posted.field(field).to_owned()))
    }

    fn get(&self, name: &str) -> &str {
        let at = FIELDS.iter().position(|field| *field == name);
        at.map_or("", |at| self.0[at].as_str())
    }

    fn name(&self) -> String {
        let name = format!("{} {}", self.get("given_name"), self.get("family_name"));
        name.trim().to_owned()
    }
}

async fn look_up(visit: &Visit, typed: &Typed) -> Result<Vec<Candidate>, Error> {
    let guard = visit.site.guard();
    let email = typed.get("email");
    Ok(guard.find_for_request(&visit.actor, email, &typed.name()).await?)
}

fn today(visit: &Visit) -> Date {
    let guard = visit.site.guard();
    guard.now().date(guard.zone())
}

async fn draw(
    visit: &Visit,
    status: StatusCode,
    typed: &Typed,
    (found, errors): (Option<Vec<Candidate>>, Errors),
) -> Result<Response, Error> {
    let (find, enter) = match &found {
        Some(found) if !found.is_empty() => (
            find_form(visit, typed, Errors::default()),
            Some(enter_form(visit, typed, found, errors)),
        ),
        _ => (find_form(visit, typed, errors), None),
    };
    let context = json!({
        "find": find,
        "enter": enter,
        "nobody": found.is_some_and(|found| found.is_empty()),
        "contacts": view::contacts(visit),
    });
    visit.draw_with(status, "rights/enter.html", context).await
}

fn line(visit: &Visit, typed: &Typed, name: &str, kind: FieldKind) -> FieldView {
    let charter = visit.site.guard().charter();
    let label = charter.field_label(name, visit.locale);
    FieldView::new(name, kind, label)
        .optional()
        .max_length(LINE)
        .value(typed.get(name))
}

fn find_form(visit: &Visit, typed: &Typed, errors: Errors) -> FormView {
    let email = line(visit, typed, "email", FieldKind::Email).hint(visit.text("rights-find-email-hint"));
    let fields = vec![
        email,
        line(visit, typed, "given_name", FieldKind::Text),
        line(visit, typed, "family_name", FieldKind::Text),
    ];
    FormView::new(FIND, fields).with_errors(errors)
}

fn enter_form(visit: &Visit, typed: &Typed, found: &[Candidate], errors: Errors) -> FormView {
    let charter = visit.site.guard().charter();
    let mut whose = FieldView::new("person", FieldKind::Choice, visit.text("rights-enter-person"))
        .hint(visit.text("rights-enter-person-hint"));
    for one in found {
        let purposes = one.purposes.iter().map(|name| {
            let purpose = charter.purpose(name);
            purpose.map_or(name.as_str(), |purpose| purpose.title(visit.locale))
        });
        let purposes: Vec<&str> = purposes.collect();
        let day = one.since.date(visit.site.guard().zone()).to_string();
        let label = visit.site.kit().text(
            visit.locale,
            "rights-enter-candidate",
            &[
                ("day", day.into()),
                ("number", one.person.to_string()[..12].to_owned().into()),
            ],
        );
        whose = whose.choice(one.person.to_string(), label);
        if let Some(last) = whose.choices.last_mut() {
            last.hint = Some(purposes.join(" · "));
            last.chosen = found.len() == 1 || typed.get("person") == last.value;
        }
    }
    let choose = |name: &str, words: Vec<(String, String)>| {
        let mut field = FieldView::new(
            name,
            FieldKind::Choice,
            visit.text(&format!("rights-enter-{name}")),
        );
        for (value, label) in words {
            let chosen = typed.get(name) == value;
            field = field.choice(value, label);
            if let Some(last) = field.choices.last_mut() {
                last.chosen = chosen;
            }
        }
        field
    };
    let kinds = visit.site.guard().rights_offered().into_iter();
    let kinds = kinds.map(|kind| (kind.word().to_owned(), view::name(visit, kind)));
    let ways = WAYS.map(|way| {
        (
            way.word().to_owned(),
            visit.text(&format!("rights-way-{}", way.word())),
        )
    });
    let hidden = |name: &str| FieldView::new(name, FieldKind::Hidden, "").value(typed.get(name));
    let received = FieldView::new("received", FieldKind::Date, visit.text("rights-enter-received"))
        .hint(visit.text("rights-enter-received-hint"))
        .value(match typed.get("received") {
            "" => today(visit).to_string(),
            day => day.to_owned(),
        });
    let text = FieldView::new("text", FieldKind::Long, visit.text("rights-enter-text"))
        .optional()
        .max_length(u32::try_from(MOST).unwrap_or(u32::MAX))
        .value(typed.get("text"));
    let fields = vec![
        hidden("email"),
        hidden("given_name"),
        hidden("family_name"),
        whose,
        choose("kind", kinds.collect::<Vec<_>>()),
        choose("way", ways.to_vec()),
        received,
        text,
    ];
    FormView::new(ENTER, fields).with_errors(errors)
}
