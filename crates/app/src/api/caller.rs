//! Owns: [`Caller`], who asks the API. Doesn't own: what they may do (`guard`).

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use guard::{Actor, Bearer, Scope};
use kernel::Locale;
use web::Error;

use crate::{Site, visit};

/// One call: the program behind it, if it shows a token, and what is the same for every answer.
pub(crate) struct Caller {
    pub(crate) site: Site,
    pub(crate) locale: Locale,
    pub(super) headers: HeaderMap,
    /// Method and path: what a key for doing once is bound to, beside the body.
    pub(super) address: String,
    bearer: Option<Bearer>,
}

impl FromRequestParts<Site> for Caller {
    type Rejection = Error;

    /// A token that doesn't work is refused wherever it is shown, by the same answer whatever is wrong with it. A
    /// session's cookie opens nothing here.
    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Error> {
        let bearer = match parts.headers.get(header::AUTHORIZATION) {
            None => None,
            Some(value) => {
                let token = value.to_str().ok().and_then(token).ok_or(Error::SignIn)?;
                Some(site.guard().bearer(token).await?.ok_or(Error::SignIn)?)
            }
        };
        Ok(Self {
            site: site.clone(),
            locale: visit::language(site, parts.uri.query(), &parts.headers),
            headers: parts.headers.clone(),
            address: format!("{} {}", parts.method, parts.uri),
            bearer,
        })
    }
}

impl Caller {
    /// The program, for something its token was made for.
    ///
    /// # Errors
    /// 401 without a token, 403 without the scope.
    pub(crate) fn acting(&self, scope: Scope) -> Result<&Actor, Error> {
        let bearer = self.bearer.as_ref().ok_or(Error::SignIn)?;
        Ok(bearer.acting(scope)?)
    }

    /// The same where strangers are answered too: nobody without a token, or with one that wasn't made for that.
    pub(crate) fn acting_perhaps(&self, scope: Scope) -> Option<&Actor> {
        self.bearer.as_ref()?.acting(scope).ok()
    }
}

/// A call that shows a token: asked for before the rest of the request is looked at.
pub(crate) struct Program(Caller);

impl FromRequestParts<Site> for Program {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Error> {
        let caller = Caller::from_request_parts(parts, site).await?;
        match &caller.bearer {
            Some(_) => Ok(Self(caller)),
            None => Err(Error::SignIn),
        }
    }
}

impl std::ops::Deref for Program {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

/// What stands after the scheme, whose case doesn't count (RFC 9110 §11.1).
fn token(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
