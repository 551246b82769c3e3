//! Owns: the page that says what is kept of a person: their documents, and each thing kept with why, who reads it and
//! until when, every line leading to its clause. Doesn't own: the rules (the charter), the clocks (`guard`).

use std::collections::HashMap;

use axum::response::Response;
use charter::{Charter, People, Purpose, PurposeKind, render};
use guard::{DossierId, Person, own::Held};
use kernel::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use web::Error;

use super::people::IDENTITY;
use crate::{
    applications::{
        mine::files,
        own::{self, Own},
    },
    contact, pool,
    query::Query,
    visit::Visit,
};

/// What is kept of everybody who has an area, without a dossier of its own.
const STANDING: [PurposeKind; 3] = [
    PurposeKind::TrackApplication,
    PurposeKind::ManageAccount,
    PurposeKind::Secure,
];

/// A sentence of the charter, and the clause it is from.
#[derive(Serialize)]
struct Line {
    text: String,
    clause: String,
}

/// One thing that is kept.
#[derive(Serialize)]
struct Kept {
    title: String,
    since: Option<Timestamp>,
    what: Vec<String>,
    why: Option<Line>,
    basis: Option<String>,
    readers: Vec<String>,
    until: Option<Timestamp>,
    /// The rules behind `until`; the shortest decides.
    rules: Vec<Line>,
}

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    visit.person()?;
    let guard = visit.site.guard();
    let charter = guard.charter();
    let own = own::all(&visit.site, &visit.actor).await?;
    let messages = contact::own::sent(&visit.site, &visit.actor).await?;
    let pool = pool::own::held(&visit.site, &visit.actor).await?;
    let held = guard.held(&visit.actor).await?;
    let applications: HashMap<DossierId, &Own> =
        own.iter().map(|own| (own.application.dossier(), own)).collect();
    let kept: Vec<Kept> = held
        .iter()
        .map(|held| {
            let application = applications.get(&held.dossier).copied();
            if let Some(fields) = pool.get(&held.dossier) {
                return of_pool(&visit, &charter, held, fields);
            }
            of_dossier(&visit, &charter, held, application, messages.get(&held.dossier))
        })
        .collect();
    let standing = charter.purposes().iter().filter(|purpose| {
        STANDING.contains(&purpose.kind)
            && purpose.people.contains(&People::Candidate)
            && held.iter().all(|held| held.purpose != purpose.name)
    });
    let standing: Vec<Kept> = standing
        .map(|purpose| of_purpose(&visit, &charter, purpose, |_| true))
        .collect();
    let documents: Vec<Value> = own
        .iter()
        .filter(|own| !own.held.files.is_empty())
        .map(|own| json!({ "title": title(&visit, own), "id": own.application.id, "files": files(own) }))
        .collect();
    visit
        .draw(
            "account/kept.html",
            json!({
                "documents": documents, "kept": kept, "standing": standing,
                "open": Query::read(&visit.query).get("open"),
            }),
        )
        .await
}

fn of_dossier(
    visit: &Visit,
    charter: &Charter,
    held: &Held,
    application: Option<&Own>,
    message: Option<&contact::own::Own>,
) -> Kept {
    let identity = visit.actor.people().contains(&held.dossier.cast::<Person>());
    let given = |field: &str| match (application, message) {
        (Some(own), _) => is_added(charter, held, field) || is_of(own, field),
        (_, Some(own)) => is_added(charter, held, field) || own.fields.iter().any(|given| given == field),
        (None, None) => !identity || IDENTITY.contains(&field),
    };
    let mut kept = match charter.purpose(&held.purpose) {
        Some(purpose) => of_purpose(visit, charter, purpose, given),
        None => Kept::of_an_earlier_charter(&held.purpose),
    };
    if identity {
        kept.title = visit.text("account-kept-identity");
    }
    if let Some(own) = application {
        kept.title = title(visit, own);
    }
    if message.is_some() {
        kept.title = visit.text("contact-own-title");
    }
    kept.since = Some(held.opened_at);
    kept.until = held.until.as_ref().map(guard::keep::Until::last_day);
    kept
}

/// What is kept for other offers: what is there, and no more.
fn of_pool(visit: &Visit, charter: &Charter, held: &Held, fields: &[String]) -> Kept {
    let is_there = |field: &str| fields.iter().any(|one| one == field);
    let mut kept = match charter.purpose(&held.purpose) {
        Some(purpose) => of_purpose(visit, charter, purpose, is_there),
        None => Kept::of_an_earlier_charter(&held.purpose),
    };
    kept.since = Some(held.opened_at);
    kept.until = held.until.as_ref().map(guard::keep::Until::last_day);
    kept
}

/// Whether the service adds the field to what was sent.
fn is_added(charter: &Charter, held: &Held, field: &str) -> bool {
    charter
        .purpose(&held.purpose)
        .is_some_and(|purpose| purpose.uses.iter().any(|used| used == field))
}

/// Whether the field was answered with the application.
fn is_of(own: &Own, field: &str) -> bool {
    own.held.answers.iter().any(|(answered, _)| answered == field)
        || own.held.files.iter().any(|(file, _)| file.field == field)
}

fn of_purpose(visit: &Visit, charter: &Charter, purpose: &Purpose, given: impl Fn(&str) -> bool) -> Kept {
    let locale = visit.locale;
    let fields = purpose.field_names().filter(|field| given(field));
    let readers = purpose
        .readers
        .iter()
        .map(|reader| render::reader_words(charter, reader, locale));
    let rules = charter.clocks(&purpose.name).map(|retention| Line {
        text: render::typeset(&render::retention_rule(retention, locale), locale),
        clause: retention.rule.clause.to_string(),
    });
    Kept {
        title: purpose.title(locale).to_owned(),
        since: None,
        what: fields
            .filter_map(|field| charter.field(field))
            .map(|field| field.label(locale).to_owned())
            .collect(),
        why: Some(Line {
            text: purpose.title(locale).to_owned(),
            clause: purpose.rule.clause.to_string(),
        }),
        basis: Some(render::typeset(
            &render::basis_words(&purpose.basis, locale),
            locale,
        )),
        readers: readers.map(|words| render::typeset(&words, locale)).collect(),
        until: None,
        rules: rules.collect(),
    }
}

impl Kept {
    /// Kept for a purpose that the charter in force doesn't have any more.
    fn of_an_earlier_charter(purpose: &str) -> Self {
        Self {
            title: purpose.to_owned(),
            since: None,
            what: Vec::new(),
            why: None,
            basis: None,
            readers: Vec::new(),
            until: None,
            rules: Vec::new(),
        }
    }
}

fn title(visit: &Visit, own: &Own) -> String {
    own.vacancy.as_ref().map_or_else(
        || visit.text("application-unsolicited-title"),
        |vacancy| vacancy.offer.title.clone(),
    )
}
