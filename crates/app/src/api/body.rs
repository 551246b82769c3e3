//! Owns: [`Body`], a JSON body read into its type, once it is sure that it will be used. Doesn't own: the type, what is done with it.

use std::convert::Infallible;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::HeaderMap,
};
use charter::Charter;
use serde::de::DeserializeOwned;
use web::{Error, api};

use crate::Site;

/// A body that isn't read yet: who may not do it at all is told so before what doesn't fit.
pub(crate) struct Unread(HeaderMap, axum::body::Body);

/// A JSON body, read into its type.
pub(crate) struct Body<T> {
    pub(crate) value: T,
    /// As it came: what doing once compares.
    pub(crate) bytes: Bytes,
}

impl FromRequest<Site> for Unread {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &Site) -> Result<Self, Infallible> {
        let (parts, body) = request.into_parts();
        Ok(Self(parts.headers, body))
    }
}

impl Unread {
    /// Reads it, of at most [`api::JSON_LIMIT`] bytes.
    ///
    /// # Errors
    /// As [`api::json_body`] and [`api::read_json`], with the clause behind each field that is somebody's data.
    pub(crate) async fn json<T: DeserializeOwned>(self, site: &Site) -> Result<Body<T>, Error> {
        let bytes = api::json_body(&self.0, self.1).await?;
        match api::read_json(&bytes) {
            Ok(value) => Ok(Body { value, bytes }),
            Err(error) => Err(with_clauses(error, &site.guard().charter())),
        }
    }
}

/// Names the clause behind a field that is somebody's data: it is asked in a form of the charter, and nowhere else.
fn with_clauses(mut error: Error, charter: &Charter) -> Error {
    if let Error::Unfit { faults, .. } = &mut error {
        for fault in faults {
            fault.clause = fault.unknown.as_deref().and_then(|name| {
                charter.field(name)?;
                let forms = charter.forms();
                let asks = forms.iter().find(|form| form.field(name).is_some());
                Some(asks.or(forms.first())?.rule.clause.to_string())
            });
        }
    }
    error
}
