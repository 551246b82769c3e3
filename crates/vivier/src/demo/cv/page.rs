//! Owns: one page of PDF 1.4 written by hand: two standard fonts in WinAnsi, lines, wrapped paragraphs, rules, the
//! cross-reference table. Doesn't own: what it says. Nothing is compressed.

use super::super::people::plain;

/// A4, in points.
const SIZE: (f32, f32) = (595.28, 841.89);
pub(super) const LEFT: f32 = 56.0;
const RIGHT: f32 = 539.0;
/// Sober colours, one to a person.
const ACCENTS: [&str; 4] = [
    "0.07 0.36 0.31",
    "0.13 0.27 0.47",
    "0.47 0.20 0.15",
    "0.29 0.24 0.42",
];

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Font {
    Regular,
    Bold,
}

/// How a text stands out.
#[derive(Clone, Copy)]
pub(super) enum Grey {
    Ink,
    Soft,
    Accent,
}

/// A page being written from top to bottom.
pub(super) struct Page {
    drawn: String,
    y: f32,
    accent: &'static str,
}

impl Page {
    /// An empty one, with one of the accents.
    pub(super) fn new(accent: usize) -> Self {
        Self {
            drawn: String::new(),
            y: SIZE.1 - 78.0,
            accent: ACCENTS[accent % ACCENTS.len()],
        }
    }

    /// Goes on so many points lower.
    pub(super) fn down(&mut self, points: f32) {
        self.y -= points;
    }

    /// A text on one line from there to the right margin, smaller when it would pass it.
    pub(super) fn line(&mut self, x: f32, font: Font, size: f32, grey: Grey, text: &str) {
        let room = RIGHT - x;
        let width = width(font, size, text);
        let size = if width > room { size * room / width } else { size };
        self.show(x, font, size, grey, text);
    }

    /// A text that ends at the right margin.
    pub(super) fn right(&mut self, size: f32, grey: Grey, text: &str) {
        self.show(
            RIGHT - width(Font::Regular, size, text),
            Font::Regular,
            size,
            grey,
            text,
        );
    }

    /// A text on as many lines as it needs.
    pub(super) fn paragraph(&mut self, x: f32, size: f32, grey: Grey, text: &str) {
        let mut line = String::new();
        for word in text.split(' ') {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if !line.is_empty() && width(Font::Regular, size, &longer) > RIGHT - x {
                self.show(x, Font::Regular, size, grey, &line);
                self.down(size * 1.45);
                word.clone_into(&mut line);
            } else {
                line = longer;
            }
        }
        self.show(x, Font::Regular, size, grey, &line);
        self.down(size * 1.45);
    }

    /// A paragraph behind a bullet.
    pub(super) fn item(&mut self, x: f32, size: f32, text: &str) {
        self.show(x, Font::Regular, size, Grey::Accent, "•");
        self.paragraph(x + 11.0, size, Grey::Ink, text);
    }

    /// A line from margin to margin.
    pub(super) fn rule(&mut self, thickness: f32) {
        let (colour, y) = (
            if thickness > 1.0 {
                self.accent
            } else {
                "0.78 0.80 0.82"
            },
            self.y,
        );
        self.draw(format_args!(
            "{colour} RG {thickness:.2} w {LEFT:.2} {y:.2} m {RIGHT:.2} {y:.2} l S"
        ));
    }

    /// A small text at the foot of the page.
    pub(super) fn foot(&mut self, text: &str) {
        let here = std::mem::replace(&mut self.y, 42.0);
        self.line(LEFT, Font::Regular, 7.5, Grey::Soft, text);
        self.y = here;
    }

