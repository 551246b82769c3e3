//! Owns: running the scripts of `tests/browser/` on a site: axe, pictures, journeys. Doesn't own: what they look for.

use crate::http::Client;
use serde::Serialize;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A page to look at, as somebody.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// As in `/jobs`.
    pub path: String,
    /// Who looks, for the report and the picture's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Their session.
    pub cookies: Vec<Cookie>,
    /// The one language that it is looked at in, when it isn't all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<String>,
    /// What is typed into which control before that, by its name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fill: Vec<(String, String)>,
    /// A CSS selector of a form to send as it stands, unchecked by the browser: the page looked at is the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submit: Option<String>,
    /// Whether that answers with what was asked for, and not with what is wrong.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub good: bool,
}

/// A cookie to bring along.
#[derive(Debug, Clone, Serialize)]
pub struct Cookie {
    name: String,
    value: String,
}

impl Page {
    /// As a stranger sees it.
    pub fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            role: None,
            cookies: Vec::new(),
            only: None,
            fill: Vec::new(),
            submit: None,
            good: false,
        }
    }

    /// As `role` sees it, signed in like `client`; in the language of each look, whichever they chose before.
    #[must_use]
    pub fn seen_by(mut self, role: &str, client: &Client) -> Self {
        let cookie = |(name, value): (&String, &String)| Cookie {
            name: name.clone(),
            value: value.clone(),
        };
        let brought = client
            .cookies
            .iter()
            .filter(|(name, _)| *name != web::LANGUAGE_COOKIE);
        self.cookies = brought.map(cookie).collect();
        self.role = Some(role.to_owned());
        self
    }

    /// The session of who looks, for a [`Client`].
    pub fn cookies(&self) -> impl Iterator<Item = (String, String)> {
        let pair = |cookie: &Cookie| (cookie.name.clone(), cookie.value.clone());
        self.cookies.iter().map(pair)
    }

    /// Looked at in one language, as in `fr`.
    #[must_use]
    pub fn only_in(mut self, language: &str) -> Self {
        self.only = Some(language.to_owned());
        self
    }

    /// With `value` typed into the control `name`.
    #[must_use]
    pub fn typing(mut self, name: &str, value: &str) -> Self {
        self.fill.push((name.to_owned(), value.to_owned()));
        self
    }

    /// After sending the form that `selector` finds with something wrong: the page that says what. Another page in its
    /// place is a fault.
    #[must_use]
    pub fn after_sending(mut self, selector: &str) -> Self {
        self.submit = Some(selector.to_owned());
        self
    }

    /// After sending the form that `selector` finds, which answers at once: what was looked for.
    #[must_use]
    pub fn after_asking(mut self, selector: &str) -> Self {
        self.good = true;
        self.after_sending(selector)
    }
}

/// Whether the pages pass axe (WCAG 2.2 AA and best practice), in both languages, both widths, light and dark,
/// without a console error or a request to anywhere else. The error says what doesn't.
pub fn axe(base: &str, pages: &[Page]) -> Result<(), String> {
    node("axe.mjs", &[], base, pages).map(drop)
}

/// Whether each page, printed, shows what it folds on the screen, in both languages. The error says what doesn't.
pub fn prints(base: &str, pages: &[Page]) -> Result<(), String> {
    node("print.mjs", &[], base, pages).map(drop)
}

/// Whether each page, in its one language, is answered by the keyboard alone and without scripts: with what is to be typed,
/// by the button that it is to be sent with. The error says what isn't.
pub fn answers(base: &str, pages: &[Page]) -> Result<(), String> {
    node("answer.mjs", &[], base, pages).map(drop)
}

/// Takes a picture of each page in both languages, both widths, light and dark, into `folder`.
pub fn shots(base: &str, pages: &[Page], folder: &Path) -> Result<(), String> {
    node("shots.mjs", &[&folder.to_string_lossy()], base, pages).map(drop)
}

/// Plays stories of `journey.mjs`, each with what it needs to know, in one Chromium; gives what they took. The error
/// says which steps failed and where the pictures of them are.
pub fn journeys(tales: &[serde_json::Value]) -> Result<String, String> {
    let pictures = std::env::var("VIVIER_TEST_PICTURES").ok();
    run(
        "journey.mjs",
        &[],
        &serde_json::json!({ "tales": tales, "pictures": pictures }),
    )
}

fn node(script: &str, words: &[&str], base: &str, pages: &[Page]) -> Result<String, String> {
    run(
        script,
        words,
        &serde_json::json!({ "base": base, "pages": pages }),
    )
}

fn run(script: &str, words: &[&str], todo: &serde_json::Value) -> Result<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
    assert!(
        folder.join("node_modules").exists(),
        "`cargo xtask test` installs what the browser tests need"
    );
    let mut node = Command::new("node")
        .arg(folder.join(script))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node");
    node.stdin
        .take()
        .expect("its input")
        .write_all(todo.to_string().as_bytes())
        .expect("it reads");
    let output = node.wait_with_output().expect("it ends");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    if output.status.success() {
        Ok(said)
    } else {
        Err(said)
    }
}
