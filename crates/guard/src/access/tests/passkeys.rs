//! Owns: that a passkey is the second factor that a charter asks for, and that who leaves keeps no way in, on both
//! engines. Doesn't own: a browser's part; a device's answer is written here by hand (WebAuthn level 3, §6.5, without
//! attestation).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;
use storage::{Location, site_test};

use super::factors::strict;
use super::*;

const SITE: (&str, &str) = ("https://jobs.groupe.example", "Groupe");
/// SHA-256 of the site's host.
const HOST: [u8; 32] = [
    0x26, 0x79, 0x06, 0x87, 0x30, 0xe5, 0x87, 0x54, 0x0f, 0xe0, 0x40, 0x82, 0x8e, 0x68, 0xcf, 0x8a, 0x1e,
    0x5f, 0xad, 0x8f, 0x42, 0xab, 0xf1, 0x5c, 0xe2, 0x1d, 0xf1, 0xa6, 0x9f, 0xf8, 0xdd, 0x7c,
];
/// A point of the curve P-256: its generator (SEC 2, §2.4.2). Nothing is signed with it.
const X: &str = "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY";
const Y: &str = "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU";

/// What a device answers that makes a passkey of that id.
fn made(ceremony: &Ceremony, id: &[u8]) -> String {
    let challenge = ceremony.options["publicKey"]["challenge"].as_str().unwrap();
    let client =
        json!({ "type": "webauthn.create", "challenge": challenge, "origin": SITE.0, "crossOrigin": false });
    let point = |base64: &str| URL_SAFE_NO_PAD.decode(base64).unwrap();
    // ES256 on P-256, in COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32];
    key.extend(point(X));
    key.extend([0x22, 0x58, 32]);
    key.extend(point(Y));
    // Present, verified, with a credential; the counter is none, the maker isn't told.
    let mut data = HOST.to_vec();
    data.push(0x45);
    data.extend([0; 4 + 16]);
    data.extend(u16::try_from(id.len()).unwrap().to_be_bytes());
    data.extend(id);
    data.extend(key);
    let mut object = vec![0xa3];
    object.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x58");
    object.push(u8::try_from(data.len()).unwrap());
    object.extend(data);
    let id = URL_SAFE_NO_PAD.encode(id);
    json!({
        "id": id, "rawId": id, "type": "public-key",
        "response": {
            "attestationObject": URL_SAFE_NO_PAD.encode(object),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client.to_string()),
        },
    })
    .to_string()
}

impl Case {
    /// Adds a passkey to who is signed in; gives its id.
    pub(super) async fn passkey(&self, actor: &Actor, cookie: &str, id: &[u8]) -> Id<Credential> {
        let ceremony = self.guard.begin_passkey(actor, WORDS, SITE).await.unwrap();
        self.keep(actor, cookie, &ceremony, id).await.unwrap();
        self.guard.own_passkeys(actor).await.unwrap()[0].id
    }

    async fn keep(
        &self,
        actor: &Actor,
        cookie: &str,
        begun: &Ceremony,
        id: &[u8],
    ) -> Result<Option<SignedIn>, Error> {
        let answer = made(begun, id);
        let at = (cookie, SITE.0);
        self.guard
            .keep_passkey(actor, at, (&begun.state, &answer), &caller("192.0.2.1"))
            .await
    }
}

