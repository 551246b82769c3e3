//! Owns: [`Asked`], the question in an address, which page of a list it is. Doesn't own: what may be asked
//! (each resource), cursors ([`crate::cursor`]).

use axum::{extract::FromRequestParts, http::request::Parts};
use kernel::Cursor;
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};
use web::{
    Error, Say,
    api::{At, Fault, read_query},
};

use crate::{Site, cursor};

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Listed<T> {
    /// The rows, in order.
    pub(crate) items: Vec<T>,
    /// To be given as `after` for the next page; `null` on the last.
    #[schema(required)]
    pub(crate) next: Option<String>,
}

/// Which page of a list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paging {
    /// Rows on a page, at most.
    #[serde(default = "fifty", deserialize_with = "limit")]
    #[param(required = false, default = 50, minimum = 1, maximum = 100, value_type = u32)]
    pub(crate) limit: usize,
    /// The `next` of the page before, of the same question.
    #[param(min_length = 1, max_length = 100)]
    after: Option<String>,
}

fn fifty() -> usize {
    50
}

fn limit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    let asked: usize = String::deserialize(deserializer)?
        .parse()
        .map_err(serde::de::Error::custom)?;
    match asked {
        1..=100 => Ok(asked),
        _ => Err(serde::de::Error::custom("from 1 to 100")),
    }
}

/// For `#[serde(deserialize_with)]`: a text to look for, of at most 200 characters.
pub(crate) fn short<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.chars().count() > 200 {
        return Err(serde::de::Error::custom("at most 200 characters"));
    }
    Ok(Some(text))
}

/// What a list is asked: its filters `T`, and which page.
pub(crate) struct Asked<T> {
    pub(crate) filter: T,
    pub(crate) limit: usize,
    pub(crate) after: Option<Cursor>,
    question: String,
}

impl<T: DeserializeOwned> FromRequestParts<Site> for Asked<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or_default();
        let (paging, filter) = split(query);
        let paging: Paging = read_query(&paging)?;
        let question = format!("{}?{filter}", parts.uri.path());
        let after = match paging.after {
            Some(text) => Some(cursor::open(site, &question, &text).ok_or_else(no_cursor)?),
            None => None,
        };
        Ok(Self {
            filter: read_query(&filter)?,
            limit: paging.limit,
            after,
            question,
        })
    }
}

impl<T> Asked<T> {
    /// A page of it, as the API writes one.
    pub(crate) fn page<U>(&self, site: &Site, items: Vec<U>, next: Option<&Cursor>) -> Listed<U> {
        let next = next.map(|place| cursor::seal(site, &self.question, place));
        Listed { items, next }
    }
}

/// The pairs that say which page, and the others in a fixed order, so that their order is no part of the question.
fn split(query: &str) -> (String, String) {
    let mut filter: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .filter(|(name, _)| name != "lang")
        .collect();
    filter.sort();
    let paging = filter.extract_if(.., |(name, _)| name == "limit" || name == "after");
    let write = |pairs: &[(String, String)]| {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
    };
    let paging = write(&paging.collect::<Vec<_>>());
    (paging, write(&filter))
}

fn no_cursor() -> Error {
    Error::Unfit {
        status: axum::http::StatusCode::BAD_REQUEST,
        faults: vec![Fault::new(
            At::Query("after".to_owned()),
            Say::new("problem-cursor"),
        )],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_its_filters_whatever_their_order() {
        let (paging, filter) = split("q=a+b&limit=7&stage=new&lang=fr&after=5.x");
        assert_eq!(
            (paging.as_str(), filter.as_str()),
            ("after=5.x&limit=7", "q=a+b&stage=new")
        );
        assert_eq!(split("stage=new&q=a%20b").1, filter);
        assert_ne!(
            split("stage=new&q=a%26stage%3Dnew").1,
            split("stage=new&stage=new&q=a").1
        );
    }
}
