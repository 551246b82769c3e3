//! Owns: [`Page`], what every page of a site needs to be drawn. Doesn't own: where any of it comes from; a
//! person's name arrives as a [`Slot`], ready to be shown and otherwise closed.

use std::fmt;

use kernel::{Locale, Timestamp, Word as _};
use minijinja::{Value, value::Serde};
use serde::{Serialize, Serializer};

use crate::texts::Arg;

/// A place in a page for something that can only be shown: whatever serialises fits in, nothing comes out.
#[derive(Clone)]
pub struct Slot(Value);

impl Slot {
    /// Holds the value for a page.
    #[must_use]
    pub fn of(value: impl Serialize) -> Self {
        Self(Value::from(Serde(value)))
    }
}

impl Slot {
    /// Whether it shows exactly this text: for marking a choice as chosen.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.0.as_str() == Some(text)
    }
}

impl From<&str> for Slot {
    fn from(text: &str) -> Self {
        Self(Value::from(text))
    }
}
impl From<String> for Slot {
    fn from(text: String) -> Self {
        Self(Value::from(text))
    }
}
impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Slot(…)")
    }
}

/// What every page needs besides its own context.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// The language it is written in.
    pub locale: Locale,
    /// The path asked for, without its query: `/jobs`.
    pub path: String,
    /// The query asked for, without `?`; empty when there is none.
    pub query: String,
    /// The site's time, for “3 days ago”.
    pub now: Timestamp,
    /// Whose site it is.
    pub site: SiteFace,
    /// Who is looking.
    pub viewer: Viewer,
    /// The token that every form of the page sends back as `_csrf`.
    pub csrf: Option<String>,
    /// The menu of the desk, or of the person's own area.
    pub menu: Vec<MenuItem>,
    /// A message from the step before, shown once.
    pub notice: Option<Notice>,
}

impl Page {
    /// A stranger's page without menu, notice or forms.
    #[must_use]
    pub fn new(site: SiteFace, locale: Locale, path: impl Into<String>, now: Timestamp) -> Self {
        Self {
            locale,
            path: path.into(),
            query: String::new(),
            now,
            site,
            viewer: Viewer::Stranger,
            csrf: None,
            menu: Vec::new(),
            notice: None,
        }
    }
}

/// An employer's face: what its pages say about the site itself.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteFace {
    /// The name in the header, the title and the footer.
    pub name: String,
    /// The languages on offer, the site's own first.
    pub languages: Vec<Locale>,
    /// The operator's colour as `#rrggbb`; [`crate::theme::accent`] makes it legible.
    pub accent: Option<String>,
    /// Where the logo is: a path on this site.
    pub logo: Option<String>,
    /// `https://jobs.example.org`, for canonical links; left out of pages when unknown.
    pub origin: Option<String>,
    /// The version of the charter in force.
    pub charter_version: u32,
    /// Its digest, in hexadecimal.
    pub charter_digest: String,
    /// A change of the policy that people are told of.
    pub news: Option<PolicyNews>,
    /// The public menu: which of the site's areas are open.
    pub offers: Vec<MenuItem>,
}

/// A change of the policy that people are told of: one to come, or one of late.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyNews {
    /// From when it applies.
    pub from: Timestamp,
    /// Whether that is still to come.
    pub to_come: bool,
    /// Where it says what changes.
    pub href: String,
}

/// Who is looking at the page.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Viewer {
    /// Anyone.
    #[default]
    Stranger,
    /// A candidate who came by a link or a session.
    Candidate {
        /// How to greet them, where that may be shown.
        name: Option<Slot>,
    },
    /// Staff.
    Staff {
        /// The name they work under.
        name: Slot,
        /// What the charter calls their role, in the page's language.
        role: String,
    },
}

/// An entry of a menu.
#[derive(Debug, Clone, Serialize)]
pub struct MenuItem {
    /// In the page's language.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// One of the kit's icons, beside the label.
    pub icon: Option<&'static str>,
    /// How many things wait there.
    pub count: Option<u64>,
    /// Whether it is shown only while something waits there.
    #[serde(skip)]
    pub is_rare: bool,
}

impl MenuItem {
    /// An entry of words alone.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            icon: None,
            count: None,
            is_rare: false,
        }
    }

    /// With an icon of the kit.
    #[must_use]
    pub const fn icon(mut self, name: &'static str) -> Self {
        self.icon = Some(name);
        self
    }

    /// Shown only while something waits there.
    #[must_use]
    pub const fn rare(mut self) -> Self {
        self.is_rare = true;
        self
    }

    /// With the number of things that wait there.
    #[must_use]
    pub const fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}

kernel::words! {
    /// What a message or a badge means: never told by colour alone.
    pub enum Tone {
        /// Nothing to worry about.
        Plain = "plain",
        /// Done, in force, proven.
        Good = "good",
        /// Look at this.
        Warn = "warn",
        /// Refused, broken, overdue.
        Bad = "bad",
        /// Made by a machine.
        Machine = "machine",
    }
}

/// A message from the step before.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// What it means.
    pub tone: Tone,
    /// The words, in the page's language.
    pub text: String,
    /// The way back, where there is one.
    pub undo: Option<Undo>,
}

