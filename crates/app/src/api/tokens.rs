//! Owns: the desk's page where members of staff make tokens for their programs, see and revoke them. Doesn't own: what
//! a token is (`guard`).

use axum::{
    extract::Path,
    http::StatusCode,
    response::{Redirect, Response},
};
use guard::{NewToken, Scope, TOKEN_DAYS, TOKENS};
use kernel::Word as _;
use serde_json::json;
use web::{Choice, Error, Errors, FieldKind, FieldView, FormView};

use crate::visit::{Posted, Visit};

const HERE: &str = "/desk/tokens";
/// For how many days a token may be made.
const DAYS: [i64; 4] = [7, 30, 90, TOKEN_DAYS];
/// A name's greatest length, in characters.
const NAME: u32 = 60;

pub(super) async fn list(visit: Visit) -> Result<Response, Error> {
    let form = form(&visit, "", &[], 30);
    draw(&visit, StatusCode::OK, form, None).await
}

/// Makes one, and shows its secret on the page that answers: it is in no address, and nowhere afterwards.
pub(super) async fn make(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    let staff = visit.actor.staff().ok_or(Error::SignIn)?;
    let guard = visit.site.guard();
    let name = posted.field("name").trim();
    let chosen: Vec<Scope> = posted
        .all("scopes")
        .into_iter()
        .filter_map(|word| Scope::from_word(word).ok())
        .collect();
    let days = posted.field("days").parse().unwrap_or(0);
    let mut errors = Errors::default();
    let length = name.chars().count();
    if length == 0 || length > NAME as usize || name.chars().any(char::is_control) {
        errors.add("name", visit.text("token-need-name"));
    }
    if chosen.is_empty() {
        errors.add("scopes", visit.text("token-need-scopes"));
    }
    if !DAYS.contains(&days) {
        errors.add("days", visit.text("token-need-days"));
    }
    if guard.tokens(&visit.actor).await?.len() >= TOKENS {
        errors.add("", visit.text("token-too-many"));
    }
    if !errors.is_empty() {
        let form = form(visit, name, &chosen, days).with_errors(errors);
        return draw(visit, StatusCode::UNPROCESSABLE_ENTITY, form, None).await;
    }
    let new = NewToken {
        staff,
        name,
        scopes: &chosen,
        ends_at: guard.now().plus_seconds(days * 86_400),
    };
    let token = guard.make_api_token(new).await?;
    let form = form(visit, "", &[], 30);
    draw(visit, StatusCode::OK, form, Some(token.secret())).await
}

pub(super) async fn revoke(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    posted
        .visit
        .site
        .guard()
        .revoke_token(&posted.visit.actor, id)
        .await?;
    Ok(posted.visit.back(HERE, "token-revoked"))
}

fn form(visit: &Visit, name: &str, chosen: &[Scope], days: i64) -> FormView {
    let mut scopes = FieldView::new("scopes", FieldKind::Many, visit.text("token-field-scopes"))
        .hint(visit.text("token-field-scopes-hint"));
    scopes.choices = Scope::ALL
        .iter()
        .map(|scope| Choice {
            value: scope.word().to_owned(),
            label: visit.text(&format!("token-scope-{}", scope.word().replace(':', "-"))),
            hint: Some(scope.word().to_owned()),
            chosen: chosen.contains(scope),
        })
        .collect();
    let mut lasts = FieldView::new("days", FieldKind::Choice, visit.text("token-field-days"));
    let label = |days: i64| {
        let kit = visit.site.kit();
        kit.text(visit.locale, "token-days", &[("days", days.into())])
    };
    lasts.choices = DAYS
        .iter()
        .map(|of| Choice {
            value: of.to_string(),
            label: label(*of),
            hint: None,
            chosen: *of == days,
        })
        .collect();
    let name = FieldView::new("name", FieldKind::Text, visit.text("token-field-name"))
        .hint(visit.text("token-field-name-hint"))
        .max_length(NAME)
        .value(name);
    FormView::new(HERE, vec![name, scopes, lasts])
}

async fn draw(
    visit: &Visit,
    status: StatusCode,
    form: FormView,
    made: Option<&str>,
) -> Result<Response, Error> {
    visit.staff()?;
    let tokens = visit.site.guard().tokens(&visit.actor).await?;
    let context = json!({ "form": form, "made": made, "tokens": tokens });
    visit.draw_with(status, "api/tokens.html", context).await
}
