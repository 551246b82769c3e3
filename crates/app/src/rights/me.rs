//! Owns: the page of one's own rights: what each means, what can be done at once with a button, requests and by when they
//! are answered. Doesn't own: what a button does (`guard::rights`, [`super::own`]).

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use charter::{PurposeKind, Right};
use guard::{
    DossierId, Person, View,
    rights::{consent::Consent, correct::FIELDS, request::MOST},
};
use kernel::{Id, Word as _};
use serde_json::{Value, json};
use web::{Error, Errors, FieldKind, FieldView, FormView, Slot};

use super::{HERE, own, view};
use crate::{
    account::people,
    partners,
    query::Query,
    visit::{Posted, Visit},
};

/// What is asked in words: the others have a button, a page or an address of their own.
const NOT_IN_WORDS: [Right; 2] = [Right::Complaint, Right::PostMortem];

/// A step is done: the page, with the part unfolded where it was done.
fn done(part: &str, word: &str) -> Redirect {
    Redirect::to(&format!("{HERE}?open={part}&done={word}"))
}

/// What of the page came back.
#[derive(Default)]
struct Back<'a> {
    kind: &'a str,
    text: &'a str,
    errors: Errors,
    /// Whose details came back, with what was typed and is wrong.
    details: Option<(Id<Person>, [&'a str; 3], Errors)>,
}

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    draw(&visit, StatusCode::OK, Back::default()).await
}

pub(super) async fn ask(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.person()?;
    let (kind, text) = (posted.field("kind"), posted.field("text"));
    let mut errors = Errors::default();
    let offered = in_words(visit);
    let right = Right::from_word(kind).ok().filter(|kind| offered.contains(kind));
    if right.is_none() {
        errors.add("kind", visit.text("rights-need-kind"));
    }
    if text.trim().is_empty() {
        errors.add("text", visit.text("rights-need-text"));
    } else if text.chars().count() > MOST {
        errors.add("text", visit.text("rights-too-long"));
    }
    let Some(right) = right.filter(|_| errors.is_empty()) else {
        let back = Back {
            kind,
            text,
            errors,
            details: None,
        };
        return draw(visit, StatusCode::UNPROCESSABLE_ENTITY, back).await;
    };
    let id = own::ask(&visit.site, &visit.actor, right, text).await?;
    Ok(Redirect::to(&format!("{HERE}/{id}?done=request-sent")).into_response())
}

pub(super) async fn consent(posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    let id: Id<Consent> = posted.field("consent").parse().map_err(|_| Error::NotFound)?;
    visit.site.guard().withdraw_consent(&visit.actor, id).await?;
    visit.site.ring();
    Ok(done("consents", "consent-withdrawn"))
}

pub(super) async fn object(posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    offers(visit, Right::Object)?;
    let guard = visit.site.guard();
    guard.object_to(&visit.actor, posted.field("purpose")).await?;
    Ok(done("object", "objected"))
}

pub(super) async fn restrict(posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    offers(visit, Right::Restrict)?;
    let one = one_or_all(posted.field("dossier"))?;
    visit.site.guard().restrict_own(&visit.actor, one).await?;
    Ok(done("restrict", "restricted"))
}

pub(super) async fn lift(posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    let one = one_or_all(posted.field("dossier"))?;
    visit.site.guard().lift_own(&visit.actor, one).await?;
    Ok(done("restrict", "restriction-lifted"))
}

pub(super) async fn directives(posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    offers(visit, Right::PostMortem)?;
    let text = posted.field("directives");
    if text.chars().count() > MOST {
        return Err(Error::TooLarge { limit: None });
    }
    let kept = own::direct(&visit.site, &visit.actor, text).await?;
    let word = if kept {
        "directives-kept"
    } else {
        "directives-gone"
    };
    Ok(done("directives", word))
}

