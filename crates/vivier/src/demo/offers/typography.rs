//! Owns: the spaces and apostrophes a printer would set. Doesn't own: the words.

use kernel::Locale;

const NARROW: char = '\u{202f}';

/// The text as it is printed: in French with a narrow no-break space before high signs, inside guillemets and between
/// thousands, and in both languages with curved apostrophes.
pub(crate) fn typeset(language: Locale, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut signs = text.chars().peekable();
    let mut before = '\n';
    while let Some(sign) = signs.next() {
        let after = signs.peek().copied().unwrap_or('\n');
        out.push(match sign {
            '\'' => '’',
            ' ' if language == Locale::Fr && narrow(before, after) => NARROW,
            other => other,
        });
        before = sign;
    }
    out
}

fn narrow(before: char, after: char) -> bool {
    before == '«'
        || matches!(after, ';' | ':' | '!' | '?' | '»' | '%' | '€')
        || before.is_ascii_digit() && (after.is_ascii_digit() || after == 'h')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_signs_stand_apart_and_english_ones_do_not() {
        assert_eq!(
            typeset(Locale::Fr, "Prêt ? « Oui » : 2 500 € dès 8 h, c'est dit"),
            "Prêt\u{202f}? «\u{202f}Oui\u{202f}»\u{202f}: 2\u{202f}500\u{202f}€ dès 8\u{202f}h, c’est dit"
        );
        assert_eq!(typeset(Locale::En, "It's 8 : 2"), "It’s 8 : 2");
    }
}
