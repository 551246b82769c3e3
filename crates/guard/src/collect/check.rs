//! Owns: what makes an answer wrong, and the normal forms that look-ups hash. Doesn't own: the words in which the
//! sender is told (`web`).

use charter::{FieldKind, FileType, FormField};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use zeroize::Zeroizing;

/// Of so many words of a name every two are kept together.
const PAIRED: usize = 12;

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// Required, and not given.
    Missing,
    /// What must be confirmed before sending isn't.
    NotConfirmed,
    /// Longer than so many characters.
    TooLong(usize),
    /// No e-mail address.
    NotAnEmail,
    /// No telephone number.
    NotAPhone,
    /// None of the choices.
    NotAChoice,
    /// A file without a byte.
    FileEmpty,
    /// A file of more than so many megabytes.
    FileTooLarge(u32),
    /// Not what its name says, or none of the kinds that are taken.
    FileType(Vec<FileType>),
    /// More files than that.
    TooManyFiles(usize),
    /// Attached too long ago: attach it again.
    FileLost,
}

impl Flaw {
    /// Its name in the texts (`flaw-missing`).
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotConfirmed => "not-confirmed",
            Self::TooLong(_) => "too-long",
            Self::NotAnEmail => "not-an-email",
            Self::NotAPhone => "not-a-phone",
            Self::NotAChoice => "not-a-choice",
            Self::FileEmpty => "file-empty",
            Self::FileTooLarge(_) => "file-too-large",
            Self::FileType(_) => "file-type",
            Self::TooManyFiles(_) => "too-many-files",
            Self::FileLost => "file-lost",
        }
    }
}

/// The answer without surrounding space and control characters; line breaks stay only in a long text.
pub(crate) fn tidy(kind: FieldKind, value: &str) -> Zeroizing<String> {
    let long = kind == FieldKind::LongText;
    let unified = Zeroizing::new(value.replace("\r\n", "\n"));
    let kept = unified.chars().filter_map(|c| match c {
        '\n' | '\t' if long => Some(c),
        '\n' | '\t' => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    });
    Zeroizing::new(Zeroizing::new(kept.collect::<String>()).trim().to_owned())
}

pub(crate) fn flaw(field: &FormField, value: &str) -> Option<Flaw> {
    if value.is_empty() {
        return None;
    }
    if value.chars().count() > field.max_length {
        return Some(Flaw::TooLong(field.max_length));
    }
    match field.kind {
        FieldKind::Email if !is_email(value) => Some(Flaw::NotAnEmail),
        FieldKind::Tel if !is_phone(value) => Some(Flaw::NotAPhone),
        FieldKind::Choice if !field.choices.iter().any(|choice| choice.value == value) => {
            Some(Flaw::NotAChoice)
        }
        _ => None,
    }
}

/// One mailbox and nothing else: a local part of RFC 5322's atoms, a domain of at least two labels, 254 characters.
pub(crate) fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else {
        return false;
    };
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    value.len() <= 254
        && (1..=64).contains(&local.len())
        && local.chars().all(atom)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && domain.split('.').all(label)
}

/// Six to fifteen digits (E.164's most), with the signs people write between them.
fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    (6..=15).contains(&digits)
        && value
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-./()\u{2010}\u{2011}\u{ad}".contains(c))
}

pub(crate) fn normal_email(value: &str) -> String {
    value.trim().to_lowercase()
}

/// The digits, a French national `0` and an international `+33` or `0033` made the same.
pub(crate) fn normal_phone(value: &str) -> String {
    if value.chars().any(char::is_alphabetic) {
        return String::new();
    }
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let national = digits
        .strip_prefix("0033")
        .or_else(|| digits.strip_prefix("33").filter(|rest| rest.len() == 9));
    national
        .map(|rest| format!("0{}", rest.trim_start_matches('0')))
        .unwrap_or(digits)
}

/// The words of a name, case and accents folded.
#[must_use]
pub fn name_words(text: &str) -> Vec<String> {
    let folded: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let mut words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Every two of a name's words, as one: by which somebody is found whose name several words are known of, at a cost that
/// grows with who bears them all and not with who bears one. Of a very long name its first words count.
pub fn name_pairs(words: &[String]) -> impl Iterator<Item = String> {
    let words = words.get(..PAIRED).unwrap_or(words);
    (1..words.len()).flat_map(move |later| {
        let paired = words.get(..later).unwrap_or_default().iter();
        paired.map(move |one| format!("{one} {}", words.get(later).map_or("", String::as_str)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_one_mailbox() {
        for good in [
            "a@b.example",
            "anne-marie.o'neil+jobs@sub.cabinet.example",
            "élise@exemple.example",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "a b@c.example",
            "a@b.example\r\nBcc: x@y.example",
            "a@b.example,c@d.example",
            "<a@b.example>",
            "a..b@c.example",
            "a@-b.example",
            "a@b..example",
            "a@b@",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_phone_is_digits_and_the_signs_between() {
        for good in ["06 39 98 00 01", "+33 (0)6.39.98.00.01", "020 7946 0958"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["12345", "call me", "06 39 98 00 01 ext 5", "1234567890123456"] {
            assert!(!is_phone(bad), "{bad}");
        }
        for same in ["06 39 98 00 01", "+33 6 39 98 00 01", "0033639980001"] {
            assert_eq!(normal_phone(same), "0639980001", "{same}");
        }
    }

    #[test]
    fn names_are_found_whatever_accents_and_case() {
        assert_eq!(
            name_words("Élise LE-GOFF d'Arc"),
            ["arc", "d", "elise", "goff", "le"]
        );
        let pairs = |name: &str| name_pairs(&name_words(name)).collect::<Vec<_>>();
        assert_eq!(pairs("Zoé Le Goff"), ["goff le", "goff zoe", "le zoe"]);
        assert_eq!(pairs("Zoé"), Vec::<String>::new());
        assert_eq!(pairs("a b c d e f g h i j k l m").len(), 66);
    }

    #[test]
    fn control_characters_do_not_pass() {
        assert_eq!(*tidy(FieldKind::Text, " a\0\r\nb\u{7} "), "a b");
        assert_eq!(*tidy(FieldKind::LongText, "a\r\nb"), "a\nb");
    }
}
