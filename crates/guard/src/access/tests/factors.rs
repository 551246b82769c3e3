//! Owns: what a second factor and a passkey must do on both engines, through the door. Doesn't own: a browser's part.

use charter::PurposeKind;
use storage::{Location, site_test};
use totp_rs::{Builder, Secret};

use super::*;

/// The careers charter, that asks two factors of who administers.
pub(super) fn strict() -> String {
    let window = "backup_window = \"P7D\"\n";
    assert!(CAREERS.contains(window));
    CAREERS.replace(window, &format!("{window}two_factors = [\"admin\"]\n"))
}

/// The next version of a charter, to apply from tomorrow on.
fn next_day(text: &str) -> String {
    let version = "version = 1\n";
    assert!(text.contains(version));
    let mut text = text.replace(version, "version = 2\n");
    let (start, rest) = text.split_once("effective = ").expect("a day");
    let (_, rest) = rest.split_once('\n').expect("its end");
    text = format!("{start}effective = 2026-11-22\n{rest}");
    text
}

fn text(shown: &Shown<String>) -> String {
    serde_json::to_value(shown).unwrap().as_str().unwrap().to_owned()
}

impl Case {
    /// What an app with that secret shows now.
    fn code(&self, secret: &str) -> String {
        let secret = Secret::try_from_base32(secret).unwrap();
        let totp = Builder::new()
            .with_secret(secret)
            .with_account_name("A")
            .build()
            .unwrap();
        let now = u64::try_from(self.guard.now().as_millis() / 1_000).unwrap();
        totp.generate(now).to_string()
    }

    /// Sets an app up; gives its secret and the codes on paper.
    async fn app(&self, actor: &Actor, cookie: &str, password: &str) -> (String, Confirmed) {
        self.guard.propose_app(actor, password).await.unwrap();
        let proposal = self
            .guard
            .proposed_app(actor, "Groupe: Exemple", "Desk")
            .await
            .unwrap()
            .unwrap();
        let secret = text(&proposal.secret);
        assert!(
            text(&proposal.uri).starts_with("otpauth://totp/Groupe%20%20Exemple:Desk?secret="),
            "{}",
            text(&proposal.uri)
        );
        assert!(proposal.side > 30 && text(&proposal.path).starts_with("M4 4h1v1h-1z"));
        let wrong = self
            .guard
            .confirm_app(actor, cookie, "000000", &caller("192.0.2.1"))
            .await;
        assert!(matches!(wrong, Err(Error::NotFound)));
        let code = self.code(&secret);
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        let confirmed = self
            .guard
            .confirm_app(actor, cookie, &spaced, &caller("192.0.2.1"))
            .await
            .unwrap();
        (secret, confirmed)
    }
}