impl Notice {
    /// A message without a way back.
    #[must_use]
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
            undo: None,
        }
    }

    /// With a form that takes the step back.
    #[must_use]
    pub fn undo(mut self, undo: Undo) -> Self {
        self.undo = Some(undo);
        self
    }
}

/// A form of one button that takes a step back.
#[derive(Debug, Clone, Serialize)]
pub struct Undo {
    /// Where it posts.
    pub action: String,
    /// Hidden fields it sends along.
    pub fields: Vec<(String, String)>,
    /// Until when it can be done.
    pub until: Option<Timestamp>,
}

/// What a query says once, of the page and not of what it lists: the language, the message of the step before,
/// the reason whose mail is looked at. Links of the page don't hand them on.
const PASSING: [&str; 3] = ["lang", "done", "reason"];

/// The page as templates see it: its own fields, and what follows from them. Its query is the list's state,
/// without what was said once.
pub(crate) fn value(page: &Page) -> Value {
    let languages = page.site.languages.iter().map(|locale| {
        let changes = [("done", None), ("lang", Some(Arg::from(locale.word())))];
        Value::from_pairs([
            ("code", Value::from(locale.word())),
            ("name", Value::from(autonym(*locale))),
            ("href", Value::from(with_query(&page.path, &page.query, &changes))),
            ("current", Value::from(*locale == page.locale)),
        ])
    });
    let languages = Value::from(languages.collect::<Vec<_>>());
    let lasting = with_query("", &page.query, &PASSING.map(|name| (name, None)));
    let query = lasting.trim_start_matches('?');
    minijinja::context! { languages => languages, query => query, ..Value::from(Serde(page)) }
}

/// A language's name for itself.
const fn autonym(locale: Locale) -> &'static str {
    match locale {
        Locale::Fr => "Français",
        Locale::En => "English",
    }
}

/// The path with its query changed: each named key set, or taken out where the value is `None`.
pub(crate) fn with_query(path: &str, query: &str, changes: &[(&str, Option<Arg>)]) -> String {
    let kept = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .filter(|pair| !changes.iter().any(|(key, _)| pair.split('=').next() == Some(key)))
        .map(str::to_owned);
    let set = changes.iter().filter_map(|(key, value)| match value {
        Some(Arg::Text(text)) if text.is_empty() => None,
        Some(Arg::Text(text)) => Some(format!("{key}={}", percent(text))),
        Some(Arg::Number(number)) => Some(format!("{key}={number}")),
        None => None,
    });
    let pairs: Vec<String> = kept.chain(set).collect();
    if pairs.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", pairs.join("&"))
    }
}

/// The names and values of a query, decoded: what a form sends along as hidden fields.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let digits =
                        [rest.next(), rest.next()].map(|d| d.and_then(|d| char::from(d).to_digit(16)));
                    if let [Some(high), Some(low)] = digits {
                        bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                    }
                }
                byte => bytes.push(byte),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(k, v)| (decode(k), decode(v)))
        .collect()
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
pub(crate) fn percent(text: &str) -> String {
    use fmt::Write as _;
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut out, byte| {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
                _ => {
                    // Writing to a string can't fail.
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_keeps_what_is_not_changed() {
        let changed = |query, changes: &[(&str, Option<Arg>)]| with_query("/jobs", query, changes);
        assert_eq!(
            changed("q=rust&lang=fr", &[("lang", Some("en".into()))]),
            "/jobs?q=rust&lang=en"
        );
        assert_eq!(changed("q=rust&cursor=5", &[("cursor", None)]), "/jobs?q=rust");
        assert_eq!(
            changed("", &[("q", Some("à & b".into()))]),
            "/jobs?q=%C3%A0%20%26%20b"
        );
        assert_eq!(changed("q=x", &[("q", Some("".into()))]), "/jobs");
    }

    #[test]
    fn a_query_s_pairs_are_read_back() {
        let read = pairs("q=%C3%A0+b&stage=new&x&%zz=%");
        let read: Vec<_> = read.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(read, [("q", "à b"), ("stage", "new"), ("x", ""), ("", "")]);
    }

    #[test]
    fn what_was_said_once_is_not_handed_on() {
        let site = SiteFace {
            languages: vec![Locale::Fr, Locale::En],
            ..SiteFace::default()
        };
        let mut page = Page::new(site, Locale::Fr, "/desk", Timestamp::from_millis(0));
        page.query = "q=a&done=moved&lang=fr&reason=terms&stage=new".to_owned();
        let seen = value(&page);
        assert_eq!(seen.get_attr("query").unwrap().as_str(), Some("q=a&stage=new"));
        let english = seen.get_attr("languages").unwrap().get_item_by_index(1).unwrap();
        let href = english.get_attr("href").unwrap();
        assert_eq!(href.as_str(), Some("/desk?q=a&reason=terms&stage=new&lang=en"));
    }

    #[test]
    fn a_slot_shows_in_a_page_and_nowhere_else() {
        assert_eq!(format!("{:?}", Slot::from("Zoé")), "Slot(…)");
        assert_eq!(serde_json::to_string(&Slot::of(vec!["a"])).unwrap(), "[\"a\"]");
    }
}
