//! Owns: what a charter itself says is still missing. Doesn't own: what the law asks for (the other checks).

use super::{Checker, Level};

impl Checker<'_> {
    pub(super) fn gaps(&mut self) {
        let charter = self.charter;
        for rule in charter.rules() {
            for gap in &rule.gaps {
                let (fr, en) = (
                    format!("Reste à préciser : {gap}"),
                    format!("Still to settle: {gap}"),
                );
                self.add(Level::Gap, "rule.gap", rule, None, fr, en);
            }
        }
    }
}
