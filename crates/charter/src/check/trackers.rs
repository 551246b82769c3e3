//! Owns: checks of trackers and of what counts on them. Doesn't own: prohibitions that they might break (`never`).

use kernel::Word as _;

use super::{Checker, Level, law::Named};
use crate::{
    model::Tracker,
    vocabulary::{Consent, Count, TrackerClass, TrackerKind},
};

const PIXELS: (&str, &str) = (
    "CNIL, délibération n° 2026-042 du 12 mars 2026",
    "CNIL, deliberation 2026-042 of 12 March 2026",
);

impl Checker<'_> {
    pub(super) fn trackers(&mut self) {
        let charter = self.charter;
        for tracker in charter.trackers() {
            self.consent(tracker);
            self.lifetime(tracker);
        }
        self.opens();
    }

    fn consent(&mut self, tracker: &Tracker) {
        if tracker.consent == Consent::OptIn {
            return;
        }
        let rule = &tracker.rule;
        if !tracker.class.is_exempt() {
            let cite = Some((
                "Loi Informatique et Libertés, art. 82",
                "Loi Informatique et Libertés, art. 82",
            ));
            let class = tracker.class.word();
            let fr = format!("Un traceur « {class} » attend un consentement : consent = \"opt_in\".");
            let en = format!("A tracker of class “{class}” waits for consent: consent = \"opt_in\".");
            self.add(Level::Error, "tracker.needs-consent", rule, cite, fr, en);
        } else if tracker.kind == TrackerKind::Pixel && tracker.class != TrackerClass::Security {
            let fr = "Un pixel attend un consentement, sauf pour la sécurité : consent = \"opt_in\".";
            let en = "A pixel waits for consent, save for security: consent = \"opt_in\".";
            self.add(Level::Error, "tracker.pixel-exempt", rule, Some(PIXELS), fr, en);
        }
    }

    fn lifetime(&mut self, tracker: &Tracker) {
        let rule = &tracker.rule;
        let figure = match tracker.class {
            TrackerClass::AudienceExempt | TrackerClass::Analytics => Named::AudienceTracker,
            TrackerClass::Choice => Named::ConsentChoice,
            _ => Named::Tracker,
        };
        self.within(figure, "tracker.too-long", rule, tracker.max_age);
        if let Some(kept) = tracker.data_max_age {
            self.within(Named::AudienceData, "tracker.data-too-long", rule, kept);
        }
        if tracker.class == TrackerClass::AudienceExempt && tracker.renews {
            let cite = Some((
                "CNIL, mesure d’audience exemptée, 4 juillet 2025",
                "CNIL, exempted audience measurement, 4 July 2025",
            ));
            let fr =
                "La durée d’un traceur d’audience exempté ne repart pas à chaque visite : renews = false.";
            let en = "An exempted audience tracker’s life doesn’t start anew at each visit: renews = false.";
            self.add(Level::Error, "tracker.renews", rule, cite, fr, en);
        }
    }

    /// Who measures opens and clicks of mails declares the tracker that does, and asks before.
    fn opens(&mut self) {
        let charter = self.charter;
        let asks = |class: TrackerClass| {
            let mut trackers = charter.trackers().iter();
            trackers.any(|tracker| tracker.class == class && tracker.consent == Consent::OptIn)
        };
        for purpose in charter.purposes() {
            let counts = |count| purpose.statistics.counts.contains(&count);
            let events = purpose.field_names().any(|name| name == "email_event");
            for (measured, class) in [
                (counts(Count::EmailOpens) || events, TrackerClass::EmailOpen),
                (counts(Count::EmailClicks) || events, TrackerClass::EmailClick),
            ] {
                if measured && !asks(class) {
                    let class = class.word();
                    let fr = format!(
                        "Mesurer ouvertures ou clics attend un consentement à part : déclarez un traceur « {class} » avec consent = \"opt_in\"."
                    );
                    let en = format!(
                        "Measuring opens or clicks waits for a consent of its own: declare a tracker “{class}” with consent = \"opt_in\"."
                    );
                    self.add(
                        Level::Error,
                        "pixel.no-consent",
                        &purpose.rule,
                        Some(PIXELS),
                        fr,
                        en,
                    );
                }
            }
        }
    }
}
