//! That the language is documented as it is: the reference and the lesson of `docs/CHARTER.md`.

use std::path::Path;

use std::collections::BTreeSet;

use charter::{Charter, Level};

const DOCS: &str = include_str!("../../../docs/CHARTER.md");

/// On a difference, what should stand there is written into the build's folder for temporary files.
#[test]
fn the_reference_is_the_language() {
    let reference = charter::reference();
    if !DOCS.trim_end().ends_with(reference.trim_end()) {
        let wanted = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference.md");
        std::fs::write(&wanted, reference).unwrap();
        panic!(
            "docs/CHARTER.md must end with what `vivier charter schema --format md` prints: see {}",
            wanted.display()
        );
    }
}

#[test]
fn the_lesson_is_a_charter() {
    let blocks = DOCS.split("```toml\n").skip(1);
    let pieces: Vec<&str> = blocks.map(|block| block.split("```").next().unwrap()).collect();
    assert!(pieces.len() > 5);
    let charter = Charter::parse(&pieces.join("\n")).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let findings = charter.check();
    assert!(
        findings.iter().all(|finding| finding.level == Level::Gap),
        "{findings:#?}"
    );
}

/// Every finding that the checks know is explained, and none that they don't.
#[test]
fn every_finding_is_explained() {
    let sources = [
        include_str!("../src/check/data.rs"),
        include_str!("../src/check/figures.rs"),
        include_str!("../src/check/governance.rs"),
        include_str!("../src/check/keeping.rs"),
        include_str!("../src/check/machines.rs"),
        include_str!("../src/check/messages.rs"),
        include_str!("../src/check/mod.rs"),
        include_str!("../src/check/never.rs"),
        include_str!("../src/check/next.rs"),
        include_str!("../src/check/numbers.rs"),
        include_str!("../src/check/proof.rs"),
        include_str!("../src/check/purposes.rs"),
        include_str!("../src/check/sending.rs"),
        include_str!("../src/check/sessions.rs"),
        include_str!("../src/check/sharing.rs"),
        include_str!("../src/check/trackers.rs"),
        include_str!("../src/check/words.rs"),
    ];
    let is_finding = |text: &&str| {
        text.split_once('.').is_some_and(|(section, what)| {
            let plain = |part: &str| {
                !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            };
            plain(section) && plain(what)
        })
    };
    let known: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| source.split('"'))
        .filter(is_finding)
        .collect();
    let checks = DOCS.split("## What `check` looks for").nth(1).unwrap_or_default();
    let checks = checks.split("## Reference").next().unwrap_or_default();
    let told: BTreeSet<&str> = checks.split('`').filter(is_finding).collect();
    assert!(known.len() > 60, "{known:?}");
    assert_eq!(known, told);
}
