//! Owns: an operator's colours: made legible, and kept to tokens. Doesn't own: the kit's own colours
//! (`assets/base.css`).

use std::fmt::Write as _;

/// Contrast that text must have against what is behind it (WCAG 2.2, success criterion 1.4.3, level AA).
const LEGIBLE: f64 = 4.5;
/// The paper of the light and of the dark theme, and the darkest and lightest that an accent stands on in each
/// (`--paper`, `--wash` of `assets/base.css`).
const LIGHT_PAPERS: [Colour; 3] = [
    Colour(0xff, 0xff, 0xff),
    Colour(0xfb, 0xf8, 0xf3),
    Colour(0xf3, 0xee, 0xe6),
];
const DARK_PAPERS: [Colour; 3] = [
    Colour(0x14, 0x13, 0x11),
    Colour(0x1d, 0x1b, 0x18),
    Colour(0x28, 0x25, 0x21),
];

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(hex: &str) -> Option<Self> {
        let digits = hex
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        digits
            .chars()
            .all(|c| c.is_ascii_hexdigit())
            .then_some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Writes `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, definitions).
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.2, definitions).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// This colour with `share` (0 to 1) of another.
    fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

/// An accent in one theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// The colour of buttons, links and marks.
    pub accent: Colour,
    /// The same under the pointer.
    pub strong: Colour,
    /// Text on it.
    pub on: Colour,
    /// A breath of it, behind text in the page's ink.
    pub wash: Colour,
}

/// An operator's accent, corrected for both themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tokens {
    /// On light paper.
    pub light: Accent,
    /// On dark paper.
    pub dark: Accent,
    /// True when the colour as given couldn't be read and was moved.
    pub corrected: bool,
}

/// Tokens of an operator's colour (`#rrggbb`), moved towards black or white until links are legible on every
/// paper and words on a button are legible too; `None` when it isn't a colour.
#[must_use]
pub fn accent(hex: &str) -> Option<Tokens> {
    let given = Colour::parse(hex)?;
    let light = legible(given, Colour(0, 0, 0), &LIGHT_PAPERS);
    let dark = legible(given, Colour(0xff, 0xff, 0xff), &DARK_PAPERS);
    let tokens = |accent: Colour, towards: Colour, paper: Colour| Accent {
        accent,
        strong: accent.mixed(towards, 0.18),
        on: text_on(accent, accent.mixed(towards, 0.18)),
        wash: paper.mixed(accent, 0.1),
    };
    Some(Tokens {
        light: tokens(light, Colour(0, 0, 0), LIGHT_PAPERS[1]),
        dark: tokens(dark, Colour(0xff, 0xff, 0xff), DARK_PAPERS[1]),
        corrected: light != given,
    })
}

/// The first step from the colour towards `end` that is legible on all the papers.
fn legible(given: Colour, end: Colour, papers: &[Colour]) -> Colour {
    let step = |step: u8| given.mixed(end, f64::from(step) / 50.0);
    let reads = |colour: &Colour| papers.iter().all(|paper| colour.contrast(*paper) >= LEGIBLE);
    (0..=50).map(step).find(reads).unwrap_or(end)
}

/// White or near-black, whichever reads better on both.
fn text_on(a: Colour, b: Colour) -> Colour {
    let worst = |text: Colour| text.contrast(a).min(text.contrast(b));
    let (white, black) = (Colour(0xff, 0xff, 0xff), Colour(0x14, 0x13, 0x11));
    if worst(white) >= worst(black) {
        white
    } else {
        black
    }
}

impl Tokens {
    /// A stylesheet that sets them.
    #[must_use]
    pub fn css(&self) -> String {
        let mut css = String::from("/* From the operator's accent, made legible. */\n");
        let Self { light, dark, .. } = self;
        // Writing to a string can't fail.
        let _ = write!(
            css,
            ":root{{{}}}\n@media (prefers-color-scheme:dark){{:root{{{}}}}}\n",
            declarations(light),
            declarations(dark)
        );
        css
    }
}

fn declarations(accent: &Accent) -> String {
    format!(
        "--accent:{};--accent-strong:{};--on-accent:{};--accent-wash:{}",
        accent.accent.hex(),
        accent.strong.hex(),
        accent.on.hex(),
        accent.wash.hex()
    )
}

/// A theme's `tokens.css` may set custom properties on `:root`, for both colour schemes, and nothing else.
/// The error holds the line, from 1, and what to do.
pub(crate) fn check_tokens(css: &str) -> Result<(), (usize, String)> {
    let mut line = 1;
    let mut piece = String::new();
    let mut comment = false;
    let mut chars = css.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        match (comment, c, chars.peek()) {
            (false, '/', Some('*')) => comment = true,
            (true, '*', Some('/')) => {
                comment = false;
                chars.next();
            }
            (true, ..) => {}
            (false, '{', _) => check_selector(piece.trim()).map_err(|reason| (line, reason))?,
            (false, '}' | ';', _) => check_declaration(piece.trim()).map_err(|reason| (line, reason))?,
            (false, c, _) => {
                piece.push(c);
                continue;
            }
        }
        if matches!(c, '{' | '}' | ';') && !comment {
            piece.clear();
        }
    }
    if piece.trim().is_empty() {
        Ok(())
    } else {
        Err((line, format!("{} isn't closed", piece.trim())))
    }
}

fn check_selector(selector: &str) -> Result<(), String> {
    let flat = selector.split_whitespace().collect::<String>();
    if flat == ":root"
        || flat == "@media(prefers-color-scheme:dark)"
        || flat == "@media(prefers-color-scheme:light)"
    {
        return Ok(());
    }
    Err(format!(
        "{selector} can't stand here: a theme sets tokens on :root, for both colour schemes"
    ))
}

