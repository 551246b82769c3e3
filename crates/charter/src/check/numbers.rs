//! Owns: which findings belong to which of the twenty numbered checks. Doesn't own: what each looks for
//! (`docs/CHARTER.md` explains them; a test compares).

/// Each numbered check's findings, from 1.
#[rustfmt::skip] // a table
const CHECKS: [&[&str]; 20] = [
    &[
        "controller.incomplete", "purpose.none", "purpose.no-people", "purpose.no-data", "basis.no-interest",
        "basis.no-reference", "basis.no-balancing", "right.missing", "right.not-named", "right.no-way", "right.too-slow",
        "change.missing", "breach.too-late", "security.missing", "processor.no-hosting", "processor.no-mail",
        "processor.no-contract", "processor.no-country", "processor.no-purpose", "role.nobody-protects",
    ],
    &[
        "field.unused", "purpose.no-retention", "purpose.no-place", "retention.unused", "role.reads-without-need",
        "role.technical-always", "role.nobody-decides", "copy.reads-more",
    ],
    &["retention.no-start", "retention.endless"],
    &[
        "retention.too-long", "retention.logs", "retention.books", "retention.traces", "retention.archive-too-long",
    ],
    &["retention.floor-widens", "retention.floor-whole", "retention.archive-whole"],
    &[
        "processor.receives-uncollected", "processor.contradiction", "share.receives-uncollected", "share.contradiction",
        "copy.beyond-purpose", "source.beyond-purpose",
    ],
    &["processor.no-transfer-basis", "share.no-transfer-basis", "transfer.not-covered"],
    &["field.protected", "field.title-required", "field.special", "field.criminal", "ai.protected"],
    &[
        "ai.nobody-decides", "ai.no-contest", "ai.no-log", "ai.log-too-short", "ai.no-dpia", "ai.no-purpose",
        "ai.beyond-purpose", "ai.trains", "ai.score-undeclared", "train.no-objection",
    ],
    &[
        "tracker.too-long", "tracker.data-too-long", "tracker.renews", "tracker.needs-consent",
        "account.no-session-tracker", "retention.figures",
    ],
    &["tracker.pixel-exempt", "pixel.no-consent"],
    &["never.contradiction"],
    &["processor.no-deletion", "copy.outlives", "copy.cycle", "share.rights-not-passed-on"],
    &["evidence.missing", "evidence.nobody-signs", "security.second-factor"],
    &["text.untranslated"],
    &[
        "change.needs-consent", "change.notice-only", "charter.effective-past", "charter.too-soon", "charter.old-version",
        "charter.other-id",
    ],
    &["retention.silence-keeps", "basis.pool-without-consent"],
    &["notice.missing", "notice.too-late"],
    &["copy.backup-too-long", "security.no-backup-window"],
    &["text.strong-word"],
];

/// The number of the check that a finding comes from.
pub(super) fn of(rule: &str) -> Option<u8> {
    let at = CHECKS.iter().position(|findings| findings.contains(&rule))?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_documentation() {
        let docs = include_str!("../../../../docs/CHARTER.md");
        for (at, findings) in CHECKS.iter().enumerate() {
            let number = format!("| {} | ", at + 1);
            let row = docs.lines().find(|line| line.starts_with(&number)).unwrap();
            let told: Vec<&str> = row
                .split('`')
                .filter(|text| text.contains('.') && !text.contains(' '))
                .collect();
            assert_eq!(told, *findings, "{number}");
        }
    }
}
