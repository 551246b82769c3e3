//! Owns: the administrator's page of accounts and roles. Doesn't own: what may be done with one (`guard`); any candidate.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use charter::Duty;
use guard::{NewColleague, PasswordLinkKind, Staff};
use kernel::Id;
use serde_json::{Value, json};
use web::{Choice, Error, Errors, FieldKind, FieldView, FormView, MenuItem};

use super::recovery::letter;
use crate::visit::{Posted, Visit};

const HERE: &str = "/desk/staff";
/// The most characters of a name.
const NAME: usize = 100;

/// The entry of the desk's menu, for who administers.
pub(super) fn menu(
    guard: &guard::Guard,
    kit: &web::Kit,
    actor: &guard::Actor,
    locale: kernel::Locale,
) -> Vec<MenuItem> {
    match actor.has(&guard.charter(), Duty::Administer) {
        true => vec![MenuItem::new(kit.text(locale, "account-staff-title", &[]), HERE).icon("user")],
        false => Vec::new(),
    }
}

pub(super) async fn list(visit: Visit) -> Result<Response, Error> {
    visit.staff()?;
    draw(&visit, StatusCode::OK, form(&visit, &Typed::default())).await
}

/// What was typed of a colleague to be invited.
#[derive(Default)]
struct Typed<'p> {
    given_name: &'p str,
    family_name: &'p str,
    email: &'p str,
    role: &'p str,
}

pub(super) async fn invite(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    visit
        .actor
        .on_duty(&visit.site.guard().charter(), Duty::Administer)?;
    let typed = Typed {
        given_name: posted.field("given_name").trim(),
        family_name: posted.field("family_name").trim(),
        email: posted.field("email").trim(),
        role: posted.field("role"),
    };
    let mut errors = Errors::default();
    for (field, name) in [
        ("given_name", typed.given_name),
        ("family_name", typed.family_name),
    ] {
        if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
            errors.add(field, visit.text("account-staff-need-name"));
        }
    }
    if visit.site.guard().charter().role(typed.role).is_none() {
        errors.add("role", visit.text("account-staff-need-role"));
    }
    if typed.email.is_empty() {
        errors.add("email", visit.text("account-need-email"));
    }
    if errors.is_empty() {
        let new = NewColleague {
            role: typed.role,
            given_name: typed.given_name,
            family_name: typed.family_name,
            email: typed.email,
        };
        let write =
            |link: &guard::LinkToken| letter(&visit.site, visit.locale, PasswordLinkKind::Invitation, link);
        match visit.site.guard().invite(&visit.actor, new, &write).await {
            Ok(_) => {
                visit.site.ring();
                return Ok(visit.back(HERE, "invited").into_response());
            }
            Err(guard::Error::Taken) => errors.add("email", visit.text("account-staff-taken")),
            Err(guard::Error::Invalid(_)) => errors.add("email", visit.text("account-need-email")),
            Err(error) => return Err(error.into()),
        }
    }
    let form = form(visit, &typed).with_errors(errors);
    draw(visit, StatusCode::UNPROCESSABLE_ENTITY, form).await
}

pub(super) async fn invite_again(Path(id): Path<String>, posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    let write =
        |link: &guard::LinkToken| letter(&visit.site, visit.locale, PasswordLinkKind::Invitation, link);
    visit
        .site
        .guard()
        .invite_again(&visit.actor, parse(&id)?, &write)
        .await?;
    visit.site.ring();
    Ok(visit.back(HERE, "invited").into_response())
}

pub(super) async fn change_role(Path(id): Path<String>, posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    let guard = visit.site.guard();
    guard
        .change_role(&visit.actor, parse(&id)?, posted.field("role"))
        .await?;
    Ok(visit.back(HERE, "role-changed").into_response())
}

pub(super) async fn end(Path(id): Path<String>, posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    visit.site.guard().end_account(&visit.actor, parse(&id)?).await?;
    Ok(visit.back(HERE, "account-ended").into_response())
}

pub(super) async fn reset_factors(Path(id): Path<String>, posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    visit
        .site
        .guard()
        .reset_factors(&visit.actor, parse(&id)?)
        .await?;
    Ok(visit.back(HERE, "factors-reset").into_response())
}

fn parse(id: &str) -> Result<Id<Staff>, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

fn form(visit: &Visit, typed: &Typed<'_>) -> FormView {
    let field = |name: &'static str, kind, key: &str, value: &str| {
        FieldView::new(name, kind, visit.text(key)).value(value)
    };
    let mut role = FieldView::new("role", FieldKind::Choice, visit.text("account-staff-role"));
    role.choices = roles(visit, typed.role);
    let names = u32::try_from(NAME).unwrap_or(u32::MAX);
    FormView::new(
        HERE,
        vec![
            field(
                "given_name",
                FieldKind::Text,
                "account-staff-given-name",
                typed.given_name,
            )
            .max_length(names),
            field(
                "family_name",
                FieldKind::Text,
                "account-staff-family-name",
                typed.family_name,
            )
            .max_length(names),
            field("email", FieldKind::Email, "account-email", typed.email).max_length(254),
            role,
        ],
    )
}

fn roles(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let charter = visit.site.guard().charter();
    let choice = |role: &charter::Role| Choice {
        value: role.name.clone(),
        label: role.label(visit.locale).to_owned(),
        hint: None,
        chosen: role.name == chosen,
    };
    charter.roles().iter().map(choice).collect()
}

async fn draw(visit: &Visit, status: StatusCode, form: FormView) -> Result<Response, Error> {
    let team = visit.site.guard().team(&visit.actor).await?;
    let rows: Vec<Value> = team
        .iter()
        .map(|member| json!({ "member": member, "roles": roles(visit, &member.role) }))
        .collect();
    visit
        .draw_with(
            status,
            "account/staff.html",
            json!({ "rows": rows, "form": form }),
        )
        .await
}
