//! Owns: the policy as HTML: semantic, accessible, every text escaped, no style of its own. Doesn't own: the page
//! around it.

use std::fmt::Write as _;

use kernel::{Locale, Word as _};

use super::{
    policy::{Block, Policy, PublicClause, Section, Table, Term},
    words::date_words,
};
use crate::ClauseId;

/// How the policy sits in the page.
#[derive(Debug, Clone, Copy)]
pub struct HtmlOptions {
    /// The level of a section's heading, 2 to 5; a clause's is one more, the title's one less.
    pub heading: u8,
    /// Whether the title is written, or the page does that.
    pub title: bool,
}

impl Default for HtmlOptions {
    fn default() -> Self {
        Self {
            heading: 2,
            title: true,
        }
    }
}

/// The policy as a fragment of HTML.
///
/// Classes to style by: `policy-dates`, `policy-section`, `policy-summary`, `clause`, `not-offered`, `clause-link`,
/// `clause-fold` (a clause of a long chapter), `policy-table`, `policy-rows` (a table whose cells bear their heading in `data-label`, for a narrow screen). Each clause bears its id (`id="purpose.apply"`) and a link to itself; a section bears
/// `policy-` and its id.
#[must_use]
pub fn to_html(policy: &Policy, options: HtmlOptions) -> String {
    let level = options.heading.clamp(2, 5);
    let mut html = String::with_capacity(32_000);
    if options.title {
        let (above, title) = (level - 1, escape(&policy.title));
        push(&mut html, format_args!("<h{above}>{title}</h{above}>\n"));
    }
    dates(&mut html, policy);
    for section in &policy.sections {
        write_section(&mut html, section, level, policy.locale);
    }
    html
}

/// The policy as a page that stands by itself: a file to open, read and print.
#[must_use]
pub fn to_page(policy: &Policy) -> String {
    let (lang, title) = (policy.locale.word(), escape(&policy.title));
    let (controller, body) = (
        escape(&policy.controller),
        to_html(policy, HtmlOptions::default()),
    );
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} – {controller}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n\
         </body>\n</html>\n"
    )
}

/// For a page that no site surrounds.
const STYLE: &str = include_str!("page.css");

/// What one clause says, without its heading: for a page that draws headings and marks beside them itself.
#[must_use]
pub fn clause_to_html(clause: &PublicClause) -> String {
    let mut html = String::new();
    for block in &clause.blocks {
        write_block(&mut html, block, &clause.id);
    }
    html
}

