//! That the language is documented as it is: the reference and the lesson of `docs/CHARTER.md`.

use std::path::Path;

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