    /// The file.
    pub(super) fn finish(self, title: &str, author: &str, language: &str) -> Vec<u8> {
        let (wide, high) = SIZE;
        let font = |name: &str| {
            format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
        };
        let objects = [
            format!(
                "<< /Type /Catalog /Pages 2 0 R /Lang ({language}) /ViewerPreferences << /DisplayDocTitle true >> >>"
            ),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:.2} {high:.2}] /Contents 6 0 R \
                 /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>"
            ),
            font("Helvetica"),
            font("Helvetica-Bold"),
            format!(
                "<< /Length {} >>\nstream\n{}endstream",
                self.drawn.len(),
                self.drawn
            ),
            format!(
                "<< /Title {} /Author {} /Producer (vivier demo) >>",
                unicode(title),
                unicode(author)
            ),
        ];
        file(&objects)
    }

    fn show(&mut self, x: f32, font: Font, size: f32, grey: Grey, text: &str) {
        let colour = match grey {
            Grey::Ink => "0.11 0.13 0.16",
            Grey::Soft => "0.36 0.39 0.43",
            Grey::Accent => self.accent,
        };
        let face = if font == Font::Bold { "F2" } else { "F1" };
        let (y, string) = (self.y, literal(text));
        self.draw(format_args!(
            "BT {colour} rg /{face} {size:.2} Tf {x:.2} {y:.2} Td {string} Tj ET"
        ));
    }

    fn draw(&mut self, operators: std::fmt::Arguments<'_>) {
        self.drawn.push_str(&format!("{operators}\n"));
    }
}

/// Objects numbered from 1, the catalogue first and the information last, with the table of where they stand
/// (ISO 32000-1, 7.5).
fn file(objects: &[String]) -> Vec<u8> {
    // The second line tells transports that the file is binary (7.5.2).
    let mut out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(objects) {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let (start, size, last) = (out.len(), objects.len() + 1, objects.len());
    let trailer =
        format!("trailer\n<< /Size {size} /Root 1 0 R /Info {last} 0 R >>\nstartxref\n{start}\n%%EOF\n");
    out.extend_from_slice(format!("xref\n0 {size}\n{table}{trailer}").as_bytes());
    out
}

/// A string of a page: WinAnsi, its delimiters and all above ASCII escaped.
fn literal(text: &str) -> String {
    let mut out = String::from("(");
    for byte in win_ansi(text) {
        match byte {
            b'(' | b')' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out.push(')');
    out
}

/// A string of the file's information, in UTF-16.
fn unicode(text: &str) -> String {
    let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{units}>")
}

/// Windows code page 1252; a letter it lacks loses its accent, a narrow space becomes a wider one.
fn win_ansi(text: &str) -> Vec<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let one = |sign: char| -> Option<u8> {
        match sign {
            ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(sign)).ok(),
            '\u{202f}' => Some(0xa0),
            _ => HIGH
                .chars()
                .zip(0x80..=0x9f)
                .find_map(|(high, byte)| (high == sign).then_some(byte)),
        }
    };
    let mut bytes = Vec::with_capacity(text.len());
    for sign in text.chars() {
        match one(sign) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend(
                plain(&sign.to_string())
                    .chars()
                    .map(|sign| one(sign).unwrap_or(b'?')),
            ),
        }
    }
    bytes
}

/// How wide a text is, in points, by Adobe's metrics of Helvetica; bold is taken as a tenth wider, which is never too
/// little.
fn width(font: Font, size: f32, text: &str) -> f32 {
    // From space to tilde, in thousandths of the size.
    const WIDTHS: [u16; 95] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
        556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778,
        722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278,
        278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];
    let of = |sign: char| -> f32 {
        let known = u32::from(sign)
            .checked_sub(32)
            .and_then(|nth| WIDTHS.get(nth as usize));
        match (known, sign) {
            (Some(width), _) => f32::from(*width),
            (None, '’' | '‘') => 222.0,
            (None, '·' | '\u{a0}' | '\u{202f}') => 278.0,
            (None, '•') => 350.0,
            (None, '“' | '”') => 333.0,
            (None, _) => 556.0,
        }
    };
    let regular: f32 = text
        .chars()
        .flat_map(|sign| {
            if matches!(sign, '’' | '‘') {
                vec![sign]
            } else {
                plain(&sign.to_string()).chars().collect()
            }
        })
        .map(of)
        .sum();
    regular * size / 1_000.0 * if font == Font::Bold { 1.1 } else { 1.0 }
}