pub(super) async fn details(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.person()?;
    offers(visit, Right::Rectify)?;
    let person: Id<Person> = posted.field("person").parse().map_err(|_| Error::NotFound)?;
    let typed = FIELDS.map(|field| posted.field(field));
    match own::correct(&visit.site, &visit.actor, person, typed).await? {
        Ok(()) => Ok(done("rectify", "details-corrected").into_response()),
        Err(flaws) => {
            let mut errors = Errors::default();
            for (field, flaw) in flaws {
                let charter = visit.site.guard().charter();
                let label = charter.field_label(field, visit.locale);
                let said = crate::form::flaw(label, &flaw, visit.locale);
                errors.add(field, visit.site.kit().say(visit.locale, &said));
            }
            let back = Back {
                details: Some((person, typed, errors)),
                ..Back::default()
            };
            draw(visit, StatusCode::UNPROCESSABLE_ENTITY, back).await
        }
    }
}

/// The right, when the charter declares it; else there is nothing of it here.
fn offers(visit: &Visit, right: Right) -> Result<(), Error> {
    let offered = visit.site.guard().rights_offered();
    offered.contains(&right).then_some(()).ok_or(Error::NotFound)
}

fn one_or_all(typed: &str) -> Result<Option<DossierId>, Error> {
    match typed {
        "all" => Ok(None),
        one => one.parse().map(Some).map_err(|_| Error::NotFound),
    }
}

fn in_words(visit: &Visit) -> Vec<Right> {
    let offered = visit.site.guard().rights_offered().into_iter();
    offered.filter(|right| !NOT_IN_WORDS.contains(right)).collect()
}

async fn draw(visit: &Visit, status: StatusCode, back: Back<'_>) -> Result<Response, Error> {
    visit.person()?;
    let guard = visit.site.guard();
    guard.rights_purpose()?;
    let requests = guard.own_requests(&visit.actor).await?;
    let asked = requests
        .iter()
        .filter(|one| one.kind != Right::PostMortem || one.state.is_open());
    let offered: Vec<&str> = guard
        .rights_offered()
        .into_iter()
        .map(|right| right.word())
        .collect();
    let query = Query::read(&visit.query);
    // What was refused is seen without looking for it.
    let open = match &back {
        Back { details: Some(_), .. } => "rectify",
        Back { errors, .. } if !errors.is_empty() => "words",
        _ => query.get("open"),
    };
    let context = json!({
        "open": open,
        "clauses": view::clauses(visit),
        "contacts": view::contacts(visit),
        "offered": offered,
        "requests": asked.map(|request| view::row(visit, request)).collect::<Vec<_>>(),
        "consents": consents(visit).await?,
        "objections": objections(visit).await?,
        "given": partners::own_view(visit, None).await?,
        "kept": kept(visit).await?,
        "details": details_forms(visit, back.details).await?,
        "directives": directives_view(visit).await?,
        "most": MOST,
        "form": words_form(visit, back.kind, back.text, back.errors),
    });
    visit.draw_with(status, "rights/me.html", context).await
}

fn title(visit: &Visit, purpose: &str) -> String {
    let charter = visit.site.guard().charter();
    let found = charter.purpose(purpose);
    found.map_or_else(
        || purpose.to_owned(),
        |purpose| purpose.title(visit.locale).to_owned(),
    )
}

async fn consents(visit: &Visit) -> Result<Vec<Value>, Error> {
    let guard = visit.site.guard();
    let charter = guard.charter();
    let view = |consent: &Consent| {
        let field = consent.field.as_deref().and_then(|field| charter.field(field));
        json!({
            "id": consent.id,
            "purpose": title(visit, &consent.purpose),
            "field": field.map(|field| field.label(visit.locale)),
            "given_at": consent.renewed_at.unwrap_or(consent.given_at),
            "withdrawn_at": consent.withdrawn_at,
        })
    };
    Ok(guard.consents(&visit.actor).await?.iter().map(view).collect())
}

async fn objections(visit: &Visit) -> Result<Vec<Value>, Error> {
    let guard = visit.site.guard();
    let charter = guard.charter();
    let all = guard.objectable(&visit.actor).await?;
    let view = |one: &guard::rights::object::Objectable| {
        json!({
            "purpose": one.purpose,
            "title": title(visit, &one.purpose),
            "clause": charter.purpose(&one.purpose).map(|purpose| purpose.rule.clause.to_string()),
            "at_once": one.at_once,
            "since": one.since,
        })
    };
    Ok(all.iter().map(view).collect())
}

