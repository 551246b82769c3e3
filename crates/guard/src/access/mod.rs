//! Owns: recognising who acts: sessions, links, tokens, staff accounts. Doesn't own: what they may do ([`crate::read`]
//! and the charter), cookies (`web`).

mod joined;
mod links;
mod sessions;
mod staff;
mod tokens;

pub use joined::Joined;
pub use links::LinkToken;
pub use sessions::SessionToken;
pub use staff::{Colleague, MIN_PASSWORD, NewStaff};
pub use tokens::ApiToken;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::Rng;

/// 32 random bytes as 43 characters that fit a URL, a header and a cookie.
fn random_token(rng: &Rng) -> String {
    URL_SAFE_NO_PAD.encode(rng.bytes::<32>())
}

/// Whether the text has the form of [`random_token`]: anything else is not looked up.
fn is_token(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_one_form() {
        let token = random_token(&Rng::seeded(1));
        assert!(is_token(&token), "{token}");
        assert!(!is_token("") && !is_token(&token[1..]) && !is_token(&format!("{}=", &token[1..])));
    }
}
