//! Owns: reading from a test runner's lines how many tests passed and failed.

/// Tests that ran, by how they ended.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Count {
    /// Adds what a line says, when it is a runner's closing line: that of `cargo test`
    /// (`test result: ok. 5 passed; 0 failed; …`) or of nextest (`Summary [ 0.1s] 6 tests run: 5 passed, …`).
    pub(crate) fn read(&mut self, line: &str) {
        let line = line.trim();
        let said = match (line.strip_prefix("test result:"), line.strip_prefix("Summary [")) {
            (Some(said), _) => said.split_once(". ").map(|(_, said)| said),
            (_, Some(said)) => said.split_once("run: ").map(|(_, said)| said),
            (None, None) => None,
        };
        // nextest puts kinds of passing in brackets: "5 passed (1 slow), 1 timed out".
        for part in said.unwrap_or_default().split([';', ',', '(', ')']) {
            let Some((number, what)) = part.trim().split_once(' ') else {
                continue;
            };
            let Ok(number) = number.parse::<usize>() else {
                continue;
            };
            match what {
                "passed" => self.passed += number,
                "failed" | "timed out" | "exec failed" => self.failed += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn both_runners_are_read() {
        let cases = [
            (
                "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.1s",
                (5, 0),
            ),
            (
                "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out",
                (2, 3),
            ),
            (
                "     Summary [   0.012s] 12 tests run: 12 passed, 4 skipped",
                (12, 0),
            ),
            (
                "     Summary [  61.012s] 9 tests run: 6 passed (1 slow, 1 leaky), 2 failed, 1 timed out, 0 skipped",
                (6, 3),
            ),
            ("test kernel::tests::id ... ok", (0, 0)),
            ("     Summary of the candidate: 3 passed", (0, 0)),
        ];
        for (line, (passed, failed)) in cases {
            let mut count = Count::default();
            count.read(line);
            assert_eq!(count, Count { passed, failed }, "{line}");
        }
    }
}
