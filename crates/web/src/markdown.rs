//! Owns: turning an offer's text into safe HTML. Doesn't own: HTML that anybody wrote; it is shown as the text
//! it is. Pictures aren't fetched from elsewhere, so they become their words.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

use crate::functions::escaped;

/// Markdown as HTML; its highest heading, whichever the author took, is written as `<h{top}>`, so that no level
/// of the page is left out.
#[must_use]
pub fn html(text: &str, top: u8) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let highest = Parser::new_ext(text, options)
        .filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
            _ => None,
        })
        .min()
        .unwrap_or(1);
    let lowered = |level: HeadingLevel| {
        HeadingLevel::try_from((level as usize) + usize::from(top) - highest).unwrap_or(HeadingLevel::H6)
    };
    let mut safe_links = Vec::new();
    let events = Parser::new_ext(text, options).filter_map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
            level: lowered(level),
            id: None,
            classes: vec![],
            attrs: vec![],
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lowered(level)))),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { dest_url, .. }) => {
            let safe = is_safe(&dest_url);
            safe_links.push(safe);
            safe.then(|| Event::InlineHtml(opening(&dest_url).into()))
        }
        Event::End(TagEnd::Link) => safe_links
            .pop()
            .unwrap_or(false)
            .then(|| Event::InlineHtml("</a>".into())),
        event => Some(event),
    });
    let mut out = String::with_capacity(text.len() * 2);
    push_html(&mut out, events);
    out
}

/// Plain text as paragraphs: an empty line ends one, a single line end is kept.
pub(crate) fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| format!("<p>{}</p>", escaped(paragraph).replace('\n', "<br>")))
        .collect()
}

fn opening(href: &str) -> String {
    if href.starts_with(['/', '#']) {
        format!("<a href=\"{}\">", escaped(href))
    } else {
        format!(
            "<a href=\"{}\" rel=\"nofollow noopener noreferrer\">",
            escaped(href)
        )
    }
}

/// Web, mail and telephone links, and those within the site; nothing that could run or leave unseen.
fn is_safe(href: &str) -> bool {
    if href.chars().any(|c| c.is_control() || c == '\\') {
        return false;
    }
    let lower = href.trim().to_ascii_lowercase();
    ["https://", "http://", "mailto:", "tel:", "#"]
        .iter()
        .any(|start| lower.starts_with(start))
        || (lower.starts_with('/') && !lower.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_written_becomes_markup_of_its_own() {
        for evil in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>)",
            "[x](//evil.example)",
            "[x](/\\evil.example)",
            "[x](\u{1}javascript:alert(1))",
            "![x](https://evil.example/pixel.gif)",
            "<https://ok.example> <svg onload=alert(1)>",
            "[x](https://a.example/\"onmouseover=\"alert(1))",
            "# <b>x</b>",
        ] {
            let out = html(evil, 2);
            for bad in [
                "<script",
                "<img",
                "<svg",
                "<b>",
                "href=\"javascript",
                "href=\"data",
                "href=\"//",
                "href=\"/\\",
                "\"onmouseover",
            ] {
                assert!(!out.to_lowercase().contains(bad), "{evil} → {out}");
            }
        }
    }

    #[test]
    fn headings_fit_under_the_page_s_own() {
        assert_eq!(html("# A\n\n## B", 3), "<h3>A</h3>\n<h4>B</h4>\n");
        assert_eq!(html("### A\n\n#### B", 2), "<h2>A</h2>\n<h3>B</h3>\n");
        assert_eq!(html("# A\n\n###### F", 3), "<h3>A</h3>\n<h6>F</h6>\n");
        let linked = html("[us](/jobs) [them](https://x.example)", 2);
        assert!(linked.contains("<a href=\"/jobs\">us</a>"), "{linked}");
        assert!(
            linked.contains("rel=\"nofollow noopener noreferrer\">them</a>"),
            "{linked}"
        );
    }

    #[test]
    fn paragraphs_keep_line_ends() {
        assert_eq!(paragraphs("a\r\nb\n\n\n<c>"), "<p>a<br>b</p><p>&lt;c&gt;</p>");
    }
}
