//! Owns: finding forms and links in a page, as far as a person without JavaScript would. Doesn't own: a parser of
//! any HTML; ours is well formed and a test with a browser says so.

use std::collections::BTreeMap;

/// A form as the page shows it, with what is typed or attached so far.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it goes; empty for the page itself.
    pub action: String,
    /// `get` or `post`.
    pub method: String,
    /// Whether it is sent as `multipart/form-data`.
    pub multipart: bool,
    /// What it sends, in the page's order.
    pub parts: Vec<Part>,
    /// The names of all its controls, those that send nothing as yet (unticked boxes) included.
    pub controls: Vec<String>,
}

/// One name and what is sent under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The control's name.
    pub name: String,
    /// What was typed or attached.
    pub value: Value,
}

/// What a control sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Something typed, chosen or hidden.
    Text(String),
    /// A file; without a name when none is attached.
    File {
        /// Its name on the sender's machine.
        name: String,
        /// The type the browser claims.
        kind: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
}

impl Form {
    /// Types `value` into a control (or chooses it, or ticks it). Panics where the form has none of that name: a
    /// person can't either. [`Form::forge`] can.
    pub fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.put(name, Value::Text(value.to_owned()))
    }

    /// Attaches a file. Panics where the form has no such control.
    pub fn attach(&mut self, name: &str, file: &str, kind: &str, bytes: &[u8]) -> &mut Self {
        let (file, kind) = (file.to_owned(), kind.to_owned());
        self.put(
            name,
            Value::File {
                name: file,
                kind,
                bytes: bytes.to_vec(),
            },
        )
    }

    /// Adds a part that the page has no control for, as somebody who means ill would.
    pub fn forge(&mut self, name: &str, value: &str) -> &mut Self {
        self.parts.push(Part {
            name: name.to_owned(),
            value: Value::Text(value.to_owned()),
        });
        self
    }

    /// What a control sends as text, if it does.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.parts
            .iter()
            .find(|part| part.name == name)
            .and_then(|part| match &part.value {
                Value::Text(text) => Some(text.as_str()),
                Value::File { .. } => None,
            })
    }

    fn put(&mut self, name: &str, value: Value) -> &mut Self {
        assert!(
            self.controls.iter().any(|control| control == name),
            "no `{name}` among {:?}",
            self.controls
        );
        match self.parts.iter_mut().find(|part| part.name == name) {
            Some(part) => part.value = value,
            None => self.parts.push(Part {
                name: name.to_owned(),
                value,
            }),
        }
        self
    }

    fn control(&mut self, name: &str, value: Option<Value>) {
        if name.is_empty() {
            return;
        }
        self.controls.push(name.to_owned());
        self.parts.extend(value.map(|value| Part {
            name: name.to_owned(),
            value,
        }));
    }
}

/// All forms of a page, filled as the page fills them.
pub fn forms(page: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut open = false;
    let mut select: Option<(String, Vec<(String, bool)>)> = None;
    let mut tags = Tags(page);
    while let Some(tag) = tags.next() {
        if tag.name == "form" {
            let multipart = tag.get("enctype") == "multipart/form-data";
            let method = if tag.get("method").eq_ignore_ascii_case("post") {
                "post"
            } else {
                "get"
            };
            let (action, method) = (tag.get("action"), method.to_owned());
            forms.push(Form {
                action,
                method,
                multipart,
                parts: Vec::new(),
                controls: Vec::new(),
            });
            open = true;
        }
        let Some(form) = forms.last_mut().filter(|_| open) else {
            continue;
        };
        let name = tag.get("name");
        match tag.name.as_str() {
            "/form" => open = false,
            "input" => form.control(&name, input(&tag)),
            "textarea" => {
                let typed = tags.until("</textarea");
                form.control(
                    &name,
                    Some(Value::Text(text(typed.strip_prefix('\n').unwrap_or(typed)))),
                );
            }
            "select" => select = Some((name, Vec::new())),
            "option" => {
                let said = text(tags.until("<").trim());
                let value = tag.attributes.get("value").cloned().unwrap_or(said);
                if let Some((_, options)) = &mut select {
                    options.push((value, tag.attributes.contains_key("selected")));
                }
            }
            "/select" => {
                if let Some((name, options)) = select.take() {
                    let chosen = options.iter().find(|(_, chosen)| *chosen).or(options.first());
                    form.control(&name, chosen.map(|(value, _)| Value::Text(value.clone())));
                }
            }
            _ => {}
        }
    }
    forms
}

/// The addresses of all links of a page.
pub fn links(page: &str) -> Vec<String> {
    let mut tags = Tags(page);
    let mut links = Vec::new();
    while let Some(tag) = tags.next() {
        if tag.name == "a" && tag.attributes.contains_key("href") {
            links.push(tag.get("href"));
        }
    }
    links
}

/// What `input` sends untouched; `None` for a box that isn't ticked and for what isn't pressed.
fn input(tag: &Tag) -> Option<Value> {
    let value = tag.get("value");
    match tag.get("type").as_str() {
        "checkbox" | "radio" => {
            let value = if value.is_empty() { "on".to_owned() } else { value };
            tag.attributes
                .contains_key("checked")
                .then_some(Value::Text(value))
        }
        "submit" | "button" | "reset" | "image" => None,
        "file" => {
            let kind = "application/octet-stream".to_owned();
            Some(Value::File {
                name: String::new(),
                kind,
                bytes: Vec::new(),
            })
        }
        _ => Some(Value::Text(value)),
    }
}

