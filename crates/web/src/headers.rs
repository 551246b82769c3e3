//! Owns: the headers that every answer carries. Doesn't own: cookies.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Nothing runs, loads or frames a page that isn't ours; forms go home.
const PAGE: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                    form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// A desk page also shows a CV in a frame, from this very site.
const DESK: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                    frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// A file that somebody uploaded: it may be looked at inside our own pages, and do nothing.
const FILE: &str = "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; \
                    frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// How a site is reached.
#[derive(Debug, Clone, Copy)]
pub struct Transport {
    /// True on a real site; false on a demo over plain http.
    pub https: bool,
}

/// Middleware that adds them: `axum::middleware::from_fn_with_state(Transport { https }, web::headers::secure)`.
pub async fn secure(State(transport): State<Transport>, request: Request, next: Next) -> Response {
    let desk = is_desk(request.uri().path());
    let own = ["/me", "/password", "/sign-in"];
    let personal = desk || own.iter().any(|own| request.uri().path().starts_with(own));
    let mut response = next.run(request).await;
    put(response.headers_mut(), desk, personal, transport);
    response
}

/// Headers for an uploaded file: shown in a frame of ours when `inline`, else saved under `file_name`.
#[must_use]
pub fn for_file(content_type: &'static str, inline: bool, file_name: &impl serde::Serialize) -> HeaderMap {
    let shown = serde_json::to_value(file_name).unwrap_or_default();
    let file_name = shown.as_str().unwrap_or_default();
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    let ascii: String = file_name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || ".-_ ".contains(c) {
                c
            } else {
                '_'
            }
        })
        .take(100)
        .collect();
    let full: String = file_name.chars().filter(|c| !c.is_control()).take(100).collect();
    let how = if inline { "inline" } else { "attachment" };
    // RFC 6266: the plain name for old programs, the encoded one for the rest.
    let value = format!(
        "{how}; filename=\"{ascii}\"; filename*=UTF-8''{}",
        crate::page::percent(&full)
    );
    if let Ok(value) = HeaderValue::from_str(&value) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers
}

fn is_desk(path: &str) -> bool {
    path == "/desk" || path.starts_with("/desk/")
}

fn put(headers: &mut HeaderMap, desk: bool, personal: bool, transport: Transport) {
    let mut default = |name: header::HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert_with(|| HeaderValue::from_static(value));
    };
    default(header::CONTENT_SECURITY_POLICY, if desk { DESK } else { PAGE });
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::REFERRER_POLICY, "same-origin");
    default(
        header::HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()",
    );
    default(
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    default(
        header::HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    // What is personal is kept by no cache; the rest is asked for again, since a language may have changed.
    default(
        header::CACHE_CONTROL,
        if personal {
            "private, no-store"
        } else {
            "private, no-cache"
        },
    );
    if transport.https {
        default(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, routing::get};
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(path: &str, https: bool) -> HeaderMap {
        let router = Router::new()
            .route("/desk/x", get(|| async { "x" }))
            .route("/jobs", get(|| async { "x" }))
            .route(
                "/desk/files/1",
                get(|| async { (for_file("application/pdf", true, &"CV \"Zoé\"\r\n.pdf"), "x") }),
            )
            .layer(axum::middleware::from_fn_with_state(Transport { https }, secure));
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap().headers().clone()
    }

    #[tokio::test]
    async fn pages_are_strict_and_only_the_desk_frames() {
        let page = ask("/jobs", true).await;
        let policy = page[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("frame-src"));
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
        assert!(page.contains_key(header::STRICT_TRANSPORT_SECURITY));
        let desk = ask("/desk/x", false).await;
        assert!(
            desk[header::CONTENT_SECURITY_POLICY]
                .to_str()
                .unwrap()
                .contains("frame-src 'self'")
        );
        assert_eq!(desk[header::CACHE_CONTROL], "private, no-store");
        assert!(!desk.contains_key(header::STRICT_TRANSPORT_SECURITY));
        // A refusal of the router itself carries them too.
        assert!(
            ask("/nothing", false)
                .await
                .contains_key(header::X_CONTENT_TYPE_OPTIONS)
        );
    }

    #[tokio::test]
    async fn a_file_may_be_framed_by_us_and_do_nothing() {
        let file = ask("/desk/files/1", true).await;
        assert!(
            file[header::CONTENT_SECURITY_POLICY]
                .to_str()
                .unwrap()
                .contains("frame-ancestors 'self'")
        );
        let disposition = file[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert_eq!(
            disposition,
            "inline; filename=\"CV _Zo____.pdf\"; filename*=UTF-8''CV%20%22Zo%C3%A9%22.pdf"
        );
    }
}
