//! Owns: what a file is called in an archive: a name that no program can be led astray by, whatever its sender called it.
//! Doesn't own: the name itself, which the archive's data give as it was.

use charter::FileType;
use unicode_normalization::UnicodeNormalization as _;

/// A name is so long at most, in bytes, without its number and its ending.
const MOST: usize = 80;

/// What the file is called: numbered, so that no two are called alike and none bears a name that a system keeps for
/// itself; with the ending of what it is, whatever it claims.
pub(super) fn of_file(nth: usize, field: &str, name: Option<&str>, kind: FileType) -> String {
    let ending = kind.extensions().first().copied().unwrap_or("bin");
    let stem = name.map(|name| match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().all(char::is_alphanumeric) => stem,
        _ => name,
    });
    let stem = stem.map(plain).filter(|stem| !stem.is_empty());
    let stem = stem.unwrap_or_else(|| plain(field));
    format!("{nth:02}-{stem}.{ending}")
}

/// Where the file of that name lies.
pub(super) fn path(name: &str) -> String {
    format!("files/{name}")
}

/// Letters, digits and a few signs; everything else is an underscore, and none stands at an end.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.nfc() {
        let c = if c.is_alphanumeric() || "-_ ".contains(c) {
            c
        } else {
            '_'
        };
        if plain.len() + c.len_utf8() > MOST {
            break;
        }
        if !(c == '_' && plain.ends_with('_')) {
            plain.push(c);
        }
    }
    plain.trim_matches(['_', ' ', '-']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        of_file(1, "cv", Some(name), FileType::Pdf)
    }

    #[test]
    fn a_name_leads_no_program_astray() {
        assert_eq!(named("Élise Exemple.pdf"), "01-Élise Exemple.pdf");
        assert_eq!(named("E\u{301}lise.pdf"), "01-Élise.pdf");
        assert_eq!(named("../../etc/passwd"), "01-etc_passwd.pdf");
        assert_eq!(named("..\\..\\CON.pdf"), "01-CON.pdf");
        assert_eq!(named("cv.pdf.exe"), "01-cv_pdf.pdf");
        assert_eq!(named("\u{202e}fdp.exe"), "01-fdp.pdf");
        assert_eq!(named("a\r\nb\0c\u{7f}.pdf"), "01-a_b_c.pdf");
        assert_eq!(named("C:\\x:y?*<>|\".pdf"), "01-C_x_y.pdf");
        for nothing in ["", ".", "..", "...", " . ", "///", "\u{202e}.pdf"] {
            assert_eq!(named(nothing), "01-cv.pdf", "{nothing:?}");
        }
        assert_eq!(of_file(12, "cv", None, FileType::Txt), "12-cv.txt");
        let long = named(&"é".repeat(500));
        assert!(long.len() < 120, "{} bytes", long.len());
    }
}
