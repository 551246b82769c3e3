//! Owns: what the fuzzers throw bytes at, each a function that must not panic and must keep its promise. The same
//! functions replay the corpora in `cargo xtask test`. Doesn't own: what reads files that people upload (it comes as a
//! child process with limits).

use kernel::{Cursor, Date, Duration, Id, Locale, Timestamp};

/// What bytes are thrown at.
pub type Target = fn(&[u8]);

/// Every target by its name: its corpus is the folder of that name under `fuzz/corpus`.
pub const TARGETS: &[(&str, Target)] = &[
    ("charter", charter),
    ("texts", texts),
    ("markdown", markdown),
    ("receipt", receipt),
];

/// A charter: whatever parses can be checked, compared and rendered in both languages, with the same clauses.
pub fn charter(bytes: &[u8]) {
    let charter = match charter::Charter::parse_bytes(bytes) {
        Ok(charter) => charter,
        Err(problems) => {
            assert!(
                problems
                    .iter()
                    .all(|problem| problem.line > 0 && problem.column > 0)
            );
            return;
        }
    };
    assert!(charter.diff(&charter).is_empty(), "nothing differs from itself");
    let other = charter::Charter::parse(include_str!("../../charters/agency.toml"));
    for changes in other
        .iter()
        .flat_map(|other| [other.diff(&charter), charter.diff(other)])
    {
        assert!(
            changes
                .iter()
                .all(|change| !change.message(Locale::En).is_empty())
        );
    }
    assert!(
        charter
            .check()
            .iter()
            .all(|finding| !finding.message(Locale::Fr).is_empty())
    );
    let ids = |locale| {
        let policy = charter::render::policy(&charter, locale);
        policy
            .sections
            .iter()
            .flat_map(|section| &section.clauses)
            .map(|clause| clause.id.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ids(Locale::Fr),
        ids(Locale::En),
        "the same clauses in both languages"
    );
}

/// The small texts that come in addresses, headers and files: what is read is written back the same.
pub fn texts(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(duration) = text.parse::<Duration>() {
        assert_eq!(duration.to_string().parse(), Ok(duration));
        assert!(duration.end(Timestamp::from_millis(0), &kernel::Zone::paris()) > Timestamp::from_millis(0));
    }
    if let Ok(id) = text.parse::<Id<()>>() {
        assert_eq!(id.to_string(), text);
    }
    if let Ok(cursor) = text.parse::<Cursor>() {
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }
    if let Some(date) = Date::parse(text) {
        assert_eq!(date.to_string(), text);
    }
    assert!([Locale::Fr, Locale::En].contains(&Locale::negotiate(text, &[Locale::Fr, Locale::En])));
    if let Some(path) = web::safe_return(text) {
        assert!(path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']));
    }
}

/// A receipt, and the keys that a site publishes: what is true is written back byte for byte, and what isn't is told with
/// a place.
pub fn receipt(bytes: &[u8]) {
    match guard::receipt::Receipt::read(bytes) {
        Ok(receipt) => assert_eq!(receipt.text().as_bytes(), bytes),
        Err(flaw) => assert!(!flaw.place.is_empty()),
    }
    if let Some(published) = guard::receipt::Published::read(bytes) {
        assert_eq!(published.format, guard::receipt::FORMAT);
    }
}

/// An offer's text: no markup of its author's reaches the page.
pub fn markdown(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let html = web::markdown::html(text, 2).to_ascii_lowercase();
    for bad in [
        "<script",
        "<img",
        "<iframe",
        "<a href=\"javascript:",
        "<a href=\"data:",
    ] {
        assert!(!html.contains(bad), "{bad} in {html}");
    }
}
