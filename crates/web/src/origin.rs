//! Owns: telling our own pages from others', and local paths from traps. Doesn't own: the CSRF token, which a
//! session carries.

use axum::http::HeaderMap;

/// Whether a request that changes something comes from a page of this very host.
///
/// `Sec-Fetch-Site` decides where a browser sends it, `Origin` must agree where there is one; a request with
/// neither comes from no browser and carries no cookie of anybody's (a script, a test).
#[must_use]
pub fn same_origin(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let fetched = match text("sec-fetch-site") {
        // `same-site` is refused: sites of one server are neighbours on one domain and share nothing.
        Some(site) => matches!(site, "same-origin" | "none"),
        None => true,
    };
    let origin = match text("origin") {
        Some(origin) => {
            let rest = origin
                .strip_prefix("https://")
                .or_else(|| origin.strip_prefix("http://"));
            rest.is_some_and(|origin| origin.eq_ignore_ascii_case(host))
        }
        None => true,
    };
    fetched && origin
}

/// The path, when it is one of this site that a reader may be sent back to: it starts with one slash, and holds
/// nothing that a browser would read as another host.
#[must_use]
pub fn safe_return(path: &str) -> Option<&str> {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2_000
        && !path
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || c == '\\');
    local.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_our_own_pages_may_change_things() {
        let check =
            |pairs: &[(&'static str, &'static str)]| same_origin(&headers(pairs), "jobs.example:8080");
        assert!(check(&[]));
        assert!(check(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://jobs.example:8080")
        ]));
        assert!(check(&[("sec-fetch-site", "none")]));
        assert!(check(&[("origin", "https://JOBS.example:8080")]));
        assert!(!check(&[("sec-fetch-site", "cross-site")]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
        assert!(!check(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://evil.example")
        ]));
        assert!(!check(&[("origin", "null")]));
        assert!(!check(&[("origin", "https://jobs.example:8081")]));
        assert!(!check(&[("origin", "https://evil.example/jobs.example:8080")]));
        assert!(!check(&[("origin", "jobs.example:8080")]));
    }

    #[test]
    fn a_way_back_is_on_this_site() {
        for good in [
            "/",
            "/desk",
            "/desk/applications?q=a%20b&stage=new#x",
            "/jobs/d%C3%A9veloppeur",
        ] {
            assert_eq!(safe_return(good), Some(good));
        }
        for bad in [
            "",
            "//evil.example",
            "///evil",
            "/\\evil.example",
            "\\\\evil",
            "https://evil.example",
            "https:evil",
            "javascript:alert(1)",
            "desk",
            " /desk",
            "/\t/evil",
            "/a\nSet-Cookie: x",
            "/\u{0}",
            "/\u{2028}x",
        ] {
            assert_eq!(safe_return(bad), None, "{bad:?}");
        }
        assert_eq!(safe_return(&format!("/{}", "a".repeat(3_000))), None);
    }
}
