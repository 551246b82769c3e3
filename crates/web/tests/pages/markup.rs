//! Owns: what can be held about a page's markup without a browser. Doesn't own: looks; axe and eyes do that.

use std::collections::{BTreeMap, BTreeSet};

struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

const VOID: [&str; 12] = [
    "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "rect", "path",
];

/// What is wrong with the page.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with('!') {
            continue;
        }
        let end = tag_end(rest);
        let (inside, after) = rest.split_at(end.min(rest.len()));
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            match open.pop() {
                Some(expected) if expected == name.trim() => {}
                expected => faults.push(format!("</{name}> closes {expected:?}")),
            }
            continue;
        }
        let tag = read_tag(inside);
        if !inside.ends_with('/') && !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        if tag.name == "script" {
            // What is inside isn't markup.
            let close = rest.find("</script>").unwrap_or(rest.len());
            rest = &rest[close..];
        }
        tags.push(tag);
    }
    faults.extend(open.into_iter().map(|name| format!("<{name}> isn't closed")));
    faults.extend(structure(&tags));
    faults.extend(references(&tags));
    faults
}

/// A page has one heading, one main part, and nothing that the content security policy would refuse.
fn structure(tags: &[Tag]) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, wanted) in [("h1", 1), ("main", 1), ("title", 1)] {
        let count = tags.iter().filter(|tag| tag.name == name).count();
        if count != wanted {
            faults.push(format!("{count} <{name}>"));
        }
    }
    for tag in tags {
        for (attribute, value) in &tag.attributes {
            if attribute == "style" || attribute.starts_with("on") || value.contains("javascript:") {
                faults.push(format!(
                    "<{} {attribute}=\"{value}\"> is refused by the policy",
                    tag.name
                ));
            }
        }
        let data = tag.get("type") == Some("application/ld+json");
        if tag.name == "style" || tag.name == "script" && tag.get("src").is_none() && !data {
            faults.push(format!("an inline <{}> is refused by the policy", tag.name));
        }
        if tag.name == "img" && tag.get("alt").is_none() {
            faults.push("an <img> without alt".to_owned());
        }
        if tag.name == "a" && tag.get("href").is_none_or(str::is_empty) {
            faults.push("an <a> without address".to_owned());
        }
    }
    let post_forms = tags
        .iter()
        .filter(|tag| tag.name == "form" && tag.get("method") == Some("post"))
        .count();
    let tokens = tags.iter().filter(|tag| tag.get("name") == Some("_csrf")).count();
    if tokens < post_forms {
        faults.push(format!("{post_forms} forms post and {tokens} carry _csrf"));
    }
    faults
}

/// Ids are unique, and whatever names one finds it; whatever takes input has a name to be read by.
fn references(tags: &[Tag]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        if !ids.insert(id) {
            faults.push(format!("the id {id} is there twice"));
        }
    }
    for tag in tags {
        for attribute in ["for", "aria-describedby", "aria-labelledby", "aria-controls"] {
            for id in tag.get(attribute).into_iter().flat_map(str::split_whitespace) {
                if !ids.contains(id) {
                    faults.push(format!("{attribute} names {id}, which isn't there"));
                }
            }
        }
        if let Some(id) = tag
            .get("href")
            .and_then(|href| href.strip_prefix('#'))
            .filter(|id| !id.is_empty())
            && !ids.contains(id)
        {
            faults.push(format!("#{id} leads nowhere"));
        }
    }
    let labelled: BTreeSet<&str> = tags.iter().filter_map(|tag| tag.get("for")).collect();
    for tag in tags
        .iter()
        .filter(|tag| ["input", "select", "textarea"].contains(&tag.name.as_str()))
    {
        let kind = tag.get("type").unwrap_or("text");
        let named = tag.get("aria-label").is_some() || tag.get("id").is_some_and(|id| labelled.contains(id));
        // Radios and checkboxes stand inside their labels.
        if !named && !["hidden", "radio", "checkbox"].contains(&kind) {
            faults.push(format!("<{} name={:?}> has no label", tag.name, tag.get("name")));
        }
    }
    faults
}

fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn read_tag(inside: &str) -> Tag {
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let name_end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let attribute = rest[..name_end].to_owned();
        rest = &rest[name_end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix("=\"") {
            let (inner, after) = after.split_once('"').unwrap_or((after, ""));
            value = inner.to_owned();
            rest = after;
        }
        attributes.insert(attribute, value);
    }
    Tag {
        name: name.to_owned(),
        attributes,
    }
}
