//! Owns: `/api/v1/people`: looking somebody up by whole words of their name or by their e-mail address. Doesn't own: who
//! may be shown (`guard`), applications.

use axum::{Json, extract::Path, http::StatusCode};
use guard::{Person, Scope, Shown};
use kernel::{Id, Locale};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;
use web::{
    Error, Say,
    api::{At, Fault},
};

use super::people::{self, Found};
use crate::{
    Audience, Route,
    api::{
        Asked, Listed, Paging, Program,
        document::{Reads, id, word},
    },
    applications,
};

pub(super) fn routes() -> [Route; 2] {
    let program = Audience::Program;
    [
        Route::documented(program, "/api/v1/people", routes!(list)),
        Route::documented(program, "/api/v1/people/{id}", routes!(one)),
    ]
}

/// Who is looked up: by one of the two.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// The whole address.
    #[param(min_length = 3, max_length = 254)]
    email: Option<String>,
    /// Whole words of the name, whatever their accents and case; all of them must be there.
    #[param(min_length = 1, max_length = 200)]
    name: Option<String>,
}

impl Filter {
    /// What is looked for.
    fn words(&self) -> Result<&str, Error> {
        let fits = |at: &str, fits: bool| {
            let fault = Fault::new(At::Query(at.to_owned()), Say::new("problem-value"));
            if fits { Ok(()) } else { Err(bad(fault)) }
        };
        match (&self.email, &self.name) {
            (Some(email), None) => {
                fits("email", email.contains('@') && email.len() <= 254).map(|()| email.as_str())
            }
            (None, Some(name)) => {
                let word = name.chars().any(char::is_alphabetic) && !name.contains('@');
                fits("name", word && name.chars().count() <= 200).map(|()| name.as_str())
            }
            (Some(_), Some(_)) => Err(bad(Fault::new(
                At::Query("name".to_owned()),
                Say::new("problem-alone"),
            ))),
            (None, None) => Err(bad(Fault::new(
                At::Query("email".to_owned()),
                Say::new("account-one-of-two"),
            ))),
        }
    }
}

fn bad(fault: Fault) -> Error {
    Error::Unfit {
        status: StatusCode::BAD_REQUEST,
        faults: vec![fault],
    }
}

/// Somebody, as far as the charter shows them to the role.
#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
struct Somebody {
    #[schema(schema_with = id)]
    id: Id<Person>,
    /// The language they wrote in.
    #[schema(schema_with = word::<Locale>)]
    language: Locale,
    /// `null` where the charter doesn't show it to the role, as for the three below.
    #[schema(value_type = Option<String>, required)]
    given_name: Option<Shown<String>>,
    #[schema(value_type = Option<String>, required)]
    family_name: Option<Shown<String>>,
    #[schema(value_type = Option<String>, required)]
    email: Option<Shown<String>>,
    #[schema(value_type = Option<String>, required)]
    phone: Option<Shown<String>>,
}

impl Somebody {
    fn of(found: Found) -> Self {
        Self {
            id: found.id,
            language: found.language,
            given_name: found.person.given_name,
            family_name: found.person.family_name,
            email: found.person.email,
            phone: found.person.phone,
        }
    }
}

/// Look people up
///
/// By `email` or by `name`: there is no list of everybody. Everybody found can see that they were.
#[utoipa::path(get, path = "/api/v1/people", operation_id = "look_up_people", tag = "people", params(Filter, Paging), security(("token" = ["people:read"])),
    responses((status = 200, description = "One page", body = Listed<Somebody>), Reads))]
async fn list(caller: Program, asked: Asked<Filter>) -> Result<Json<Listed<Somebody>>, Error> {
    let actor = caller.acting(Scope::ReadPeople)?;
    let guard = caller.site.guard();
    let permit = applications::service::permit(guard, actor)?;
    let words = asked.filter.words()?;
    let page = people::look_up(guard, &permit, words, asked.after.as_ref(), asked.limit).await?;
    let items = page.rows.into_iter().map(Somebody::of).collect();
    Ok(Json(asked.page(&caller.site, items, page.next.as_ref())))
}

/// Read a person
///
/// Who they are; what they sent is under `/applications`. The person can see that they were opened.
#[utoipa::path(get, path = "/api/v1/people/{id}", operation_id = "read_person", tag = "people", params(("id" = String, Path)), security(("token" = ["people:read"])),
    responses((status = 200, description = "The person", body = Somebody), Reads))]
async fn one(caller: Program, Path(id): Path<String>) -> Result<Json<Somebody>, Error> {
    let actor = caller.acting(Scope::ReadPeople)?;
    let guard = caller.site.guard();
    let permit = applications::service::permit(guard, actor)?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    Ok(Json(Somebody::of(people::one(guard, &permit, id).await?)))
}
