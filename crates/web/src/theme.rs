//! Owns: an operator's colours: made legible, and kept to tokens. Doesn't own: the kit's own colours
//! (`assets/base.css`).

use std::fmt::Write as _;

pub use crate::colour::Colour;

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

/// Tokens of an operator's colour (`#rrggbb`), made darker or lighter until links are legible on every
/// paper and words on a button are legible too; `None` when it isn't a colour.
#[must_use]
pub fn accent(hex: &str) -> Option<Tokens> {
    let given = Colour::parse(hex)?;
    let light = legible(given, Colour(0, 0, 0), &LIGHT_PAPERS);
    let dark = lit(given);
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

/// The first lighter tone of the colour that is legible on dark paper; itself when it is.
fn lit(given: Colour) -> Colour {
    let reads = |colour: &Colour| DARK_PAPERS.iter().all(|paper| colour.contrast(*paper) >= LEGIBLE);
    if reads(&given) {
        return given;
    }
    let start = given.lightness();
    let step = |step: u8| given.lit(start + (1.0 - start) * f64::from(step) / 50.0, 0.6);
    (1..=50).map(step).find(reads).unwrap_or(Colour(0xff, 0xff, 0xff))
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