fn check_declaration(declaration: &str) -> Result<(), String> {
    let lower = declaration.to_ascii_lowercase();
    if declaration.is_empty() {
        return Ok(());
    }
    if !declaration.starts_with("--") {
        return Err(format!(
            "{declaration} can't stand here: a theme sets tokens, whose names start with --"
        ));
    }
    if ["url(", "image(", "image-set(", "@import", "\\", "<"]
        .iter()
        .any(|bad| lower.contains(bad))
    {
        return Err(format!(
            "{declaration} would load something: tokens are colours, sizes and names of fonts"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn contrast_is_wcag_s() {
        let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        // #767676 is the lightest grey that reads on white.
        assert!(Colour::parse("#767676").unwrap().contrast(white) >= 4.5);
        assert!(Colour::parse("#777777").unwrap().contrast(white) < 4.5);
    }

    #[test]
    fn any_accent_reads_in_both_themes() {
        for red in (0..=255).step_by(17) {
            for green in (0..=255).step_by(17) {
                for blue in (0..=255).step_by(17) {
                    let hex = format!("#{red:02x}{green:02x}{blue:02x}");
                    let tokens = accent(&hex).unwrap();
                    for (side, papers) in [(tokens.light, LIGHT_PAPERS), (tokens.dark, DARK_PAPERS)] {
                        assert!(side.on.contrast(side.accent) >= 4.5, "{hex}: text on the accent");
                        assert!(
                            side.on.contrast(side.strong) >= 4.5,
                            "{hex}: text on the accent, strong"
                        );
                        for paper in papers {
                            assert!(side.accent.contrast(paper) >= 4.5, "{hex} on {}", paper.hex());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_legible_accent_is_left_alone() {
        let tokens = accent("#0f5e5c").unwrap();
        assert!(!tokens.corrected && tokens.light.accent.hex() == "#0f5e5c");
        let yellow = accent("#FFE500").unwrap();
        assert!(yellow.corrected && yellow.dark.accent.hex() == "#ffe500");
        for bad in [
            "", "#", "red", "#12345", "#1234567", "#12345g", "#+12345", "#é1234",
        ] {
            assert_eq!(accent(bad), None, "{bad}");
        }
    }

    /// The colours that a stylesheet sets in the light and in the dark theme.
    fn colours(css: &str) -> [HashMap<String, Colour>; 2] {
        let (light, dark) = css.split_once("@media (prefers-color-scheme:dark){").unwrap();
        let dark = dark.split_once("}").unwrap().0;
        [light, dark].map(|part| {
            let pairs = part
                .split([';', '{'])
                .filter_map(|pair| pair.trim().strip_prefix("--")?.split_once(':'));
            let full = |hex: &str| match hex.len() {
                4 => hex
                    .chars()
                    .flat_map(|c| if c == '#' { vec![c] } else { vec![c, c] })
                    .collect(),
                _ => hex.to_owned(),
            };
            pairs
                .filter_map(|(name, hex)| Some((name.to_owned(), Colour::parse(&full(hex.trim()))?)))
                .collect()
        })
    }

    #[test]
    fn the_kit_s_own_colours_read_in_both_faces_and_themes() {
        let base = colours(include_str!("../assets/base.css"));
        let desk = colours(include_str!("../assets/desk.css"));
        for (side, changes) in base.iter().zip(&desk) {
            let mut over = side.clone();
            over.extend(changes.clone());
            for tokens in [side, &over] {
                let colour = |name: &str| tokens[name];
                let mut pairs = vec![
                    ("on-accent", "accent"),
                    ("on-accent", "accent-strong"),
                    ("accent", "accent-wash"),
                ];
                for text in ["ink", "soft", "accent", "good", "warn", "bad", "machine"] {
                    pairs.extend(["paper", "card", "wash"].map(|behind| (text, behind)));
                }
                pairs.extend([
                    ("soft", "accent-wash"),
                    ("ink", "accent-wash"),
                    ("ink", "machine-wash"),
                ]);
                pairs.extend([("good", "good-wash"), ("warn", "warn-wash"), ("bad", "bad-wash")]);
                pairs.extend([
                    ("machine", "machine-wash"),
                    ("ink", "warn-wash"),
                    ("ink", "bad-wash"),
                ]);
                for (text, behind) in pairs {
                    let contrast = colour(text).contrast(colour(behind));
                    assert!(contrast >= LEGIBLE, "{text} on {behind}: {contrast:.2}");
                }
                // The edge of a control: success criterion 1.4.11.
                for behind in ["paper", "card"] {
                    assert!(colour("edge").contrast(colour(behind)) >= 3.0, "edge on {behind}");
                }
            }
        }
        let papers = |tokens: &HashMap<String, Colour>| ["card", "paper", "wash"].map(|name| tokens[name]);
        assert_eq!(papers(&base[0]), LIGHT_PAPERS);
        assert_eq!([base[1]["paper"], base[1]["card"], base[1]["wash"]], DARK_PAPERS);
    }

    #[test]
    fn tokens_set_tokens_only() {
        let fine = "/* ours; {x} */\n:root { --accent: #123456; --serif: \"Own\", serif; }\n\
                    @media (prefers-color-scheme: dark) {\n :root { --accent: #abcdef } }\n";
        assert_eq!(check_tokens(fine), Ok(()));
        let line = |css: &str| check_tokens(css).err().map(|(line, _)| line);
        assert_eq!(line("\n@import \"https://x\";"), Some(2));
        assert_eq!(line(":root {\n --x: url(https://x) }"), Some(2));
        assert_eq!(line("body { --x: 1 }"), Some(1));
        assert_eq!(line(":root { color: red }"), Some(1));
        assert_eq!(line(":root { --x: 1"), Some(1));
    }
}