site_test! {
    async fn a_role_that_the_charter_asks_two_factors_of_has_them(at: Location) {
        let case = case_under(at, &strict()).await;
        case.add("admin", ADDRESS).await;
        let here = caller("192.0.2.1");
        let begun = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        assert_eq!(begun.stage, Stage::Setup);
        assert!(begun.device.is_none(), "who isn't there yet isn't known");
        // The password alone is nobody.
        let halfway = case.actor(begun.session.secret()).await;
        assert_eq!(halfway.halfway(), Some(Stage::Setup));
        assert!(halfway.staff().is_none() && halfway.account().is_none() && halfway.role().is_none());
        assert!(matches!(case.guard.permit(&halfway, &[PurposeKind::ManageAccount]), Err(Error::Forbidden)));
        assert!(matches!(case.guard.team(&halfway).await, Err(Error::Forbidden)));
        let code = case.guard.give_code(&halfway, begun.session.secret(), "123456", &here).await;
        assert!(matches!(code, Err(Error::Forbidden)));
        let (secret, confirmed) = case.app(&halfway, begun.session.secret(), "").await;
        assert_eq!(confirmed.codes.len(), 10);
        let whole = confirmed.signed_in.unwrap().session;
        assert_eq!(case.actor(whole.secret()).await.role(), Some("admin"));
        assert!(case.actor(begun.session.secret()).await.halfway().is_none(), "the halfway session is over");
        // From now on a code is asked, each works once, and guessing ends soon.
        let begun = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        assert_eq!(begun.stage, Stage::Code);
        let cookie = begun.session.secret();
        let halfway = case.actor(cookie).await;
        assert!(matches!(case.guard.propose_app(&halfway, WORDS).await, Err(Error::Forbidden)));
        let give = async |code: &str| case.guard.give_code(&halfway, cookie, code, &here).await;
        assert!(matches!(give(&case.code(&secret)).await, Err(Error::NotFound)), "the first code was used to set it up");
        case.clock.advance(30);
        let code = case.code(&secret);
        let entered = give(&code).await.unwrap();
        assert!(entered.device.is_some());
        assert_eq!(case.actor(entered.session.secret()).await.role(), Some("admin"));
        let begun = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        let cookie = begun.session.secret();
        let halfway = case.actor(cookie).await;
        let give = async |code: &str| case.guard.give_code(&halfway, cookie, code, &here).await;
        assert!(matches!(give(&code).await, Err(Error::NotFound)), "nor twice");
        let paper = text(&confirmed.codes[3]);
        assert!(matches!(give(&paper[1..]).await, Err(Error::NotFound)));
        assert!(give(&paper.to_uppercase()).await.is_ok());
        let begun = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        let (cookie, halfway) = (begun.session.secret(), case.actor(begun.session.secret()).await);
        let mut answers = Vec::new();
        for _ in 0..12 {
            answers.push(case.guard.give_code(&halfway, cookie, &paper, &here).await.err());
        }
        assert!(matches!(answers[0], Some(Error::NotFound)), "a code on paper works once");
        assert!(matches!(answers[11], Some(Error::TooOften { .. })));
        // The owner's own browser isn't slowed down by who guesses at their codes.
        let known = Caller { known: Some(entered.device.unwrap().secret().to_owned()), ..here.clone() };
        case.clock.advance(60);
        let begun = case.enter(ADDRESS, WORDS, &known).await.unwrap();
        let halfway = case.actor(begun.session.secret()).await;
        let code = case.code(&secret);
        assert!(case.guard.give_code(&halfway, begun.session.secret(), &code, &known).await.is_ok());
        // Who is halfway has a quarter of an hour.
        let begun = case.enter(ADDRESS, WORDS, &known).await.unwrap();
        case.clock.advance(901);
        assert!(case.actor(begun.session.secret()).await.halfway().is_none());
    }

    async fn a_second_factor_is_chosen_replaced_and_taken_away(at: Location) {
        let case = case_under(at, &strict()).await;
        let id = case.add("recruiter", ADDRESS).await;
        let here = caller("192.0.2.1");
        let session = case.enter(ADDRESS, WORDS, &here).await.unwrap().session;
        let other = case.enter(ADDRESS, WORDS, &here).await.unwrap().session;
        let (actor, cookie) = (case.actor(session.secret()).await, session.secret());
        assert!(matches!(case.guard.propose_app(&actor, OTHER_WORDS).await, Err(Error::NotFound)));
        assert!(matches!(case.guard.new_codes(&actor, WORDS).await, Err(Error::Forbidden)));
        let (secret, confirmed) = case.app(&actor, cookie, WORDS).await;
        assert!(confirmed.signed_in.is_none());
        assert!(case.actor(cookie).await.staff().is_some());
        assert!(case.actor(other.secret()).await.staff().is_none(), "a password alone began it");
        let factor = case.guard.second_factor(&actor).await.unwrap().unwrap();
        assert!(factor.app && factor.codes == 10 && !factor.required);
        // New codes on paper replace the old.
        let codes = case.guard.new_codes(&actor, WORDS).await.unwrap();
        case.clock.advance(30);
        let begun = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        let (halfway, half) = (case.actor(begun.session.secret()).await, begun.session.secret());
        let old = case.guard.give_code(&halfway, half, &text(&confirmed.codes[0]), &here).await;
        assert!(matches!(old, Err(Error::NotFound)));
        assert!(case.guard.give_code(&halfway, half, &text(&codes[0]), &here).await.is_ok());
        // One whose password is chosen anew by mail still needs the code.
        case.guard.send_recovery(AccountKind::Staff, ADDRESS, &letter).await.unwrap();
        case.choose(&case.mailed().await, OTHER_WORDS).await.unwrap();
        let begun = case.enter(ADDRESS, OTHER_WORDS, &here).await.unwrap();
        assert_eq!(begun.stage, Stage::Code);
        let halfway = case.actor(begun.session.secret()).await;
        let entered = case.guard.give_code(&halfway, begun.session.secret(), &case.code(&secret), &here).await.unwrap();
        // Taken away by its owner, by the administrator.
        let actor = case.actor(entered.session.secret()).await;
        assert!(matches!(case.guard.remove_app(&actor, WORDS).await, Err(Error::NotFound)));
        case.guard.remove_app(&actor, OTHER_WORDS).await.unwrap();
        assert_eq!(case.enter(ADDRESS, OTHER_WORDS, &here).await.unwrap().stage, Stage::Whole);
        let entered = case.enter(ADDRESS, OTHER_WORDS, &here).await.unwrap();
        let actor = case.actor(entered.session.secret()).await;
        case.app(&actor, entered.session.secret(), OTHER_WORDS).await;
        assert!(matches!(case.guard.reset_factors(&actor, id).await, Err(Error::Forbidden)));
        case.add("admin", "admin@staff.example").await;
        let begun = case.enter("admin@staff.example", WORDS, &here).await.unwrap();
        let halfway = case.actor(begun.session.secret()).await;
        let (_, confirmed) = case.app(&halfway, begun.session.secret(), "").await;
        let admin = case.actor(confirmed.signed_in.unwrap().session.secret()).await;
        case.guard.reset_factors(&admin, id).await.unwrap();
        assert!(case.actor(entered.session.secret()).await.staff().is_none());
        assert_eq!(case.enter(ADDRESS, OTHER_WORDS, &here).await.unwrap().stage, Stage::Whole);
    }

    async fn a_factor_that_is_asked_since_today_is_asked_of_who_is_in(at: Location) {
        let case = case_under(at, CAREERS).await;
        let (admin, recruiter) = (case.add("admin", ADDRESS).await, case.add("recruiter", "other@staff.example").await);
        let dpo = case.add("dpo", "dpo@staff.example").await;
        let here = caller("192.0.2.1");
        let mut open = Vec::new();
        for email in [ADDRESS, "other@staff.example"] {
            open.push(case.enter(email, WORDS, &here).await.unwrap().session);
        }
        let token = async |staff| {
            let new = crate::NewToken { staff, name: "a program", scopes: &[], ends_at: case.guard.now().plus_seconds(7 * 86_400) };
            case.guard.make_api_token(new).await.unwrap()
        };
        let tokens = [token(admin).await, token(recruiter).await];
        let works = async |token: &crate::ApiToken| case.guard.bearer(token.secret()).await.unwrap().is_some();
        case.guard.activate(&next_day(&strict()), dpo, Locale::En).await.unwrap();
        assert!(works(&tokens[0]).await && case.actor(open[0].secret()).await.staff().is_some(), "not before its day");
        case.clock.advance(86_400 / 2);
        let again = case.enter("other@staff.example", WORDS, &here).await.unwrap().session;
        case.clock.advance(86_400 / 4);
        // From the demo's index page one comes in whatever is asked.
        let demo = case.guard.demo_sign_in(admin).await.unwrap();
        assert!(case.actor(demo.secret()).await.staff().is_some());
        // The password alone got the administrator in yesterday, and is nobody today; their program neither.
        let late = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        assert_eq!(late.stage, Stage::Setup);
        assert!(!works(&tokens[0]).await);
        assert!(works(&tokens[1]).await && case.actor(again.secret()).await.staff().is_some(), "of whom it isn't asked");
        let halfway = case.actor(late.session.secret()).await;
        let (_, confirmed) = case.app(&halfway, late.session.secret(), "").await;
        assert!(works(&tokens[0]).await, "its owner has a second factor now");
        let whole = confirmed.signed_in.unwrap().session;
        assert_eq!(case.actor(whole.secret()).await.role(), Some("admin"));
    }

    async fn the_last_factor_that_the_charter_asks_for_stays(at: Location) {
        let case = case_under(at, &strict()).await;
        case.add("admin", ADDRESS).await;
        let here = caller("192.0.2.1");
        let begun = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        let halfway = case.actor(begun.session.secret()).await;
        let (_, confirmed) = case.app(&halfway, begun.session.secret(), "").await;
        let session = confirmed.signed_in.unwrap().session;
        let admin = case.actor(session.secret()).await;
        let refused = case.guard.remove_app(&admin, WORDS).await;
        assert!(matches!(refused, Err(Error::LastFactor(clause)) if clause.to_string() == "security"));
        assert!(case.guard.second_factor(&admin).await.unwrap().unwrap().app, "nothing was taken");
        // With a passkey beside it either may go, and not both.
        let passkey = case.passkey(&admin, session.secret(), b"a passkey of sixteen").await;
        case.guard.remove_app(&admin, WORDS).await.unwrap();
        assert!(matches!(case.guard.remove_passkey(&admin, OTHER_WORDS, passkey).await, Err(Error::NotFound)), "the password is asked");
        assert!(matches!(case.guard.remove_passkey(&admin, WORDS, passkey).await, Err(Error::LastFactor(_))));
        let second = case.passkey(&admin, session.secret(), b"a second one, spare.").await;
        // Two who take one each at the same moment: one of them stays.
        let (a, b) = tokio::join!(
            case.guard.remove_passkey(&admin, WORDS, passkey),
            case.guard.remove_passkey(&admin, WORDS, second),
        );
        assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
        assert_eq!(case.guard.own_passkeys(&admin).await.unwrap().len(), 1);
    }

    async fn a_new_password_brings_no_new_guesses_at_the_code(at: Location) {
        let case = case_under(at, &strict()).await;
        case.add("admin", ADDRESS).await;
        let here = caller("192.0.2.1");
        let begun = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        let halfway = case.actor(begun.session.secret()).await;
        case.app(&halfway, begun.session.secret(), "").await;
        let mut heard = 0;
        for _ in 0..3 {
            case.guard.send_recovery(AccountKind::Staff, ADDRESS, &letter).await.unwrap();
            let link = case.mailed().await;
            case.clock.advance(1);
            let (_, device) = case.guard.choose_password(&link, chosen(WORDS), &here).await.unwrap();
            let known = Caller { known: Some(device.secret().to_owned()), ..here.clone() };
            let begun = case.enter(ADDRESS, WORDS, &known).await.unwrap();
            let halfway = case.actor(begun.session.secret()).await;
            for _ in 0..6 {
                let answer = case.guard.give_code(&halfway, begun.session.secret(), "000000", &known).await;
                heard += u32::from(matches!(answer, Err(Error::NotFound)));
            }
        }
        assert_eq!(heard, 10);
    }

    async fn a_made_up_passkey_opens_nothing(at: Location) {
        let case = case_under(at, CAREERS).await;
        case.add("recruiter", ADDRESS).await;
        case.add("recruiter", "other@staff.example").await;
        let here = caller("192.0.2.1");
        let session = case.enter(ADDRESS, WORDS, &here).await.unwrap().session;
        let actor = case.actor(session.secret()).await;
        let site = ("https://jobs.groupe.example", "Groupe");
        assert!(matches!(case.guard.begin_passkey(&Actor::stranger(), "", site).await, Err(Error::Forbidden)));
        assert!(matches!(case.guard.begin_passkey(&actor, OTHER_WORDS, site).await, Err(Error::NotFound)));
        let begun = case.guard.begin_passkey(&actor, WORDS, site).await.unwrap();
        let options = &begun.options["publicKey"];
        assert_eq!(options["rp"]["id"], "jobs.groupe.example");
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert!(!begun.options.to_string().contains("camille"), "the device is told no name");
        let made = r#"{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"attestationObject":"AAAA","clientDataJSON":"AAAA"}}"#;
        let keep = async |actor: &Actor, state: &str, answer: &str| case.guard.keep_passkey(actor, ("", site.0), (state, answer), &here).await;
        assert!(matches!(keep(&actor, &begun.state, "{}").await, Err(Error::Broken)));
        // Another's state, one used, one made up.
        let other = case.enter("other@staff.example", WORDS, &here).await.unwrap().session;
        let other = case.actor(other.secret()).await;
        assert!(matches!(keep(&other, &begun.state, made).await, Err(Error::NotFound)));
        let again = case.guard.begin_passkey(&actor, WORDS, site).await.unwrap();
        for state in [again.state.as_str(), again.state.as_str(), "", "AAAA"] {
            assert!(matches!(keep(&actor, state, made).await, Err(Error::NotFound)));
        }
        assert!(case.guard.own_passkeys(&actor).await.unwrap().is_empty());
        assert!(matches!(case.guard.remove_passkey(&actor, WORDS, case.guard.id()).await, Err(Error::NotFound)));
        let begun = case.guard.begin_entering(site.0, &here).await.unwrap();
        assert_eq!(begun.options["publicKey"]["userVerification"], "required");
        assert!(begun.options.get("mediation").is_none());
        let answer = r#"{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"authenticatorData":"AAAA","clientDataJSON":"AAAA","signature":"AAAA","userHandle":"AAAAAAAAAAAAAAAAAAAAAA"}}"#;
        for state in [begun.state.as_str(), begun.state.as_str(), ""] {
            let entered = case.guard.enter_by_passkey(site.0, (state, answer), &here).await;
            assert!(matches!(entered, Err(Error::NotFound)));
        }
        assert!(matches!(case.guard.enter_by_passkey(site.0, ("", "no json"), &here).await, Err(Error::Broken)));
        for _ in 0..59 {
            case.guard.begin_entering(site.0, &here).await.unwrap();
        }
        assert!(matches!(case.guard.begin_entering(site.0, &here).await, Err(Error::TooOften { .. })));
        case.clock.advance(400);
        case.guard.tend_once(true).await.unwrap();
        assert_eq!(case.count("SELECT COUNT(*) AS count FROM ceremonies").await, 0);
    }
}
