//! Owns: what a form asks of this person after these answers: fields with a condition, what must be confirmed, whether
//! what it takes can be held as its purpose says. Doesn't own: receiving the answers ([`super::Collecting`]).

use charter::{Ack, Charter, Form, Intake};

use super::{ACK, Collecting, Flaw, Problem};

/// A purpose whose intake is kept apart first isn't offered: nothing here keeps it out of every search.
pub(super) fn offered(charter: &Charter, form: &Form) -> bool {
    charter
        .purpose(&form.purpose)
        .is_some_and(|purpose| purpose.intake == Intake::Direct)
}

impl Collecting {
    fn asks(&self, field: &str) -> bool {
        self.form
            .asks(field, |other| self.values.get(other).map(|value| value.as_str()))
    }

    /// Finds what is missing, and forgets what is wrong with an answer that isn't asked after all.
    pub(super) fn complete(&mut self) {
        let problems = std::mem::take(&mut self.problems);
        self.problems = problems
            .into_iter()
            .filter(|problem| self.asks(&problem.field))
            .collect();
        for field in &self.form.fields {
            let given = self.values.contains_key(&field.name) || self.draft.has(&field.name);
            let flawed = self.problems.iter().any(|problem| problem.field == field.name);
            if field.required && !given && !flawed && self.asks(&field.name) {
                self.problems.push(Problem {
                    field: field.name.clone(),
                    flaw: Flaw::Missing,
                });
            }
        }
        if self.form.ack != Ack::None && !self.acknowledged {
            self.problems.push(Problem {
                field: ACK.to_owned(),
                flaw: Flaw::NotConfirmed,
            });
        }
    }

    /// Leaves out answers and files to what isn't asked after the other answers: somebody filled them in, then chose
    /// otherwise, or no script hid them.
    pub(super) fn leave_out(&mut self) {
        let fields = self.form.fields.iter().map(|field| field.name.clone());
        let unasked: Vec<String> = fields.filter(|name| !self.asks(name)).collect();
        for name in &unasked {
            self.values.remove(name);
        }
        let files = std::mem::take(&mut self.draft.files);
        let (out, kept): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| unasked.contains(&file.field));
        self.draft.files = kept;
        self.draft.replaced.extend(out.iter().map(|file| file.id));
    }
}
