//! Owns: the kit's icons, drawn on a 24-pixel grid in one stroke. Doesn't own: meaning; a word always stands
//! beside one.

/// The inline SVG of that name, hidden from screen readers.
pub(crate) fn svg(name: &str) -> Option<String> {
    let (_, path) = ICONS.iter().find(|(known, _)| *known == name)?;
    Some(format!(
        "<svg class=\"icon\" viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" fill=\"none\" \
         stroke=\"currentColor\" stroke-width=\"1.75\" stroke-linecap=\"round\" stroke-linejoin=\"round\" \
         aria-hidden=\"true\" focusable=\"false\">{path}</svg>"
    ))
}

/// The names, for the showcase.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ICONS.iter().map(|(name, _)| *name)
}

const ICONS: &[(&str, &str)] = &[
    (
        "alert",
        r#"<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.2M12 17v.1"/>"#,
    ),
    (
        "archive",
        r#"<path d="M4 8.5V19h16V8.5M3 4.5h18v4H3zM10 12.5h4"/>"#,
    ),
    ("arrow-left", r#"<path d="M19 12H5M11 6l-6 6 6 6"/>"#),
    ("arrow-right", r#"<path d="M5 12h14M13 6l6 6-6 6"/>"#),
    (
        "auto",
        r#"<path d="M12 3v3M6 9h12v9H6zM9.5 13v.1M14.5 13v.1M3 12v3M21 12v3"/>"#,
    ),
    (
        "briefcase",
        r#"<path d="M3.5 8h17v11h-17zM9 8V5h6v3M3.5 13h17"/>"#,
    ),
    (
        "building",
        r#"<path d="M5 20V4h9v16M14 9h5v11M3 20h18M8.5 8h2M8.5 12h2M8.5 16h2"/>"#,
    ),
    (
        "calendar",
        r#"<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4"/>"#,
    ),
    ("chart", r#"<path d="M4 20h16M7 16v-5M12 16V5M17 16V9"/>"#),
    ("check", r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#),
    (
        "check-circle",
        r#"<circle cx="12" cy="12" r="9"/><path d="m8 12.3 2.8 2.8L16 9.8"/>"#,
    ),
    ("chevron-down", r#"<path d="m6 9.5 6 6 6-6"/>"#),
    ("chevron-left", r#"<path d="m14.5 6-6 6 6 6"/>"#),
    ("chevron-right", r#"<path d="m9.5 6 6 6-6 6"/>"#),
    (
        "clock",
        r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.3 2"/>"#,
    ),
    (
        "coins",
        r#"<circle cx="12" cy="12" r="9"/><path d="M15.5 8.8a4.3 4.3 0 1 0 0 6.4M7 10.8h6M7 13.2h6"/>"#,
    ),
    ("columns", r#"<path d="M4 5h16v14H4zM9.5 5v14M14.5 5v14"/>"#),
    ("cross", r#"<path d="m6 6 12 12M18 6 6 18"/>"#),
    ("download", r#"<path d="M12 4v11M7 11l5 4.5 5-4.5M4 20h16"/>"#),
    ("external", r#"<path d="M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9"/>"#),
    (
        "eye",
        r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>"#,
    ),
    (
        "file",
        r#"<path d="M6 3h8l4.5 4.5V21H6zM13.5 3v5h5M9 13h6M9 16.5h6"/>"#,
    ),
    ("filter", r#"<path d="M4 6h16M7 12h10M10 18h4"/>"#),
    ("flag", r#"<path d="M5 21V4h13l-2.5 4L18 12H5"/>"#),
    (
        "globe",
        r#"<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3.8 6 3.8 9s-.8 6-3.8 9c-3-3-3.8-6-3.8-9S9 6 12 3z"/>"#,
    ),
    (
        "help",
        r#"<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.4 2.4c-.6.3-.9.8-.9 1.6M12 16.6v.1"/>"#,
    ),
    ("home", r#"<path d="m3.5 11 8.5-7 8.5 7M6 9.5V20h12V9.5"/>"#),
    (
        "inbox",
        r#"<path d="M4 13 6.5 5h11L20 13v6H4zM4 13h5l1 2.5h4L15 13h5"/>"#,
    ),
    (
        "info",
        r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>"#,
    ),
    (
        "keyboard",
        r#"<path d="M2.5 6h19v12h-19zM6 10v.1M10 10v.1M14 10v.1M18 10v.1M8 14h8"/>"#,
    ),
    (
        "link",
        r#"<path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17"/>"#,
    ),
    (
        "list",
        r#"<path d="M8.5 6H20M8.5 12H20M8.5 18H20M4 6v.1M4 12v.1M4 18v.1"/>"#,
    ),
    (
        "lock",
        r#"<path d="M5.5 10.5h13V20h-13zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>"#,
    ),
    ("mail", r#"<path d="M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7"/>"#),
    ("menu", r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#),
    ("message", r#"<path d="M4 5h16v11h-9l-4.5 4v-4H4z"/>"#),
    ("minus", r#"<path d="M5 12h14"/>"#),
    ("pen", r#"<path d="M4.5 19.5 6 15 16.5 4.5l3 3L9 18zM14 7l3 3"/>"#),
    (
        "phone",
        r#"<path d="M5 4h4l1.5 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2L20 15v4c0 .6-.4 1-1 1C11 20 4 13 4 5c0-.6.4-1 1-1z"/>"#,
    ),
    (
        "pin",
        r#"<path d="M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>"#,
    ),
    ("plus", r#"<path d="M12 5v14M5 12h14"/>"#),
    (
        "printer",
        r#"<path d="M7 8V3.5h10V8M7 17H4V8h16v9h-3M7 14h10v6.5H7z"/>"#,
    ),
    (
        "search",
        r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.3 15.3 5.2 5.2"/>"#,
    ),
    (
        "send",
        r#"<path d="M20.5 3.5 3.5 10l7 3.5 3.5 7zM10.5 13.5l10-10"/>"#,
    ),
    (
        "settings",
        r#"<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>"#,
    ),
    (
        "shield",
        r#"<path d="M12 3 4.5 6v5.5c0 4.6 3.1 8 7.5 9.5 4.4-1.5 7.5-4.9 7.5-9.5V6z"/><path d="m8.8 12 2.3 2.3 4.1-4.3"/>"#,
    ),
    (
        "sign-out",
        r#"<path d="M14 4.5H5v15h9M10 12h10.5M17 8l4 4-4 4"/>"#,
    ),
    (
        "trash",
        r#"<path d="M4.5 7h15M9 7V4h6v3M6.5 7l1 13h9l1-13M10.3 11v5M13.7 11v5"/>"#,
    ),
    (
        "undo",
        r#"<path d="M8.5 5 4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-4"/>"#,
    ),
    ("upload", r#"<path d="M12 16V5M7 9.5 12 5l5 4.5M4 20h16"/>"#),
    (
        "user",
        r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4 3.5-6 7.5-6s6.9 2 7.5 6"/>"#,
    ),
    (
        "users",
        r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.5-3.5 3-5.2 6.5-5.2s6 1.7 6.5 5.2M15.5 5.2a3.5 3.5 0 0 1 0 6.6M18 14.8c2 .7 3.2 2.300 3.5 4.7"/>"#,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_hidden_from_readers_and_in_order() {
        let names: Vec<_> = names().collect();
        assert!(names.is_sorted());
        for name in names {
            let svg = svg(name).unwrap();
            assert!(svg.contains("aria-hidden") && !svg.contains("style="), "{name}");
        }
        assert_eq!(svg("nothing"), None);
    }
}
