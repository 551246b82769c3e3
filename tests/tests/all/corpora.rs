//! Owns: every input that a fuzzer found worth keeping, replayed. Doesn't own: the fuzzing (`fuzz/`, by hand).

use std::path::Path;

#[test]
fn the_corpora_are_replayed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    for (name, target) in acceptance::fuzzed::TARGETS {
        let mut replayed = 0;
        for entry in std::fs::read_dir(root.join(name)).expect("each target has a corpus") {
            target(&std::fs::read(entry.expect("a file").path()).expect("a file"));
            replayed += 1;
        }
        assert!(replayed > 0, "{name} has an empty corpus");
    }
}
