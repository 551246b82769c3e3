//! Owns: checks of what is sent to people unasked. Doesn't own: trackers in it (`trackers`).

use super::{Checker, Level};
use crate::{
    model::Purpose,
    vocabulary::{BasisKind, PurposeKind},
};

impl Checker<'_> {
    pub(super) fn messages(&mut self) {
        let charter = self.charter;
        let unasked = [
            PurposeKind::Newsletter,
            PurposeKind::Promote,
            PurposeKind::ProspectB2b,
        ];
        for purpose in charter.purposes() {
            if unasked.contains(&purpose.kind) {
                self.stoppable(purpose);
            }
            self.balanced(purpose);
        }
    }

    fn stoppable(&mut self, purpose: &Purpose) {
        let messages = &purpose.communication;
        if messages.stop.is_empty() {
            let cite = Some((
                "RGPD, art. 21(2) ; code des postes et des communications électroniques, art. L34-5",
                "GDPR, art. 21(2); Code des postes et des communications électroniques, art. L34-5",
            ));
            let fr = "Dites comment on arrête ces messages : stop = [\"link\"].";
            let en = "Say how one stops these messages: stop = [\"link\"].";
            self.add(Level::Error, "message.no-stop", &purpose.rule, cite, fr, en);
        }
        if purpose.kind == PurposeKind::Newsletter && messages.opt_in.is_none() {
            let cite = Some(("RGPD, art. 7(1)", "GDPR, art. 7(1)"));
            let fr =
                "Dites comment on s’abonne : opt_in = \"double\" prouve que l’adresse est bien à l’abonné.";
            let en =
                "Say how one subscribes: opt_in = \"double\" proves that the address is the subscriber’s.";
            self.add(Level::Gap, "message.no-opt-in", &purpose.rule, cite, fr, en);
        }
    }

    /// A legitimate interest in judging or persuading people is weighed against theirs, in writing.
    fn balanced(&mut self, purpose: &Purpose) {
        let weighty = [
            PurposeKind::TrainAi,
            PurposeKind::Screen,
            PurposeKind::Personalise,
            PurposeKind::ProspectB2b,
            PurposeKind::Promote,
        ];
        let basis = &purpose.basis;
        if weighty.contains(&purpose.kind)
            && basis.kind == BasisKind::LegitimateInterest
            && basis.balancing.is_none()
        {
            let cite = Some(("RGPD, art. 6(1)(f)", "GDPR, art. 6(1)(f)"));
            let fr = "Dites où cet intérêt est mis en balance avec ceux des personnes : balancing = \"documents/…\".";
            let en = "Say where this interest is weighed against those of the people: balancing = \"documents/…\".";
            self.add(Level::Gap, "basis.no-balancing", &purpose.rule, cite, fr, en);
        }
    }
}
