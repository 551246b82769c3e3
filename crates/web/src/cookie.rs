//! Owns: how Vivier sets and reads a cookie. Doesn't own: what is in one; sessions belong to `guard`.

use axum::http::{HeaderMap, HeaderValue, header};

/// A cookie about to be set: for the whole site, out of reach of scripts, not sent along from other sites'
/// forms; over https also `Secure` and under the `__Host-` prefix (RFC 6265bis §4.1.3.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    name: &'static str,
    value: String,
    max_age: Option<u32>,
}

impl Cookie {
    /// A cookie that ends with the browser's session.
    #[must_use]
    pub fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self {
            name,
            value: value.into(),
            max_age: None,
        }
    }

    /// A cookie that takes itself back.
    #[must_use]
    pub fn cleared(name: &'static str) -> Self {
        Self {
            name,
            value: String::new(),
            max_age: Some(0),
        }
    }

    /// Kept for so many seconds.
    #[must_use]
    pub const fn seconds(mut self, seconds: u32) -> Self {
        self.max_age = Some(seconds);
        self
    }

    /// The `Set-Cookie` header; `None` when the value holds what a cookie can't (RFC 6265 §4.1.1).
    #[must_use]
    pub fn header(&self, https: bool) -> Option<HeaderValue> {
        let fits = |byte: u8| matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e);
        if !self.value.bytes().all(fits) {
            return None;
        }
        let age = self
            .max_age
            .map(|seconds| format!("; Max-Age={seconds}"))
            .unwrap_or_default();
        let (prefix, secure) = if https { ("__Host-", "; Secure") } else { ("", "") };
        let Self { name, value, .. } = self;
        format!("{prefix}{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")
            .parse()
            .ok()
    }
}

/// The value of a cookie that came with a request; over https only the one under the `__Host-` prefix.
#[must_use]
pub fn read<'h>(headers: &'h HeaderMap, name: &str, https: bool) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| {
            if https {
                found.strip_prefix("__Host-") == Some(name)
            } else {
                *found == name
            }
        })
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_gets_the_prefix() {
        let cookie = Cookie::new("vivier", "abc").seconds(60);
        let text = |https| cookie.header(https).unwrap().to_str().unwrap().to_owned();
        assert_eq!(
            text(true),
            "__Host-vivier=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60"
        );
        assert_eq!(
            text(false),
            "vivier=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60"
        );
    }

    #[test]
    fn a_value_can_t_add_attributes_or_headers() {
        for bad in ["a; Domain=x", "a\r\nSet-Cookie: b=c", "a,b", "a b", "é", "\"q\""] {
            assert_eq!(Cookie::new("x", bad).header(false), None, "{bad}");
        }
    }

    #[test]
    fn reads_its_own_and_not_a_plain_one_over_https() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; vivier=plain"));
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-vivier=safe"));
        assert_eq!(read(&headers, "vivier", true), Some("safe"));
        assert_eq!(read(&headers, "vivier", false), Some("plain"));
        assert_eq!(read(&headers, "b", true), None);
    }
}
