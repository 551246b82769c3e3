//! Owns: the check that whoever has accounts declares the cookie that keeps one signed in. Doesn't own: how long such a
//! cookie may last (`trackers`).

use super::{Checker, Level};
use crate::vocabulary::PurposeKind;

/// The cookie that keeps somebody signed in, by the name it is declared and set under.
pub const SESSION_TRACKER: &str = "vivier_session";

impl Checker<'_> {
    /// A purpose with accounts without that cookie: it would be set at every sign-in, and nobody be told.
    pub(super) fn sessions(&mut self) {
        let charter = self.charter;
        let Some(accounts) = charter.purposes_of(PurposeKind::ManageAccount).next() else {
            return;
        };
        if charter.tracker(SESSION_TRACKER).is_some() {
            return;
        }
        let cite = Some((
            "Loi Informatique et Libertés, art. 82",
            "Loi Informatique et Libertés, art. 82",
        ));
        let fr = format!("Un compte garde connecté par un cookie : déclarez [tracker.{SESSION_TRACKER}].");
        let en = format!("An account keeps signed in by a cookie: declare [tracker.{SESSION_TRACKER}].");
        self.add(
            Level::Error,
            "account.no-session-tracker",
            &accounts.rule,
            cite,
            fr,
            en,
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::Charter;

    #[test]
    fn accounts_without_their_cookie_are_no_law() {
        let careers = include_str!("../../../../charters/careers.toml");
        let rules = |text: &str| {
            let found = Charter::parse(text).unwrap().check();
            let rules = found.iter().map(|finding| finding.rule);
            rules.filter(|rule| *rule == "account.no-session-tracker").count()
        };
        assert_eq!(rules(careers), 0);
        assert_eq!(
            rules(&careers.replace("[tracker.vivier_session]", "[tracker.other]")),
            1
        );
    }
}
