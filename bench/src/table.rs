//! Owns: [`Figure`], a measured ratio with its bound, and the table of them. Doesn't own: measuring.

use std::fmt::Write as _;

/// Which side of the bound is good.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

/// One line of the table.
pub(crate) struct Figure {
    /// What is measured.
    pub(crate) what: &'static str,
    /// Against what, or in which unit.
    pub(crate) against: &'static str,
    pub(crate) bound: Bound,
    /// One value a turn: ratios, or amounts where the bound is one.
    pub(crate) values: Vec<f64>,
}

impl Figure {
    /// The value in the middle: one turn that a busy machine spoilt says nothing.
    pub(crate) fn middle(&self) -> f64 {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }

    pub(crate) fn holds(&self) -> bool {
        match self.bound {
            Bound::AtLeast(bound) => self.middle() >= bound,
            Bound::AtMost(bound) => self.middle() <= bound,
        }
    }

    fn row(&self) -> String {
        let (sign, bound) = match self.bound {
            Bound::AtLeast(bound) => ("≥", bound),
            Bound::AtMost(bound) => ("≤", bound),
        };
        let least = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let held = if self.holds() { "holds" } else { "**missed**" };
        format!(
            "| {} | {} | {sign} {} | {} | {} – {} | {held} |",
            self.what,
            self.against,
            number(bound),
            number(self.middle()),
            number(least),
            number(most),
        )
    }
}

fn number(value: f64) -> String {
    if value >= 20.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

/// The figures' lines.
pub(crate) fn rows(figures: &[Figure]) -> String {
    figures.iter().fold(String::new(), |mut rows, figure| {
        // Writing to a string doesn't fail.
        let _ = writeln!(rows, "{}", figure.row());
        rows
    })
}

/// docs/BENCHMARKS.md, whole.
pub(crate) fn document(figures: &[Figure]) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "# Speed and memory\n\n\
         Written by `cargo xtask bench`: release build, {cores} cores, SQLite, sealing on, clients and server on the \
         same machine. Absolute numbers say more about a machine than about Vivier, so each speed is a ratio against \
         a peer measured in the same run, turn and turn about; the middle of {} turns decides, the spread shows how \
         quiet the machine was. Run it again before believing a figure. How each is taken stands at the head of the \
         file in `bench/src/` that takes it.\n\n\
         | figure | against | bound | middle | spread | |\n|---|---|---|---|---|---|\n{}",
        figures
            .iter()
            .map(|figure| figure.values.len())
            .max()
            .unwrap_or(0),
        rows(figures),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(bound: Bound, values: &[f64]) -> Figure {
        Figure {
            what: "a",
            against: "b",
            bound,
            values: values.to_vec(),
        }
    }

    #[test]
    fn the_middle_decides_on_either_side() {
        assert!(figure(Bound::AtLeast(0.8), &[0.1, 0.9, 0.85]).holds());
        assert!(!figure(Bound::AtLeast(0.8), &[0.1, 0.7, 0.9]).holds());
        assert!(figure(Bound::AtMost(1.5), &[9.0, 1.2, 1.4]).holds());
        assert!(!figure(Bound::AtMost(1.5), &[1.6]).holds());
        assert!(
            !figure(Bound::AtMost(1.5), &[]).holds(),
            "nothing measured is no success"
        );
    }
}
