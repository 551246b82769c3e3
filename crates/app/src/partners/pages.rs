//! Owns: the form by which an application is given to somebody, and what of it the panel and the person's own pages show.
//! Doesn't own: giving ([`super::service`]).

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use charter::Charter;
use guard::share::{Recipient, Shared};
use kernel::{Id, Locale};
use serde_json::{Value, json};
use web::{Choice, Error, Errors, FieldKind, FieldView, FormView};

use super::service::{self, Giving};
use crate::{
    applications::model::Application,
    visit::{Posted, Visit},
};

/// A name and a contact are so long at most, in characters.
const LINE: usize = 200;
/// So many who were given something lately are offered.
const LATELY: usize = 5;
/// Chosen for somebody who isn't among them.
const OTHER: &str = "other";

/// What was typed.
#[derive(Default)]
struct Typed<'a> {
    to: &'a str,
    recipient: &'a str,
    contact: &'a str,
}

pub(super) async fn ask(visit: Visit, Path((id, share)): Path<(String, String)>) -> Result<Response, Error> {
    let giving = giving(&visit, &id, &share).await?;
    let lately = lately(&visit, &giving).await?;
    let form = form(&visit, &lately, &Typed::default());
    draw(&visit, StatusCode::OK, &giving, form).await
}

pub(super) async fn give(
    Path((id, share)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Error> {
    let visit = &posted.visit;
    let giving = giving(visit, &id, &share).await?;
    let lately = lately(visit, &giving).await?;
    let typed = Typed {
        to: posted.field("to"),
        recipient: posted.field("recipient").trim(),
        contact: posted.field("contact").trim(),
    };
    let known = lately.iter().find(|one| one.id.to_string() == typed.to);
    let mut errors = Errors::default();
    if !lately.is_empty() && known.is_none() && typed.to != OTHER {
        errors.add("to", visit.text("partners-need-to"));
    } else if known.is_none() {
        for (field, typed) in [("recipient", typed.recipient), ("contact", typed.contact)] {
            if typed.is_empty() || typed.chars().count() > LINE || typed.chars().any(char::is_control) {
                errors.add(field, visit.text(&format!("partners-need-{field}")));
            }
        }
    }
    if !errors.is_empty() {
        let form = form(visit, &lately, &typed).with_errors(errors);
        return draw(visit, StatusCode::UNPROCESSABLE_ENTITY, &giving, form).await;
    }
    let to = known.map_or_else(
        || Recipient {
            name: typed.recipient.to_owned(),
            contact: typed.contact.to_owned(),
        },
        |known| known.recipient.clone(),
    );
    service::give(&visit.site, &visit.actor, &giving, &to).await?;
    Ok(visit
        .back(&format!("/desk/applications/{id}"), "shared")
        .into_response())
}

async fn giving(visit: &Visit, id: &str, share: &str) -> Result<Giving, Error> {
    visit.staff()?;
    let id: Id<Application> = id.parse().map_err(|_| Error::NotFound)?;
    Ok(service::prepare(&visit.site, &visit.actor, id, share).await?)
}

/// Who was given something by that share lately.
async fn lately(visit: &Visit, giving: &Giving) -> Result<Vec<Shared>, Error> {
    let mut lately = visit.site.guard().shared_lately(&giving.share.name).await?;
    lately.truncate(LATELY);
    Ok(lately)
}

fn form(visit: &Visit, lately: &[Shared], typed: &Typed<'_>) -> FormView {
    let line = u32::try_from(LINE).unwrap_or(u32::MAX);
    let text = |name: &str, value: &str| {
        let label = visit.text(&format!("partners-{name}"));
        let mut field = FieldView::new(name, FieldKind::Text, label)
            .hint(visit.text(&format!("partners-{name}-hint")))
            .value(value)
            .max_length(line);
        // Needed only for who isn't in the list.
        field.depends = !lately.is_empty();
        field
    };
    let mut fields = vec![text("recipient", typed.recipient), text("contact", typed.contact)];
    if !lately.is_empty() {
        let known = lately.iter().map(|one| Choice {
            value: one.id.to_string(),
            label: one.recipient.name.clone(),
            hint: Some(one.recipient.contact.clone()),
            chosen: typed.to == one.id.to_string(),
        });
        let other = Choice {
            value: OTHER.to_owned(),
            label: visit.text("partners-other"),
            hint: None,
            chosen: typed.to == OTHER,
        };
        let mut to = FieldView::new("to", FieldKind::Choice, visit.text("partners-to"));
        to.choices = known.chain([other]).collect();
        fields.insert(0, to);
    }
    FormView::new(visit.path.clone(), fields)
}

async fn draw(visit: &Visit, status: StatusCode, giving: &Giving, form: FormView) -> Result<Response, Error> {
    let charter = visit.site.guard().charter();
    let row = &giving.opened.row;
    let context = json!({
        "form": form,
        "name": row.person.name,
        "vacancy": row.vacancy.as_ref().map(|vacancy| &vacancy.offer.title),
        "entity": giving.share.entity(visit.locale),
        "clause": giving.share.rule.clause.to_string(),
        "about": giving.share.about(visit.locale),
        "fields": labels(&charter, &giving.fields, visit.locale),
        "told": giving.is_told(),
        "unreachable": giving.is_unreachable(),
        "back": format!("/desk/applications/{}", row.application.id),
    });
    visit.draw_with(status, "partners/share.html", context).await
}

/// The fields by the charter's words.
pub(super) fn labels(charter: &Charter, fields: &[String], locale: Locale) -> Vec<String> {
    let label = |field: &String| charter.field_label(field, locale).to_owned();
    fields.iter().map(label).collect()
}

/// What an application's panel says of giving it: to whom it can be given, and to whom it was.
pub(crate) async fn panel_view(visit: &Visit, application: &Application) -> Result<Value, Error> {
    let guard = visit.site.guard();
    let charter = guard.charter();
    let shares: Vec<Value> = service::shares(&charter, &visit.actor, application)
        .map(|share| {
            let href = format!("/desk/applications/{}/share/{}", application.id, share.name);
            json!({ "href": href, "entity": share.entity(visit.locale) })
        })
        .collect();
    let given = guard.shared_of(&[application.dossier()]).await?;
    let given: Vec<Value> = given
        .iter()
        .map(|one| {
            let mut view = view(&charter, one, visit.locale);
            // What has ended is given to nobody any more.
            view["href"] = json!((!shares.is_empty()).then(|| format!("/desk/shared/{}", one.id)));
            view
        })
        .collect();
    Ok(json!({ "shares": shares, "given": given }))
}

/// To whom something of the acting person's was given: all of it, or of one application.
pub(crate) async fn own_view(visit: &Visit, of: Option<&Application>) -> Result<Vec<Value>, Error> {
    let guard = visit.site.guard();
    let given = match of {
        Some(application) => guard.shared_of(&[application.dossier()]).await?,
        None => guard.shared_of_own(&visit.actor).await?,
    };
    let charter = guard.charter();
    Ok(given
        .iter()
        .map(|one| view(&charter, one, visit.locale))
        .collect())
}

fn view(charter: &Charter, one: &Shared, locale: Locale) -> Value {
    json!({
        "name": one.recipient.name,
        "contact": one.recipient.contact,
        "at": one.at,
        "fields": labels(charter, &one.fields, locale).join(", "),
    })
}