/// A text with its `&…;` resolved, as far as our templates write them.
pub fn text(escaped: &str) -> String {
    let mut text = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let resolved = after
            .split_once(';')
            .and_then(|(name, after)| Some((entity(name)?, after)));
        if let Some((character, after)) = resolved {
            text.push(character);
            rest = after;
        } else {
            text.push('&');
            rest = after;
        }
    }
    text + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number
                .strip_prefix(['x', 'X'])
                .map(|hex| u32::from_str_radix(hex, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?)
        }
    }
}

struct Tag {
    /// In small letters, with its `/` when it closes.
    name: String,
    attributes: BTreeMap<String, String>,
}

impl Tag {
    fn get(&self, name: &str) -> String {
        self.attributes.get(name).cloned().unwrap_or_default()
    }
}

/// Goes from tag to tag; holds what is still unread.
struct Tags<'a>(&'a str);

impl<'a> Tags<'a> {
    fn next(&mut self) -> Option<Tag> {
        loop {
            let (_, rest) = self.0.split_once('<')?;
            if let Some(comment) = rest.strip_prefix("!--") {
                self.0 = comment.split_once("-->").map_or("", |(_, rest)| rest);
                continue;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '>')?;
            let name = rest.get(..end)?.trim_end_matches('/').to_ascii_lowercase();
            self.0 = rest.get(end..)?;
            let attributes = self.attributes();
            if matches!(name.as_str(), "script" | "style") {
                let _passed = self.until(&format!("</{name}"));
            }
            return Some(Tag { name, attributes });
        }
    }

    fn attributes(&mut self) -> BTreeMap<String, String> {
        let mut attributes = BTreeMap::new();
        loop {
            self.0 = self.0.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = self
                .0
                .find(|c: char| c.is_whitespace() || "=>/".contains(c))
                .unwrap_or(self.0.len());
            let (name, rest) = self.0.split_at(end);
            if name.is_empty() {
                self.0 = rest.strip_prefix('>').unwrap_or_default();
                return attributes;
            }
            let (value, rest) = match rest.strip_prefix('=') {
                None => ("", rest),
                Some(rest) => match rest
                    .strip_prefix('"')
                    .map(|rest| (rest, '"'))
                    .or(rest.strip_prefix('\'').map(|rest| (rest, '\'')))
                {
                    Some((rest, quote)) => rest.split_once(quote).unwrap_or((rest, "")),
                    None => rest.split_at(
                        rest.find(|c: char| c.is_whitespace() || c == '>')
                            .unwrap_or(rest.len()),
                    ),
                },
            };
            self.0 = rest;
            attributes.insert(name.to_ascii_lowercase(), text(value));
        }
    }

    /// What stands before `end`, which stays unread.
    fn until(&mut self, end: &str) -> &'a str {
        let (before, rest) = self.0.split_at(self.0.find(end).unwrap_or(self.0.len()));
        self.0 = rest;
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><p>a < b</p><!-- <form action="/no"> --><script>if (a<b) "<form>"</script>
        <form action="/jobs/1/apply?a=1&amp;b=2" method=POST enctype='multipart/form-data'>
        <input type="hidden" name="_csrf" value="x&#x27;y&quot;"><input name=given_name required value="Ana"/>
        <input type="checkbox" name="newsletter"><input type=radio name=lang value=fr checked>
        <textarea name="motivation">
Dear &lt;you&gt;</textarea><select name="subject"><option value="">-</option><option selected>Work &amp; more</option></select>
        <input type="file" name="cv"><button name="go">Go</button></form>
        <form action="/search"><input name="q"></form><a href="/a?b&amp;c">x</a><a name="y">y</a>"#;

    #[test]
    fn forms_are_read_as_a_browser_would_fill_them() {
        let all = forms(PAGE);
        let form = &all[0];
        assert_eq!(
            (
                all.len(),
                form.action.as_str(),
                form.method.as_str(),
                form.multipart
            ),
            (2, "/jobs/1/apply?a=1&b=2", "post", true)
        );
        assert_eq!(form.value("_csrf"), Some("x'y\""));
        assert_eq!(form.value("given_name"), Some("Ana"));
        assert_eq!(form.value("newsletter"), None);
        assert_eq!(form.value("lang"), Some("fr"));
        assert_eq!(form.value("motivation"), Some("Dear <you>"));
        assert_eq!(form.value("subject"), Some("Work & more"));
        assert_eq!(
            form.controls,
            [
                "_csrf",
                "given_name",
                "newsletter",
                "lang",
                "motivation",
                "subject",
                "cv"
            ]
        );
        assert_eq!(
            (all[1].action.as_str(), all[1].method.as_str(), all[1].multipart),
            ("/search", "get", false)
        );
        assert_eq!(links(PAGE), ["/a?b&c"]);
    }

    #[test]
    #[should_panic(expected = "no `salary`")]
    fn what_a_form_does_not_ask_cannot_be_typed() {
        forms(PAGE)[0].set("salary", "1");
    }
}
