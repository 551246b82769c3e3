//! Owns: what accounts must do on both engines, through the door: passwords, recovery, limits, sessions, invitations.
//! Doesn't own: pages.

mod doors;
mod factors;
mod passkeys;

use kernel::{Clock, Id, Locale, Rng, Timestamp, Zone};
use storage::{Location, site_test, sql};
use vault::{DossierId, LookupKind};

use super::*;
use crate::{
    Actor, Error, Filed, Guard, Nature, Person, Settings, Shown, Staff,
    testing::{self, CAREERS},
};

const WORDS: &str = "seven grey herons over Nantes";
const OTHER_WORDS: &str = "quiet gravel under the viaduct";
const ADDRESS: &str = "camille@staff.example";

struct Case {
    guard: Guard,
    clock: Clock,
    _folder: tempfile::TempDir,
}

async fn case(at: Location) -> Case {
    case_under(at, CAREERS).await
}

async fn case_under(at: Location, charter: &str) -> Case {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::manual(Timestamp::parse("2026-11-21T09:00:00Z").unwrap());
    let settings = Settings {
        smtp: None,
        ..testing::settings(folder.path(), &at, &clock)
    };
    crate::open::make_master_key(&settings.master_key, &Rng::seeded(7)).unwrap();
    let guard = Guard::found(settings, Nature::Demo, charter, Locale::Fr)
        .await
        .unwrap();
    Case {
        guard,
        clock,
        _folder: folder,
    }
}

fn caller(address: &str) -> Caller {
    Caller {
        address: address.parse().unwrap(),
        device: Device::of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
        known: None,
    }
}

fn letter(link: &LinkToken) -> Letter {
    Letter {
        fields: vec!["email"],
        subject: "A link".to_owned(),
        body: link.secret().to_owned(),
    }
}

fn chosen(text: &str) -> ChosenPassword<'_> {
    ChosenPassword { text, address: None }
}

impl Case {
    /// Chooses a password by a link, from an address of its own.
    async fn choose(&self, link: &str, password: &str) -> Result<AccountKind, Error> {
        let done = self
            .guard
            .choose_password(link, chosen(password), &caller("203.0.113.77"))
            .await;
        done.map(|(kind, _)| kind)
    }

    async fn add(&self, role: &str, email: &str) -> Id<Staff> {
        let new = NewStaff {
            role,
            given_name: "Camille",
            family_name: "Exemple",
            email,
            password: WORDS,
        };
        self.guard.add_staff(new).await.unwrap()
    }

    async fn enter(&self, email: &str, password: &str, caller: &Caller) -> Result<SignedIn, Error> {
        self.guard
            .sign_in(AccountKind::Staff, email, password, caller)
            .await
    }

    async fn actor(&self, cookie: &str) -> Actor {
        self.guard.actor_of_session(cookie).await.unwrap()
    }

    async fn admin(&self) -> (Actor, SessionToken) {
        self.add("admin", "admin@staff.example").await;
        let entered = self
            .enter("admin@staff.example", WORDS, &caller("192.0.2.9"))
            .await
            .unwrap();
        (self.actor(entered.session.secret()).await, entered.session)
    }

    /// A candidate whose mailbox it is, as a form would file them.
    async fn candidate(&self, email: &str) -> Id<Person> {
        let guard = &self.guard;
        let id: DossierId = guard.id();
        let hash = guard.vault.blind(LookupKind::Email, email);
        let key = guard
            .vault
            .make_keys(&[id], &[(id, LookupKind::Email, hash)])
            .await
            .unwrap()
            .remove(0);
        let filed = Filed {
            key,
            person: id.cast(),
        };
        let mut tx = guard.begin().await.unwrap();
        guard
            .file_dossiers(
                &mut tx,
                &[&filed],
                "apply",
                &guard.charter(),
                &[charter::Trigger::LastContact],
            )
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id.cast()
    }

    /// The newest link that was mailed: the demo keeps its mails.
    async fn mailed(&self) -> String {
        let mails = self.guard.demo_mails(1).await.unwrap();
        let body = serde_json::to_value(&mails[0].body).unwrap();
        body.as_str().unwrap().to_owned()
    }