async fn kept(visit: &Visit) -> Result<Vec<Value>, Error> {
    let uses = visit.site.guard().own_uses(&visit.actor).await?;
    let view = |one: &guard::rights::stop::Use| {
        json!({
            "dossier": one.dossier,
            "title": title(visit, &one.purpose),
            "since": one.since,
            "restricted": one.is_restricted,
            "stopped": one.is_stopped,
        })
    };
    Ok(uses.iter().map(view).collect())
}

async fn directives_view(visit: &Visit) -> Result<Value, Error> {
    let guard = visit.site.guard();
    if offers(visit, Right::PostMortem).is_err() {
        return Ok(Value::Null);
    }
    let own = guard.own_directives(&visit.actor).await?;
    let until = match &own {
        Some(own) => guard.until(guard.db(), own.request.id.cast()).await?,
        None => None,
    };
    Ok(json!({
        "text": own.as_ref().map(|own| &own.text),
        "since": own.as_ref().map(|own| own.request.received_at),
        "until": until.as_ref().map(guard::keep::Until::last_day),
    }))
}

/// A form for the details of the person and of each who is joined to them.
async fn details_forms(
    visit: &Visit,
    back: Option<(Id<Person>, [&str; 3], Errors)>,
) -> Result<Vec<FormView>, Error> {
    if offers(visit, Right::Rectify).is_err() {
        return Ok(Vec::new());
    }
    let (guard, ids) = (visit.site.guard(), visit.actor.people());
    let charter = guard.charter();
    let permit = guard.permit(&visit.actor, &[PurposeKind::AnswerRights])?;
    let dossiers: Vec<DossierId> = ids.iter().map(|id| id.cast()).collect();
    let reading = guard.read(&permit, View::One, &dossiers).await?;
    let rows = people::find(guard, ids).await?;
    let mut forms = Vec::with_capacity(rows.len());
    for row in ids.iter().filter_map(|id| rows.get(id)) {
        let shown = row.show(&reading)?;
        let typed = back.as_ref().filter(|(person, ..)| *person == row.id);
        let values = [shown.given_name, shown.family_name, shown.phone];
        let mut fields = vec![FieldView::new("person", FieldKind::Hidden, "").value(row.id.to_string())];
        for (nth, (field, value)) in FIELDS.into_iter().zip(values).enumerate() {
            let label = charter.field_label(field, visit.locale);
            let kind = if field == "phone" {
                FieldKind::Tel
            } else {
                FieldKind::Text
            };
            let mut view = FieldView::new(field, kind, label).autocomplete(match field {
                "given_name" => "given-name",
                "family_name" => "family-name",
                _ => "tel",
            });
            view = match (typed, value) {
                (Some((_, typed, _)), _) => view.value(typed[nth]),
                (None, Some(value)) => view.value(Slot::of(value)),
                (None, None) => view,
            };
            fields.push(view);
        }
        let form = FormView::new("/me/rights/details", fields);
        forms.push(match typed {
            Some((_, _, errors)) => form.with_errors(errors.clone()),
            None => form,
        });
    }
    Ok(forms)
}

fn words_form(visit: &Visit, kind: &str, text: &str, errors: Errors) -> FormView {
    let mut which = FieldView::new("kind", FieldKind::Choice, visit.text("rights-which"));
    for right in in_words(visit) {
        which = which.choice(right.word(), view::name(visit, right));
    }
    for choice in &mut which.choices {
        choice.chosen = choice.value == kind;
    }
    let words = FieldView::new("text", FieldKind::Long, visit.text("rights-words"))
        .hint(visit.text("rights-words-hint"))
        .max_length(u32::try_from(MOST).unwrap_or(u32::MAX))
        .value(text);
    FormView::new(HERE, vec![which, words]).with_errors(errors)
}
