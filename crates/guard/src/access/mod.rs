//! Owns: recognising who acts: accounts and the means by which one is entered, sessions, links, tokens, staff. Doesn't
//! own: what they may do ([`crate::read`] and the charter), cookies (`web`).

mod address;
mod caller;
mod credentials;
mod factors;
mod joined;
mod limits;
mod links;
mod passkeys;
mod passwords;
mod recovery;
mod sessions;
mod staff;
mod team;
#[cfg(test)]
mod tests;
mod tokens;

pub use address::{AddressChange, AddressFlaw, Mailbox, NewAddress, PendingAddress, Proven};
pub use caller::{Browser, Caller, Device, System};
pub use credentials::{Account, AccountKind, Credential};
pub use factors::{Confirmed, Proposal, SecondFactor};
pub use joined::Joined;
pub(crate) use limits::USED_UP;
pub use links::LinkToken;
pub use passkeys::{Ceremony, OwnPasskey};
pub use passwords::{ChosenPassword, DeviceToken, MAX_PASSWORD, MIN_PASSWORD, SignedIn, WeakPassword};
pub use recovery::{Letter, PasswordLinkKind};
pub use sessions::{Ending, OwnSession, Session, SessionToken, Stage};
pub use staff::{Colleague, NewStaff};
pub use team::{NewColleague, TeamMember, TeamState};
pub use tokens::{ApiToken, Bearer, NewToken, Scope, TOKEN_DAYS, TOKENS, Token, TokenListed};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::Rng;

/// 32 random bytes as 43 characters that fit a URL, a header and a cookie.
pub(crate) fn random_token(rng: &Rng) -> String {
    URL_SAFE_NO_PAD.encode(rng.bytes::<32>())
}

/// Whether the text has the form of [`random_token`]: anything else is not looked up.
pub(crate) fn is_token(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod token_tests {
    use super::*;

    #[test]
    fn a_token_has_one_form() {
        let token = random_token(&Rng::seeded(1));
        assert!(is_token(&token), "{token}");
        assert!(!is_token("") && !is_token(&token[1..]) && !is_token(&format!("{}=", &token[1..])));
    }
}
