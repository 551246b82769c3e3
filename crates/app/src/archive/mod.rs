//! Owns: the archive of everything held about a person, as one file: for programs (`data.json`, `resume.json`), for
//! people (`index.html`), and every file of theirs. Doesn't own: what is held and who may have it (`guard::export`), the
//! page that says what is kept and why ([`crate::account`]).

mod consents;
mod data;
mod page;
mod resume;
mod words;

#[cfg(test)]
pub(crate) mod tests;

use std::{collections::HashMap, io};

use axum::{
    body::{Body, Bytes},
    response::{IntoResponse as _, Response},
    routing::get,
};
use charter::Charter;
use futures_util::{StreamExt as _, stream::BoxStream};
use guard::{
    Error, Guard, Person, Staff,
    export::{Everything, Fact},
};
use kernel::{Id, Locale, Timestamp};
use serde_json::Value;
use web::{KitError, Texts};

use crate::{Audience, Route, Site, account::people, vacancies::service, visit::Visit};

/// The form of `data.json`. It counts up when a program that reads it would have to be changed; what is added leaves it.
pub const FORMAT: u32 = 1;

/// Looks of the page, beside it in the archive.
pub(crate) const STYLE: &str = include_str!("templates/style.css");

/// An archive on its way.
pub struct Archive {
    /// What the file is called.
    pub name: String,
    /// Its bytes. An error in between means that what came is not the whole.
    pub bytes: BoxStream<'static, io::Result<Bytes>>,
}

/// Why there is no archive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The doors.
    #[error(transparent)]
    Guard(#[from] Error),
    /// Its page.
    #[error(transparent)]
    Kit(#[from] KitError),
}

impl From<ArchiveError> for web::Error {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Guard(error) => error.into(),
            ArchiveError::Kit(error) => Self::internal(error),
        }
    }
}

/// What every page of an archive is made from.
struct About<'a> {
    site: &'a Site,
    charter: &'a Charter,
    locale: Locale,
    now: Timestamp,
    everything: &'a Everything,
    /// The titles of the offers that are named.
    offers: HashMap<Id<()>, String>,
}

pub(crate) const TEXTS: Texts = Texts {
    templates: &[
        ("archive/index.html", include_str!("templates/index.html")),
        ("archive/layout.html", include_str!("templates/layout.html")),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::new(Audience::Person, "/me/data/archive", get(download))]
}

async fn download(visit: Visit) -> Result<Response, web::Error> {
    visit.person()?;
    let guard = visit.site.guard();
    let everything = guard.everything_of_own(&visit.actor, crate::UNTOLD).await?;
    Ok(pack(&visit.site, everything, visit.locale).await?.into_response())
}

impl axum::response::IntoResponse for Archive {
    fn into_response(self) -> Response {
        let headers = web::headers::for_file("application/zip", false, &self.name);
        (headers, Body::from_stream(self.bytes)).into_response()
    }
}

/// Everything held about a person, made for them by a member of staff, in the person's language. The person sees that it
/// was opened.
///
/// # Errors
/// As [`Guard::everything_for`].
pub async fn made_for(site: &Site, person: Id<Person>, staff: Id<Staff>) -> Result<Archive, ArchiveError> {
    let guard = site.guard();
    let everything = guard.everything_for(person, staff, crate::UNTOLD).await?;
    let usual = guard.charter().languages().first().copied();
    let spoken = people::language(guard, everything.people.first().copied().unwrap_or(person)).await?;
    let locale = spoken.or(usual).unwrap_or(Locale::Fr);
    pack(site, everything, locale).await
}

pub(crate) async fn pack(
    site: &Site,
    everything: Everything,
    locale: Locale,
) -> Result<Archive, ArchiveError> {
    let guard = site.guard();
    let charter = guard.charter();
    let about = About {
        site,
        charter: &charter,
        locale,
        now: guard.now(),
        offers: offers(guard, &everything).await?,
        everything: &everything,
    };
    let day = about.now.date(guard.zone());
    let name = site.kit().text(locale, "archive-name", &[]);
    let pages = vec![
        ("index.html", page::html(&about)?.into_bytes()),
        ("style.css", STYLE.as_bytes().to_vec()),
        ("data.json", written(&data::json(&about))),
        ("resume.json", written(&resume::json(&about))),
    ];
    Ok(Archive {
        name: format!("{name}-{day}.zip"),
        bytes: guard.archive(everything.copies, pages).boxed(),
    })
}

/// The titles of the offers that rows name, where they are or were public.
async fn offers(guard: &Guard, everything: &Everything) -> Result<HashMap<Id<()>, String>, Error> {
    let named = everything.rows().flat_map(|row| &row.facts);
    let named = named.filter_map(|(_, fact)| match fact {
        Fact::Reference(id) => Some(id.cast()),
        _ => None,
    });
    let mut named: Vec<_> = named.collect();
    named.sort_unstable();
    named.dedup();
    let found = service::find_all(guard, &named).await?;
    Ok(found
        .into_iter()
        .map(|(id, vacancy)| (id.cast(), vacancy.offer.title))
        .collect())
}

/// Indented, for who looks into it.
fn written(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

impl About<'_> {
    fn text(&self, key: &str) -> String {
        self.site.kit().text(self.locale, key, &[])
    }
}