fn push(html: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` can't fail.
    let _ = html.write_fmt(text);
}

fn dates(html: &mut String, policy: &Policy) {
    let time = |date| {
        format!(
            "<time datetime=\"{date}\">{}</time>",
            date_words(date, policy.locale)
        )
    };
    let (version, effective) = (policy.version, time(policy.effective));
    let said = match (policy.locale, policy.updated.map(time)) {
        (Locale::Fr, None) => format!("Version {version}, applicable à partir du {effective}."),
        (Locale::En, None) => format!("Version {version}, applies from {effective}."),
        (Locale::Fr, Some(updated)) => {
            format!("Version {version}, applicable à partir du {effective}, mise à jour le {updated}.")
        }
        (Locale::En, Some(updated)) => {
            format!("Version {version}, applies from {effective}, updated on {updated}.")
        }
    };
    push(html, format_args!("<p class=\"policy-dates\">{said}</p>\n"));
}

fn write_section(html: &mut String, section: &Section, level: u8, locale: Locale) {
    let (id, title) = (section.id, escape(&section.title));
    push(
        html,
        format_args!(
            "<section class=\"policy-section\" id=\"policy-{id}\" aria-labelledby=\"policy-{id}-title\">\n\
             <h{level} id=\"policy-{id}-title\">{title}</h{level}>\n<p class=\"policy-summary\">{}</p>\n",
            inline(&section.summary)
        ),
    );
    for clause in &section.clauses {
        let folded = section.folded && clause.folds();
        write_clause(html, clause, level + 1, locale, folded);
    }
    html.push_str("</section>\n");
}

/// A folded clause's id stands within the fold: a link that leads there opens it.
fn write_clause(html: &mut String, clause: &PublicClause, level: u8, locale: Locale, folded: bool) {
    let id = escape(clause.id.as_str());
    let class = if clause.offered {
        "clause"
    } else {
        "clause not-offered"
    };
    let link = self_link(&clause.id, clause.title.as_deref(), locale);
    if let Some(title) = clause.title.as_deref().filter(|_| folded) {
        let title = escape(title);
        let mark = match (clause.offered, locale) {
            (true, _) => "",
            (false, Locale::Fr) => " <small>(non proposé)</small>",
            (false, Locale::En) => " <small>(not offered)</small>",
        };
        push(
            html,
            format_args!(
                "<details class=\"clause-fold\"><summary><h{level}>{title}</h{level}>{mark}</summary>\n<div class=\"{class}\" id=\"{id}\">\n{link}\n"
            ),
        );
        html.push_str(&clause_to_html(clause));
        html.push_str("</div>\n</details>\n");
        return;
    }
    push(html, format_args!("<div class=\"{class}\" id=\"{id}\">\n"));
    match &clause.title {
        Some(title) => push(
            html,
            format_args!("<h{level}>{} {link}</h{level}>\n", escape(title)),
        ),
        None => push(html, format_args!("{link}\n")),
    }
    html.push_str(&clause_to_html(clause));
    html.push_str("</div>\n");
}

/// The link by which a clause can be cited.
fn self_link(id: &ClauseId, title: Option<&str>, locale: Locale) -> String {
    let name = escape(title.unwrap_or(id.as_str()));
    let label = match locale {
        Locale::Fr => format!("Lien vers la clause «\u{202f}{name}\u{202f}»"),
        Locale::En => format!("Link to the clause “{name}”"),
    };
    format!(
        "<a class=\"clause-link\" href=\"#{}\" aria-label=\"{label}\">#</a>",
        escape(id.as_str())
    )
}

fn write_block(html: &mut String, block: &Block, clause: &ClauseId) {
    match block {
        Block::Text(text) => push(html, format_args!("<p>{}</p>\n", inline(text))),
        Block::List(items) => {
            html.push_str("<ul>\n");
            items
                .iter()
                .for_each(|item| push(html, format_args!("<li>{}</li>\n", inline(item))));
            html.push_str("</ul>\n");
        }
        Block::Terms(terms) => write_terms(html, terms),
        Block::Table(table) => write_table(html, table, clause),
    }
}

fn write_terms(html: &mut String, terms: &[Term]) {
    html.push_str("<dl>\n");
    for term in terms {
        push(html, format_args!("<dt>{}</dt>\n", escape(&term.term)));
        term.says
            .iter()
            .for_each(|says| push(html, format_args!("<dd>{}</dd>\n", inline(says))));
    }
    html.push_str("</dl>\n");
}

/// A table that a narrow screen can scroll, reachable by keyboard.
fn write_table(html: &mut String, table: &Table, clause: &ClauseId) {
    let (caption, id) = (escape(&table.caption), escape(clause.as_str()));
    push(
        html,
        format_args!(
            "<div class=\"policy-table\" role=\"region\" aria-labelledby=\"{id}-caption\" tabindex=\"0\">\n<table class=\"policy-rows\">\n\
             <caption id=\"{id}-caption\">{caption}</caption>\n<thead>\n<tr>"
        ),
    );
    table
        .head
        .iter()
        .for_each(|cell| push(html, format_args!("<th scope=\"col\">{}</th>", escape(cell))));
    html.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        match &row.id {
            Some(id) => push(html, format_args!("<tr id=\"{}\">", escape(id.as_str()))),
            None => html.push_str("<tr>"),
        }
        for (at, (cell, head)) in row.cells.iter().zip(&table.head).enumerate() {
            match (at, &row.leads_to) {
                (0, Some(to)) => {
                    let to = escape(to.as_str());
                    push(
                        html,
                        format_args!("<th scope=\"row\"><a href=\"#{to}\">{}</a></th>", escape(cell)),
                    );
                }
                (0, None) => push(html, format_args!("<th scope=\"row\">{}</th>", escape(cell))),
                _ => {
                    let head = escape(head);
                    push(
                        html,
                        format_args!("<td data-label=\"{head}\">{}</td>", inline(cell)),
                    );
                }
            }
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
}

/// Text safe between tags and in quoted attributes.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Escaped text in which e-mail addresses and web addresses are links.
fn inline(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let core = word.trim_matches(['(', ')', ',', '.', ';', ':', '!', '?']);
        let Some(href) = link(core) else {
            html.push_str(&escape(piece));
            continue;
        };
        let (before, after) = piece.split_once(core).unwrap_or(("", ""));
        let (core, href) = (escape(core), escape(&href));
        push(
            &mut html,
            format_args!("{}<a href=\"{href}\">{core}</a>{}", escape(before), escape(after)),
        );
    }
    html
}

fn link(word: &str) -> Option<String> {
    let plain = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._~/@+?=&%#:".contains(c))
    };
    if !plain(word) {
        return None;
    }
    if word.starts_with("https://") {
        return Some(word.to_owned());
    }
    let (name, host) = word.split_once('@')?;
    let is_host = host.contains('.') && !host.starts_with('.') && !host.contains(['@', '/', ':', '?', '&']);
    (!name.is_empty() && !name.contains([':', '/', '?', '&', '%']) && is_host)
        .then(|| format!("mailto:{word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_nothing_else_does() {
        assert_eq!(
            inline("écrivez à dpo@x.example."),
            "écrivez à <a href=\"mailto:dpo@x.example\">dpo@x.example</a>."
        );
        assert_eq!(
            inline("(https://www.cnil.fr)"),
            "(<a href=\"https://www.cnil.fr\">https://www.cnil.fr</a>)"
        );
        for plain in [
            "javascript:alert(1)",
            "a@b",
            "http://x.example",
            "x@y.z\"onclick=",
            "@x.example",
        ] {
            assert_eq!(inline(plain), escape(plain), "{plain}");
        }
    }

    #[test]
    fn nothing_a_charter_says_can_be_markup() {
        assert_eq!(escape("<b a=\"'&"), "&lt;b a=&quot;&#39;&amp;");
        assert!(!inline("<script>x@y.example").contains('<'));
    }
}
