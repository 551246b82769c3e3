//! Owns: the edge of a site: every answer passes here. Errors become pages or problem documents with a number, logged
//! once; a change from another site's page is refused; a chosen language is remembered. Doesn't own: the answers.

use axum::{
    Router,
    extract::{FromRequestParts as _, MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use kernel::{Rng, Word as _};
use web::{Cookie, Error, Page, Raised, Reference, headers::Transport};

use crate::{
    Site,
    visit::{self, Visit},
};

/// Half a year, as the charters declare it.
const LANGUAGE_SECONDS: u32 = 182 * 86_400;

/// Which charter an answer was given under: its version and the digest of its bytes (an RFC 9651 dictionary).
const CHARTER: HeaderName = HeaderName::from_static("vivier-charter");

/// The routes behind the edge.
pub(crate) fn wrap(routes: Router<Site>, site: &Site) -> Router {
    routes
        .fallback(|| async { Error::NotFound })
        .layer(from_fn_with_state(site.clone(), answer))
        .layer(from_fn_with_state(
            Transport {
                https: site.is_https(),
            },
            web::headers::secure,
        ))
        .with_state(site.clone())
}

async fn answer(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let route = parts
        .extensions
        .get::<MatchedPath>()
        .map_or("none", |path| path.as_str())
        .to_owned();
    let (path, query) = (
        parts.uri.path().to_owned(),
        parts.uri.query().unwrap_or_default().to_owned(),
    );
    let locale = visit::language(&site, parts.uri.query(), &parts.headers);
    let host = parts
        .headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let safe = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    let charter = site.guard().charter();
    let law = format!("version={}, sha-256=\"{}\"", charter.version(), charter.digest());
    let ours = safe || web::same_origin(&parts.headers, host);
    // Who is at the desk keeps their menu when there is no answer; anybody else's request isn't kept for that.
    let kept = path.starts_with("/desk").then(|| parts.clone());
    let mut response = if !is_text(&path) {
        axum::response::IntoResponse::into_response(Error::NotFound)
    } else if ours {
        next.run(Request::from_parts(parts, body)).await
    } else {
        axum::response::IntoResponse::into_response(Error::forbidden())
    };
    if let Some(error) = raised(&response, &path) {
        let reference = Reference::new(&Rng::system());
        error.log(&reference, &route);
        if matches!(*error, Error::SignIn) && safe && !path.starts_with("/api/") {
            let mut response = sign_in(&path, &query);
            under(&law, &mut response);
            return response;
        }
        response = if path.starts_with("/api/") {
            let mut problem = error.problem(site.kit(), locale, &reference);
            if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
                problem.headers_mut().insert(header::ALLOW, allow);
            }
            problem
        } else {
            let mut page = match kept {
                Some(parts) => at_the_desk(&site, parts).await,
                None => None,
            }
            .unwrap_or_else(|| Page::new(site.face(locale), locale, path, site.guard().now()));
            page.query.clone_from(&query);
            page.notice = None;
            error.page(site.kit(), &page, &reference)
        };
    }
    if query.split('&').any(|pair| pair.starts_with("lang=")) {
        remember(&site, locale, &mut response);
    }
    response
        .headers_mut()
        .insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.word()));
    under(&law, &mut response);
    response
}

/// The frame of the desk, for who is signed in there; nothing when that can't be told either.
async fn at_the_desk(site: &Site, mut parts: Parts) -> Option<Page> {
    let visit = Visit::from_request_parts(&mut parts, site).await.ok()?;
    visit.staff().ok()?;
    visit.page(None).await.ok()
}

/// Says under which charter the answer was given; not on what a browser keeps for good: it would tell of a version long
/// gone.
fn under(law: &str, response: &mut Response) {
    let is_kept = response
        .headers()
        .get(header::CACHE_CONTROL)
        .is_some_and(|value| value.as_bytes().ends_with(b"immutable"));
    if !is_kept && let Ok(value) = HeaderValue::from_str(law) {
        response.headers_mut().insert(CHARTER, value);
    }
}

/// Whether the bytes that a path's `%xx` stand for are text: nothing lies under an address that isn't.
fn is_text(path: &str) -> bool {
    let (mut bytes, mut rest) = (Vec::with_capacity(path.len()), path.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *first == b'%');
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    std::str::from_utf8(&bytes).is_ok()
}

/// The error a handler raised, or what the router's own refusal means.
fn raised(response: &Response, path: &str) -> Option<std::sync::Arc<Error>> {
    if let Some(raised) = response.extensions().get::<Raised>() {
        return Some(raised.0.clone());
    }
    if response.status() == StatusCode::METHOD_NOT_ALLOWED && path.starts_with("/api/") {
        return Some(std::sync::Arc::new(Error::Method));
    }
    let made_here = response
        .headers()
        .get(header::CONTENT_TYPE)
        .map(HeaderValue::as_bytes)
        .is_some_and(|kind| kind.starts_with(b"text/html") || kind.starts_with(b"application/json"));
    if made_here {
        None
    } else {
        Error::from_status(response.status()).map(std::sync::Arc::new)
    }
}

/// To the sign-in of the area, and back here afterwards.
fn sign_in(path: &str, query: &str) -> Response {
    let to = if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    };
    let area = if path.starts_with("/me") {
        "/me/sign-in"
    } else {
        "/sign-in"
    };
    let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
    axum::response::IntoResponse::into_response(axum::response::Redirect::to(&format!("{area}?to={to}")))
}

/// A language chosen by a link is remembered, where the charter declares the cookie.
fn remember(site: &Site, locale: kernel::Locale, response: &mut Response) {
    if site.guard().charter().tracker(web::LANGUAGE_COOKIE).is_none() {
        return;
    }
    let cookie = Cookie::new(web::LANGUAGE_COOKIE, locale.word()).seconds(LANGUAGE_SECONDS);
    if let Some(value) = cookie.header(site.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
