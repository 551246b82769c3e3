//! Owns: the rules a French or English text is held to. Doesn't own: the texts. Every room tests its own with
//! [`faults`].

use kernel::Locale;

const NARROW: char = '\u{202f}';
const HARD: char = '\u{a0}';

/// What is typographically wrong in a Fluent source: line, from 1, and what to do.
///
/// French takes a narrow no-break space (U+202F) before `; : ! ?` and inside « »; both languages take ’ for an
/// apostrophe and … for three dots; no text has two spaces in a row.
#[must_use]
pub fn faults(locale: Locale, fluent: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in fluent.lines().enumerate() {
        let Some(text) = said(line) else { continue };
        let mut add = |fault: String| found.push((index + 1, fault));
        if text.trim_start().contains("  ") {
            add("two spaces in a row".to_owned());
        }
        if text.contains("...") {
            add("three dots are written …".to_owned());
        }
        if has_straight_apostrophe(&text) {
            add("an apostrophe is written ’".to_owned());
        }
        match locale {
            Locale::Fr => french(&text).into_iter().for_each(add),
            Locale::En => english(&text).into_iter().for_each(add),
        }
    }
    found
}

/// The words of a line: neither comment, nor key, nor placeable, nor variant's name, nor markup.
fn said(line: &str) -> Option<String> {
    let trimmed = line.trim_start();
    if trimmed.is_empty() || trimmed.starts_with(['#', '{', '}']) && !trimmed.contains("} ") {
        return None;
    }
    let value = if line.starts_with([' ', '\t']) || line.starts_with('}') {
        match trimmed.strip_prefix('*').unwrap_or(trimmed) {
            variant if variant.starts_with('[') => variant.split_once(']').map_or("", |(_, text)| text),
            text => text,
        }
    } else {
        line.split_once('=').map_or("", |(_, value)| value)
    };
    let mut out = String::new();
    let (mut braces, mut tag) = (0, false);
    for c in value.chars() {
        match c {
            '{' => braces += 1,
            '}' => {
                braces -= 1;
                out.push('x');
            }
            '<' => tag = true,
            '>' if tag => tag = false,
            c if braces == 0 && !tag => out.push(c),
            _ => {}
        }
    }
    // A web address or an hour isn't prose.
    Some(out.replace("://", "//"))
}

fn has_straight_apostrophe(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars
        .windows(3)
        .any(|w| w[1] == '\'' && w[0].is_alphabetic() && w[2].is_alphabetic())
}

fn french(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let after = chars.get(at + 1).copied();
        match c {
            ';' | ':' | '!' | '?' | '»' if before != Some(NARROW) && !is_figure(before, after) => {
                found.push(format!("before {c} stands a narrow no-break space, U+202F"));
            }
            '«' if after != Some(NARROW) => {
                found.push("after « stands a narrow no-break space, U+202F".to_owned());
            }
            '%' | '€' if before != Some(HARD) && before != Some(NARROW) && before != Some('(') => {
                found.push(format!("before {c} stands a no-break space, U+00A0"));
            }
            '"' | '“' | '”' => found.push("French quotes are « »".to_owned()),
            _ => {}
        }
    }
    found
}

fn english(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let spaced = chars
        .windows(2)
        .any(|w| [' ', NARROW, HARD].contains(&w[0]) && [';', ':', '!', '?'].contains(&w[1]));
    let quoted = chars.iter().any(|c| ['"', '«', '»'].contains(c));
    let mut found = Vec::new();
    if spaced {
        found.push("no space before ; : ! ? in English".to_owned());
    }
    if quoted {
        found.push("English quotes are “ ”".to_owned());
    }
    found
}

/// `14:32` and `f:x` in an address aren't sentences.
fn is_figure(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn finds_a_missing_space_and_lets_good_texts_pass() {
        let fr = |text: &str| faults(Locale::Fr, text).len();
        assert_eq!(fr("a = Qui êtes-vous\u{202f}?"), 0);
        assert_eq!(fr("a = Qui êtes-vous ?"), 1);
        assert_eq!(fr("a = Qui êtes-vous?"), 1);
        assert_eq!(fr("a = «\u{202f}oui\u{202f}»"), 0);
        assert_eq!(fr("a = « oui »"), 2);
        assert_eq!(fr("a = l'offre"), 1);
        assert_eq!(
            fr("a = { $n ->\n    [one] une offre\n   *[other] { $n } offres:\n }"),
            1
        );
        assert_eq!(fr("a = <a href=\"{ $url }\">ici</a>\u{202f}: voilà"), 0);
        assert_eq!(fr("# un commentaire : libre"), 0);
        assert_eq!(faults(Locale::En, "a = What ?").len(), 1);
        assert_eq!(faults(Locale::En, "a = What? It’s “fine”.").len(), 0);
    }

    /// Over every text of the workspace, so that a new room is held to it from its first day.
    #[test]
    fn every_text_of_the_house_is_well_set() {
        let mut wrong = Vec::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ext| ext == "ftl") {
                    let locale = if path.file_stem().is_some_and(|stem| stem == "fr") {
                        Locale::Fr
                    } else {
                        Locale::En
                    };
                    seen += 1;
                    for (line, fault) in faults(locale, &fs::read_to_string(&path).unwrap()) {
                        wrong.push(format!("{}:{line}: {fault}", path.display()));
                    }
                }
            }
        }
        assert!(
            seen >= 2 && wrong.is_empty(),
            "{seen} files\n{}",
            wrong.join("\n")
        );
    }
}
