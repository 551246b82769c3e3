//! Owns: [`Locale`], the two languages of every page, mail and error. Doesn't own: any text.

crate::words! {
    /// A language Vivier speaks. French and English are equal.
    pub enum Locale {
        /// French.
        Fr = "fr",
        /// English, as spoken in Europe.
        En = "en",
    }
}

impl Locale {
    /// The best of `offered` for an `Accept-Language` header (RFC 9110 §12.5.4); the first offered when none fits.
    #[must_use]
    pub fn negotiate(accept_language: &str, offered: &[Self]) -> Self {
        use crate::Word as _;
        let mut wanted: Vec<(f32, Self)> = accept_language
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.trim().split(';');
                let primary = pieces.next()?.trim().get(..2)?.to_ascii_lowercase();
                let quality = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q=")?.parse().ok())
                    .unwrap_or(1.0);
                Some((quality, Self::from_word(&primary).ok()?))
            })
            .filter(|(quality, locale)| *quality > 0.0 && offered.contains(locale))
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted
            .first()
            .map(|(_, locale)| *locale)
            .or_else(|| offered.first().copied())
            .unwrap_or(Self::Fr)
    }
}

#[cfg(test)]
mod tests {
    use super::Locale::{self, En, Fr};

    #[test]
    fn negotiates_by_quality_and_falls_back_to_the_first_offered() {
        let both = [Fr, En];
        assert_eq!(Locale::negotiate("en-GB,en;q=0.9,fr;q=0.5", &both), En);
        assert_eq!(Locale::negotiate("de, fr;q=0.2", &both), Fr);
        assert_eq!(Locale::negotiate("de", &[En, Fr]), En);
        assert_eq!(Locale::negotiate("en", &[Fr]), Fr);
        assert_eq!(Locale::negotiate("é;q=x,,;", &both), Fr);
    }
}
