//! Owns: choosing a page's language. Doesn't own: the texts.

use kernel::{Locale, Word as _};

/// The cookie that remembers a reader's choice; strictly necessary, declared by the charter as a preference.
pub const LANGUAGE_COOKIE: &str = "vivier_lang";

/// The page's language: what the link says (`?lang=`), else what was chosen before, else what the browser asks
/// for, else the site's own, which is the first offered.
#[must_use]
pub fn language(
    query: Option<&str>,
    cookie: Option<&str>,
    accept_language: Option<&str>,
    offered: &[Locale],
) -> Locale {
    let chosen = |word: Option<&str>| {
        word.and_then(|word| Locale::from_word(word).ok())
            .filter(|locale| offered.contains(locale))
    };
    chosen(query)
        .or_else(|| chosen(cookie))
        .unwrap_or_else(|| Locale::negotiate(accept_language.unwrap_or_default(), offered))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{En, Fr};

    #[test]
    fn link_then_cookie_then_browser_then_site() {
        let both = [Fr, En];
        assert_eq!(language(Some("en"), Some("fr"), Some("fr"), &both), En);
        assert_eq!(language(None, Some("en"), Some("fr"), &both), En);
        assert_eq!(language(None, None, Some("en-GB"), &both), En);
        assert_eq!(language(Some("xx"), Some("<"), None, &both), Fr);
        assert_eq!(language(Some("en"), None, Some("en"), &[Fr]), Fr);
    }
}
