//! Owns: what is answered to somebody who tried something too often: in words, and in `Retry-After`. Doesn't own: how often
//! is too often (`guard`).

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

use crate::visit::Visit;

/// What to do after too many wrong tries.
pub(super) fn too_often(visit: &Visit, seconds: u32) -> String {
    let minutes = i64::from(seconds.div_ceil(60));
    visit
        .site
        .kit()
        .text(visit.locale, "account-too-often", &[("minutes", minutes.into())])
}

/// The status of a form that comes back: what was given is wrong, or there were too many tries.
pub(super) const fn status(wait: Option<u32>) -> StatusCode {
    match wait {
        Some(_) => StatusCode::TOO_MANY_REQUESTS,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The answer, saying in how many seconds to come back, after too many tries (RFC 6585 §4).
pub(super) fn come_back(wait: Option<u32>, mut response: Response) -> Response {
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