    async fn count(&self, statement: &'static str) -> i64 {
        let row = sql(statement).one(&self.guard.db).await.unwrap();
        row.get("count").unwrap()
    }
}

site_test! {
    async fn an_account_holds_what_its_purpose_uses_and_no_more(at: Location) {
        let used = "fields = [\"credential\", \"language\"]";
        let [named, with_means] = ["\"given_name\", ", "\"credential\", "];
        assert!(CAREERS.contains(used));
        let without_means = CAREERS.replace(used, &used.replace(with_means, ""));
        let asks = "asks = [\"given_name\", \"family_name\", \"email\", \"password\"]";
        let reads = ["fields = [\"given_name\", \"family_name\", \"email\", \"language\"]",
            "fields = [\"given_name\", \"family_name\", \"email\"]", "fields = [\"given_name\", \"family_name\"]"];
        let without_names = reads.iter().chain([&asks]).fold(CAREERS.to_owned(), |text, list| {
            assert!(text.contains(list), "{list}");
            text.replace(list, &list.replace(named, ""))
        });
        let at = match at {
            Location::Postgres(_) => return,
            sqlite => sqlite,
        };
        for (charter, field) in [(without_means, "credential"), (without_names, "given_name")] {
            let case = case_under(at.clone(), &charter).await;
            let new = NewStaff {
                role: "recruiter",
                given_name: "Camille",
                family_name: "Exemple",
                email: "r@staff.example",
                password: WORDS,
            };
            let refused = case.guard.add_staff(new).await;
            let Err(Error::Refused(refusal)) = refused else { panic!("{field}: refused") };
            assert_eq!((refusal.clause.to_string().as_str(), refusal.subject.as_str()), ("purpose.staff_accounts", field));
        }
    }

    async fn a_password_is_long_and_not_the_first_that_anybody_would_try(at: Location) {
        let case = case(at).await;
        let long = "é".repeat(257);
        for (password, why) in [
            // Their own address, whose site it is: what anybody tries who knows them.
            (ADDRESS, WeakPassword::Common),
            ("CamilleStaffExample", WeakPassword::Common),
            ("careerscareerscareers", WeakPassword::Common),
            ("groupe exemple1", WeakPassword::Common),
            ("", WeakPassword::Short),
            ("short enough 4", WeakPassword::Short),
            ("passwordpassword", WeakPassword::Common),
            ("111111111111111", WeakPassword::Common),
            ("qwertyuiopasdfghjkl", WeakPassword::Common),
            (&long, WeakPassword::Long),
        ] {
            let refused = case.guard.hash_password(password, ADDRESS).await;
            assert!(matches!(refused, Err(Error::Weak(found)) if found == why), "{password}: {refused:?}");
        }
        // No rule of composition: words alone, spaces alone between them, any script.
        for password in [WORDS, "vivier-demo-exemple", "тихий гравий под мостом"] {
            assert!(case.guard.hash_password(password, ADDRESS).await.is_ok(), "{password}");
        }
        // The same letters, typed on another keyboard, are the same password.
        case.add("recruiter", ADDRESS).await;
        let (composed, decomposed) = ("h\u{e9}rons sur la Loire calme", "he\u{301}rons sur la Loire calme");
        let here = caller("192.0.2.1");
        let entered = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        let actor = case.actor(entered.session.secret()).await;
        case.guard.change_password(&actor, entered.session.secret(), WORDS, chosen(composed)).await.unwrap();
        assert!(case.enter(ADDRESS, decomposed, &here).await.is_ok());
    }

    async fn changing_a_password_asks_the_current_one_and_ends_the_other_sessions(at: Location) {
        let case = case(at).await;
        case.add("recruiter", ADDRESS).await;
        let here = caller("192.0.2.1");
        let kept = case.enter(ADDRESS, WORDS, &here).await.unwrap().session;
        let other = case.enter(ADDRESS, WORDS, &here).await.unwrap().session;
        let actor = case.actor(kept.secret()).await;
        let change = async |current: &str, new: &str| {
            case.guard.change_password(&actor, kept.secret(), current, chosen(new)).await
        };
        assert!(matches!(change(OTHER_WORDS, OTHER_WORDS).await, Err(Error::NotFound)));
        assert!(matches!(change(WORDS, "short").await, Err(Error::Weak(WeakPassword::Short))));
        assert_eq!(case.guard.sessions(&actor, kept.secret()).await.unwrap().len(), 2);
        change(WORDS, OTHER_WORDS).await.unwrap();
        assert!(case.actor(kept.secret()).await.staff().is_some());
        assert!(case.actor(other.secret()).await.staff().is_none());
        assert!(matches!(case.enter(ADDRESS, WORDS, &here).await, Err(Error::NotFound)));
        assert!(case.enter(ADDRESS, OTHER_WORDS, &here).await.is_ok());
    }

    async fn a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(at: Location) {
        let case = case(at).await;
        case.add("recruiter", ADDRESS).await;
        let here = caller("192.0.2.1");
        let open = case.enter(ADDRESS, WORDS, &here).await.unwrap();
        let device = open.device.unwrap();
        for nobody in ["nobody@staff.example", "not an address", ""] {
            assert_eq!(case.guard.send_recovery(AccountKind::Staff, nobody, &letter).await.unwrap(), 0);
        }
        assert_eq!(case.guard.send_recovery(AccountKind::Person, ADDRESS, &letter).await.unwrap(), 0);
        assert_eq!(case.guard.send_recovery(AccountKind::Staff, ADDRESS, &letter).await.unwrap(), 1);
        let first = case.mailed().await;
        case.clock.advance(1);
        case.guard.send_recovery(AccountKind::Staff, ADDRESS, &letter).await.unwrap();
        let second = case.mailed().await;
        assert_ne!(first, second);
        // Looking, and a password that isn't taken, leave it as it is.
        assert!(case.guard.password_link(&second).await.is_ok());
        assert!(matches!(case.choose(&second, "short").await, Err(Error::Weak(_))));
        assert_eq!(case.choose(&second, OTHER_WORDS).await.unwrap(), AccountKind::Staff);
        // It and the one before are used up, the session is over, the browser isn't known any more.
        for used in [&second, &first] {
            assert!(matches!(case.guard.password_link(used).await, Err(Error::NotFound)));
            assert!(matches!(case.choose(used, WORDS).await, Err(Error::NotFound)));
        }
        assert!(case.actor(open.session.secret()).await.staff().is_none());
        let known = Caller { known: Some(device.secret().to_owned()), ..here.clone() };
        assert!(case.enter(ADDRESS, OTHER_WORDS, &known).await.unwrap().device.is_some());
        // One that has ended.
        case.guard.send_recovery(AccountKind::Staff, ADDRESS, &letter).await.unwrap();
        let late = case.mailed().await;
        case.clock.advance(3_601);
        assert!(matches!(case.choose(&late, WORDS).await, Err(Error::NotFound)));
    }

    async fn a_thousand_wrong_passwords_keep_nobody_else_out(at: Location) {
        let case = case(at).await;
        case.add("recruiter", ADDRESS).await;
        case.add("recruiter", "other@staff.example").await;
        let (office, home) = (caller("192.0.2.1"), caller("198.51.100.7"));
        let entered = case.enter(ADDRESS, WORDS, &home).await.unwrap();
        let known = Caller { known: Some(entered.device.unwrap().secret().to_owned()), ..office.clone() };
        let (mut wrong, mut refused) = (0, 0);
        for nth in 0..1_000 {
            match case.enter(ADDRESS, &format!("wrong guess number {nth}"), &office).await {
                Err(Error::NotFound) => wrong += 1,
                Err(Error::TooOften { seconds }) => {
                    assert!((1..=60).contains(&seconds), "{seconds}");
                    refused += 1;
                }
                other => panic!("{:?}", other.err()),
            }
        }
        assert_eq!((wrong, refused), (10, 990));
        // The right one isn't heard from there either: else the refusals would tell when it is right.
        assert!(matches!(case.enter(ADDRESS, WORDS, &office).await, Err(Error::TooOften { .. })));
        // Its owner enters from elsewhere, from a known browser in the same office, and a colleague from there too.
        assert!(case.enter(ADDRESS, WORDS, &home).await.is_ok());
        assert!(case.enter(ADDRESS, WORDS, &known).await.is_ok());
        assert!(case.enter("other@staff.example", WORDS, &office).await.is_ok());
        // An address that nobody has is counted alike.
        for nth in 0..11 {
            let answer = case.enter("nobody@staff.example", WORDS, &office).await;
            assert_eq!(matches!(answer, Err(Error::NotFound)), nth < 10, "{nth}");
        }
        case.clock.advance(61);
        assert!(case.enter(ADDRESS, WORDS, &office).await.is_ok());
    }

    async fn guesses_from_everywhere_slow_strangers_down_and_not_the_owner_s_browser(at: Location) {
        let case = case(at).await;
        case.add("recruiter", ADDRESS).await;
        let home = caller("198.51.100.7");
        let device = case.enter(ADDRESS, WORDS, &home).await.unwrap().device.unwrap();
        let mut wrong = 0;
        for nth in 0..150 {
            let place = caller(&format!("2001:db8:{nth:x}::1"));
            wrong += u32::from(matches!(case.enter(ADDRESS, OTHER_WORDS, &place).await, Err(Error::NotFound)));
        }
        assert_eq!(wrong, 100);
        assert!(matches!(case.enter(ADDRESS, WORDS, &caller("203.0.113.5")).await, Err(Error::TooOften { .. })));
        let known = Caller { known: Some(device.secret().to_owned()), ..caller("203.0.113.5") };
        assert!(case.enter(ADDRESS, WORDS, &known).await.is_ok());
        // The mark of one account's browser is worth nothing at another's, nor is one made up.
        case.add("recruiter", "other@staff.example").await;
        let entered = case.enter("other@staff.example", WORDS, &known).await.unwrap();
        assert!(entered.device.is_some());
        // The mailbox is always a way in.
        assert!(case.guard.may_ask_for_mail(&caller("203.0.113.5")).await.is_ok());
        assert_eq!(case.guard.send_recovery(AccountKind::Staff, ADDRESS, &letter).await.unwrap(), 1);
        // Rows die.
        assert!(case.count("SELECT COUNT(*) AS count FROM limits").await > 100);
        case.clock.advance(200 * 60);
        case.guard.tend_once(true).await.unwrap();
        assert_eq!(case.count("SELECT COUNT(*) AS count FROM limits").await, 0);
    }

    async fn mails_that_anybody_may_ask_for_are_few(at: Location) {
        let case = case(at).await;
        let here = caller("192.0.2.1");
        for _ in 0..60 {
            case.guard.may_ask_for_mail(&here).await.unwrap();
        }
        assert!(matches!(case.guard.may_ask_for_mail(&here).await, Err(Error::TooOften { .. })));
        assert!(case.guard.may_ask_for_mail(&caller("192.0.2.2")).await.is_ok());
    }

    async fn a_candidate_enters_by_the_password_they_set_and_the_means_end_with_their_account(at: Location) {
        let case = case(at).await;
        let email = "elise@people.example";
        let person = case.candidate(email).await;
        let here = caller("192.0.2.1");
        let enter = async |password: &str| {
            case.guard.sign_in(AccountKind::Person, email, password, &here).await
        };
        assert!(matches!(enter(WORDS).await, Err(Error::NotFound)));
        let session = case.guard.begin_session(AccountKind::Person, person.cast(), here.device).await.unwrap();
        let actor = case.actor(session.secret()).await;
        assert!(!case.guard.has_password(&actor).await.unwrap());
        case.guard.change_password(&actor, session.secret(), "", chosen(WORDS)).await.unwrap();
        assert!(case.guard.has_password(&actor).await.unwrap());
        let entered = enter(WORDS).await.unwrap();
        assert_eq!(case.actor(entered.session.secret()).await.person(), Some(person));
        // Not at the door of the staff; and a second one asks for the first.
        assert!(matches!(case.enter(email, WORDS, &here).await, Err(Error::NotFound)));
        let again = case.guard.change_password(&actor, session.secret(), "", chosen(OTHER_WORDS)).await;
        assert!(matches!(again, Err(Error::NotFound)));
        assert_eq!(case.count("SELECT COUNT(*) AS count FROM dossiers WHERE purpose = 'candidate_account'").await, 1);
        // Its key gone, nothing of it opens.
        let row = sql("SELECT dossier FROM credentials WHERE account = $1").bind(person).one(&case.guard.db).await.unwrap();
        case.guard.vault.destroy(&[row.get("dossier").unwrap()]).await.unwrap();
        assert!(matches!(enter(WORDS).await, Err(Error::NotFound)));
    }

    async fn one_s_sessions_are_listed_and_ended(at: Location) {
        let case = case(at).await;
        case.add("recruiter", ADDRESS).await;
        let stranger = Actor::stranger();
        assert!(matches!(case.guard.sessions(&stranger, "").await, Err(Error::Forbidden)));
        let here = caller("192.0.2.1");
        let mut sessions = Vec::new();
        for _ in 0..3 {
            case.clock.advance(10);
            sessions.push(case.enter(ADDRESS, WORDS, &here).await.unwrap().session);
        }
        let cookie = sessions[2].secret();
        let actor = case.actor(cookie).await;
        let listed = case.guard.sessions(&actor, cookie).await.unwrap();
        assert_eq!(listed.iter().map(|session| session.current).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(listed[0].device, here.device);
        // Another's session is none of theirs.
        let (admin, admins) = case.admin().await;
        let end = async |actor: &Actor, cookie: &str, which| case.guard.end_own_sessions(actor, cookie, which).await;
        let foreign = end(&admin, admins.secret(), Ending::One(listed[1].id)).await;
        assert!(matches!(foreign, Err(Error::NotFound)));
        end(&actor, cookie, Ending::One(listed[2].id)).await.unwrap();
        assert!(case.actor(sessions[0].secret()).await.staff().is_none());
        assert!(case.actor(sessions[1].secret()).await.staff().is_some());
        end(&actor, cookie, Ending::Others).await.unwrap();
        assert!(case.actor(sessions[1].secret()).await.staff().is_none());
        assert!(case.actor(cookie).await.staff().is_some());
        end(&actor, cookie, Ending::All).await.unwrap();
        assert!(case.actor(cookie).await.staff().is_none());
        assert!(case.actor(admins.secret()).await.staff().is_some());
    }

    async fn the_day_a_session_was_used_on_is_kept(at: Location) {
        let case = case(at).await;
        case.add("recruiter", ADDRESS).await;
        case.clock.advance(10 * 3_600);
        let session = case.enter(ADDRESS, WORDS, &caller("192.0.2.1")).await.unwrap().session;
        case.clock.advance(6 * 3_600);
        let actor = case.actor(session.secret()).await;
        let listed = case.guard.sessions(&actor, session.secret()).await.unwrap();
        assert_eq!(listed[0].used_on.to_string(), "2026-11-22");
        assert_eq!(listed[0].made_at.date(&Zone::paris()).to_string(), "2026-11-21");
    }

    async fn a_colleague_is_invited_and_chooses_a_password_once(at: Location) {
        let case = case(at).await;
        let (admin, _) = case.admin().await;
        case.candidate("marie@people.example").await;
        let new = |email: &'static str| NewColleague { role: "recruiter", given_name: "Marie", family_name: "Exemple", email };
        let recruiter = {
            case.add("recruiter", ADDRESS).await;
            let entered = case.enter(ADDRESS, WORDS, &caller("192.0.2.1")).await.unwrap();
            case.actor(entered.session.secret()).await
        };
        for nobody in [&recruiter, &Actor::stranger()] {
            let refused = case.guard.invite(nobody, new("marie@staff.example"), &letter).await;
            assert!(matches!(refused, Err(Error::Forbidden)));
            assert!(matches!(case.guard.team(nobody).await, Err(Error::Forbidden)));
        }
        let taken = case.guard.invite(&admin, new(" Camille@staff.example "), &letter).await;
        assert!(matches!(taken, Err(Error::Taken)));
        assert!(matches!(case.guard.invite(&admin, new("marie"), &letter).await, Err(Error::Invalid(_))));
        // A candidate's address is as any other.
        let id = case.guard.invite(&admin, new("marie@people.example"), &letter).await.unwrap();
        let link = case.mailed().await;
        // Sent twice, it invites once.
        let twice = case.guard.invite(&admin, new("marie@people.example"), &letter).await;
        assert!(matches!(twice, Err(Error::TooOften { .. })));
        // Until she comes there is no way in: no password, no recovery, not even a demo's.
        assert_eq!(case.guard.send_recovery(AccountKind::Staff, "marie@people.example", &letter).await.unwrap(), 0);
        assert!(case.guard.demo_sign_in(id).await.is_err());
        let waiting = case.guard.team(&admin).await.unwrap();
        let waiting = waiting.iter().find(|member| member.id == id).unwrap();
        assert_eq!(waiting.state, TeamState::Invited);
        assert!(waiting.invited_until.is_some() && waiting.seen_at.is_none());
        assert_eq!(case.guard.password_link(&link).await.unwrap(), (AccountKind::Staff, PasswordLinkKind::Invitation));
        case.choose(&link, OTHER_WORDS).await.unwrap();
        assert!(matches!(case.choose(&link, WORDS).await, Err(Error::NotFound)));
        let entered = case.enter("marie@people.example", OTHER_WORDS, &caller("192.0.2.1")).await.unwrap();
        assert_eq!(case.actor(entered.session.secret()).await.role(), Some("recruiter"));
        // One that ended; one that was sent again.
        let late = case.guard.invite(&admin, new("late@staff.example"), &letter).await.unwrap();
        let old = case.mailed().await;
        case.clock.advance(8 * 86_400);
        assert!(matches!(case.choose(&old, WORDS).await, Err(Error::NotFound)));
        case.guard.invite_again(&admin, late, &letter).await.unwrap();
        let newer = case.mailed().await;
        assert!(case.choose(&newer, WORDS).await.is_ok());
        assert!(matches!(case.guard.invite_again(&admin, late, &letter).await, Err(Error::TooOften { .. } | Error::TooLate)));
    }

    async fn a_role_that_changes_or_ends_ends_what_was_open(at: Location) {
        let case = case(at).await;
        let (admin, cookie) = case.admin().await;
        let own = admin.staff().unwrap();
        let id = case.add("recruiter", ADDRESS).await;
        let here = caller("192.0.2.1");
        let enter = async || case.enter(ADDRESS, WORDS, &here).await.map(|entered| entered.session);
        let session = enter().await.unwrap();
        let token = crate::NewToken { staff: id, name: "a program", scopes: &[], ends_at: case.guard.now().plus_seconds(3_600) };
        let token = case.guard.make_api_token(token).await.unwrap();
        assert!(matches!(case.guard.change_role(&admin, own, "recruiter").await, Err(Error::Forbidden)));
        assert!(matches!(case.guard.end_account(&admin, own).await, Err(Error::Forbidden)));
        assert!(matches!(case.guard.change_role(&admin, id, "emperor").await, Err(Error::NotFound)));
        // The same role changes nothing.
        case.guard.change_role(&admin, id, "recruiter").await.unwrap();
        assert!(case.actor(session.secret()).await.staff().is_some());
        case.guard.change_role(&admin, id, "sales").await.unwrap();
        assert!(case.actor(session.secret()).await.staff().is_none());
        assert!(case.guard.bearer(token.secret()).await.unwrap().is_none());
        let session = enter().await.unwrap();
        assert_eq!(case.actor(session.secret()).await.role(), Some("sales"));
        case.guard.end_account(&admin, id).await.unwrap();
        assert!(case.actor(session.secret()).await.staff().is_none());
        assert!(matches!(enter().await, Err(Error::NotFound)));
        assert!(matches!(case.guard.end_account(&admin, id).await, Err(Error::NotFound)));
        assert_eq!(case.guard.send_recovery(AccountKind::Staff, ADDRESS, &letter).await.unwrap(), 0);
        let until = case.guard.until(&case.guard.db, id.cast()).await.unwrap().unwrap();
        assert_eq!(until.retention, "staff_account");
        assert!(case.actor(cookie.secret()).await.staff().is_some());
        // The address is free again.
        case.add("dpo", ADDRESS).await;
    }
}