site_test! {
    async fn a_passkey_is_the_second_factor_that_a_charter_asks_for(at: Location) {
        let case = case_under(at, &strict()).await;
        case.add("admin", ADDRESS).await;
        let here = caller("192.0.2.1");
        let begun = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        let rival = case.enter(ADDRESS, WORDS, &here).await.unwrap().session;
        assert_eq!(begun.stage, Stage::Setup);
        let cookie = begun.session.secret();
        let halfway = case.actor(cookie).await;
        // The password was given just now: it isn't asked again. Another begins too, with the password alone.
        let ceremony = case.guard.begin_passkey(&halfway, "", SITE).await.unwrap();
        let late = case.actor(rival.secret()).await;
        let late_ceremony = case.guard.begin_passkey(&late, "", SITE).await.unwrap();
        let entered = case.keep(&halfway, cookie, &ceremony, b"a passkey of sixteen").await.unwrap().unwrap();
        assert!(entered.device.is_some(), "the browser is known from now on");
        let admin = case.actor(entered.session.secret()).await;
        assert_eq!(admin.role(), Some("admin"));
        assert_eq!(case.guard.own_passkeys(&admin).await.unwrap().len(), 1);
        // Every session that the password alone began is over, and what was begun in one leads nowhere.
        for session in [cookie, rival.secret()] {
            assert!(case.actor(session).await.halfway().is_none());
        }
        let second = case.keep(&late, rival.secret(), &late_ceremony, b"another passkey here").await;
        assert!(matches!(second, Err(Error::Forbidden)), "{:?}", second.err());
        assert_eq!(case.guard.own_passkeys(&admin).await.unwrap().len(), 1);
        // The password alone gets as far as the question for the passkey, sets nothing up, and no code is waited for.
        let begun = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        assert_eq!(begun.stage, Stage::Code);
        let halfway = case.actor(begun.session.secret()).await;
        assert!(!case.guard.takes_code(&halfway).await.unwrap());
        assert!(matches!(case.guard.begin_passkey(&halfway, WORDS, SITE).await, Err(Error::Forbidden)));
        assert!(matches!(case.guard.takes_code(&admin).await, Err(Error::Forbidden)));
        // Who is in gives the password again to add one.
        assert!(matches!(case.guard.begin_passkey(&admin, "", SITE).await, Err(Error::NotFound)));
        let ceremony = case.guard.begin_passkey(&admin, WORDS, SITE).await.unwrap();
        let kept = case.keep(&admin, entered.session.secret(), &ceremony, b"a second one, spare.").await.unwrap();
        assert!(kept.is_none(), "the session stays what it was");
        assert_eq!(case.guard.own_passkeys(&admin).await.unwrap().len(), 2);
    }

    async fn who_leaves_keeps_no_way_in(at: Location) {
        let case = case(at).await;
        let here = caller("192.0.2.1");
        let (leaver, stayer) = (case.candidate("leaver@people.example").await, case.candidate("stayer@people.example").await);
        let mut sessions = Vec::new();
        for person in [leaver, stayer] {
            let session = case.guard.begin_session(AccountKind::Person, person.cast(), here.device).await.unwrap();
            let actor = case.actor(session.secret()).await;
            case.guard.change_password(&actor, session.secret(), "", chosen(WORDS)).await.unwrap();
            let ceremony = case.guard.begin_passkey(&actor, WORDS, SITE).await.unwrap();
            case.keep(&actor, session.secret(), &ceremony, person.to_string().as_bytes()).await.unwrap();
            sessions.push(session);
        }
        let enter = async |email: &str| case.guard.sign_in(AccountKind::Person, email, WORDS, &here).await;
        assert!(enter("leaver@people.example").await.unwrap().device.is_some());
        let actor = case.actor(sessions[0].secret()).await;
        assert!(matches!(case.guard.end_ways_in(&Actor::stranger()).await, Err(Error::Forbidden)));
        case.guard.end_ways_in(&actor).await.unwrap();
        assert!(matches!(enter("leaver@people.example").await, Err(Error::NotFound)), "the password is gone");
        assert!(case.actor(sessions[0].secret()).await.person().is_none());
        assert!(!case.guard.has_password(&actor).await.unwrap());
        assert!(case.guard.own_passkeys(&actor).await.unwrap().is_empty());
        assert_eq!(case.count("SELECT COUNT(*) AS count FROM devices").await, 0);
        // Somebody else's stay.
        assert!(enter("stayer@people.example").await.is_ok());
        assert_eq!(case.guard.own_passkeys(&case.actor(sessions[1].secret()).await).await.unwrap().len(), 1);
        // Nobody on the staff leaves that way.
        let (admin, _) = case.admin().await;
        assert!(matches!(case.guard.end_ways_in(&admin).await, Err(Error::Forbidden)));
        // The mailbox opens the area again, and another password may be set.
        let session = case.guard.begin_session(AccountKind::Person, leaver.cast(), here.device).await.unwrap();
        let actor = case.actor(session.secret()).await;
        case.guard.change_password(&actor, session.secret(), "", chosen(OTHER_WORDS)).await.unwrap();
        let entered = case.guard.sign_in(AccountKind::Person, "leaver@people.example", OTHER_WORDS, &here).await;
        assert!(entered.is_ok());
    }
}
