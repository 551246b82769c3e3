//! Owns: what keeping must do on both engines: end what is due and nothing else, finish what a dying process left,
//! suspend and set apart as the charter says, ask and take the answer. Doesn't own: pages, a year of it (`app`).

use charter::vocabulary;
use kernel::{Clock, Date, Id};
use storage::{Location, PublicText, site_test, sql};
use vault::{DossierId, JournalKind};

use super::{erase::*, hold::HELD, renew::Answer, sweep::Stop, *};
use crate::{
    Actor, Error, Filed, Guard, Nature, Person, View,
    actor::Who,
    testing::{self, AGENCY, CAREERS},
};

const DAY: i64 = 86_400;

struct Case {
    guard: Guard,
    clock: Clock,
    _folder: tempfile::TempDir,
}

async fn site(at: Location, nature: Nature, charter: &str) -> Case {
    let (guard, clock, folder) = testing::found(&at, nature, charter).await;
    Case {
        guard,
        clock,
        _folder: folder,
    }
}

async fn demo(at: Location, charter: &str) -> Case {
    site(at, Nature::Demo, charter).await
}

impl Case {
    /// Somebody who applies: their identity and their application.
    async fn apply(&self) -> (Id<Person>, DossierId) {
        let person: Id<Person> = self.guard.id();
        let dossier = self.guard.id();
        self.open(person, &[person.cast(), dossier], "apply").await;
        (person, dossier)
    }

    /// Another dossier of the same person.
    async fn more(&self, person: Id<Person>, purpose: &str) -> DossierId {
        let dossier = self.guard.id();
        self.open(person, &[dossier], purpose).await;
        dossier
    }

    async fn open(&self, person: Id<Person>, ids: &[DossierId], purpose: &str) {
        let guard = &self.guard;
        let keys = guard.vault.make_keys(ids, &[]).await.unwrap();
        let filed: Vec<Filed> = keys.into_iter().map(|key| Filed { key, person }).collect();
        let filed: Vec<&Filed> = filed.iter().collect();
        let events = [
            Trigger::Collected,
            Trigger::Submitted,
            Trigger::LastContact,
            Trigger::LastActivity,
        ];
        let mut tx = guard.begin().await.unwrap();
        guard
            .file_dossiers(&mut tx, &filed, purpose, &guard.charter(), &events)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn happened(&self, dossier: DossierId, event: Trigger) {
        let mut tx = self.guard.begin().await.unwrap();
        self.guard
            .happened(&mut tx, dossier, event, self.guard.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// To the first second of a day in Paris.
    fn to(&self, day: &str) {
        let then = Date::parse(day).unwrap().start(&self.guard.zone);
        self.clock
            .advance((then.as_millis() - self.guard.now().as_millis()) / 1_000);
    }

    async fn sweep(&self) -> u64 {
        self.guard.sweep(self.guard.now()).await.unwrap().erased
    }

    async fn is_there(&self, dossier: DossierId) -> bool {
        let row = self.guard.is_filed(dossier).await.unwrap();
        let key = !self.guard.vault.active(&[dossier]).await.unwrap().is_empty();
        assert_eq!(row, key, "row and key go together");
        row
    }

    async fn last_day(&self, dossier: DossierId) -> String {
        let until = self.guard.until(&self.guard.db, dossier).await.unwrap();
        until.unwrap().last_day().date(&self.guard.zone).to_string()
    }

    fn staff(&self, role: &str, human: bool) -> Actor {
        let (id, role) = (self.guard.id(), role.to_owned());
        Actor::new(Who::Staff { id, role, human })
    }

    fn person(&self, person: Id<Person>) -> Actor {
        Actor::new(Who::Person(vec![person]))
    }

    /// Every table in which a row ends with one of these dossiers, with how many still do.
    async fn left(&self, dossiers: &[DossierId]) -> Vec<(&'static str, usize)> {
        let mut left = Vec::new();
        for table in crate::holdings::HOUSE.iter().flat_map(|holdings| holdings.tables) {
            for column in table.ends {
                let rows = sql("SELECT 1 AS one FROM ")
                    .then(table.name)
                    .then(" WHERE ")
                    .then(column)
                    .then(" IN ($list)")
                    .bind_list(dossiers.iter().copied())
                    .all(&self.guard.db)
                    .await
                    .unwrap();
                if !rows.is_empty() {
                    left.push((table.name, rows.len()));
                }
            }
        }
        left
    }
}

/// Applications may be held, and what a claim may need of them goes to an archive.
fn with_archive() -> String {
    let archive = "max = \"P12M\"\npromises = [\"A19\"]\nthen = \"archive\"\nhold = [\"legal_claim\"]\n\
        archive = { period = \"P5Y\", ref = \"code du travail, art. L1134-5\", fields = [\"vacancy\", \"decision\", \"status\"], readers = [\"dpo\"] }";
    let text = CAREERS.replacen("max = \"P12M\"\npromises = [\"A19\"]", archive, 1);
    assert_ne!(text, CAREERS);
    text
}

fn with_hold() -> String {
    let text = CAREERS.replacen(
        "max = \"P12M\"\npromises = [\"A19\"]",
        "max = \"P12M\"\npromises = [\"A19\"]\nhold = [\"legal_claim\"]",
        1,
    );
    assert_ne!(text, CAREERS);
    text
}

site_test! {
    async fn what_is_due_goes_on_its_day_with_everything_and_nothing_else_does(at: Location) {
        let case = demo(at, CAREERS).await;
        let (person, due) = case.apply().await;
        case.clock.advance(DAY);
        let (other, stays) = case.apply().await;
        assert_eq!(case.last_day(due).await, "2027-11-21");
        case.to("2027-11-21");
        case.clock.advance(DAY - 1);
        assert_eq!(case.sweep().await, 0, "the last day isn't over");
        case.clock.advance(1);
        assert_eq!(case.sweep().await, 2, "the application, and who nothing else is kept of");
        assert!(!case.is_there(due).await && !case.is_there(person.cast()).await);
        assert!(case.is_there(stays).await && case.is_there(other.cast()).await);
        assert_eq!(case.left(&[due, person.cast()]).await, []);
        let journal = case.guard.vault.journal_from(0, 10).await.unwrap();
        let subjects: Vec<_> = journal.iter().map(|row| (row.entry.kind, row.entry.subject)).collect();
        for gone in [due, person.cast()] {
            let subject = Some(case.guard.vault.subject(gone));
            assert!(subjects.contains(&(JournalKind::Erased, subject)));
        }
        assert_eq!(case.sweep().await, 0, "once");
    }

    async fn an_identity_lives_as_long_as_the_last_of_its_persons_dossiers(at: Location) {
        let case = demo(at, CAREERS).await;
        let (person, first) = case.apply().await;
        case.clock.advance(30 * DAY);
        let second = case.more(person, "apply_unsolicited").await;
        assert_eq!(case.last_day(person.cast()).await, case.last_day(second).await);
        case.happened(second, Trigger::Withdrawn).await;
        assert_eq!(case.last_day(second).await, "2027-01-21");
        assert_eq!(case.last_day(person.cast()).await, "2027-11-21", "the first again");
        case.to("2027-01-22");
        assert_eq!(case.sweep().await, 1);
        assert!(case.is_there(first).await && case.is_there(person.cast()).await && !case.is_there(second).await);
        let account = case.more(person, "candidate_account").await;
        case.to("2027-11-22");
        assert_eq!(case.sweep().await, 1);
        assert!(case.is_there(account).await && case.is_there(person.cast()).await);
        case.happened(account, Trigger::LastActivity).await;
        case.to("2028-11-23");
        assert_eq!(case.sweep().await, 2);
        assert_eq!(case.left(&[person.cast(), first, second, account]).await, []);
    }

    async fn what_a_dying_process_left_half_erased_is_finished(at: Location) {
        let case = demo(at, CAREERS).await;
        let (person, dossier) = case.apply().await;
        case.to("2027-11-22");
        // Dead between the keys and the rows.
        case.guard.vault.destroy(&[dossier, person.cast()]).await.unwrap();
        assert_eq!(case.sweep().await, 2);
        assert_eq!(case.left(&[dossier, person.cast()]).await, []);

        let (person, dossier) = case.apply().await;
        let actor = case.person(person);
        let erasures = case.guard.erase_own(&actor).await.unwrap();
        // Dead in the middle: one dossier gone, the decision stands.
        case.guard.erase_dossiers(&[dossier], Why::Asked).await.unwrap();
        case.guard.carry_out(erasures[0]).await.unwrap();
        let again = case.guard.carry_out(erasures[0]).await.unwrap();
        assert_eq!(again.kept, 0);
        assert!(case.guard.erasure(erasures[0]).await.unwrap().done_at.is_some());
        assert_eq!(case.left(&[dossier, person.cast()]).await, []);
    }

    async fn a_hold_suspends_the_end_and_restricts_from_then_on(at: Location) {
        let case = demo(at, &with_hold()).await;
        let (person, dossier) = case.apply().await;
        let (dpo, recruiter) = (case.staff("dpo", true), case.staff("recruiter", true));
        let claim = vocabulary::Hold::LegalClaim;
        let until = Date::parse("2028-01-31").unwrap();
        for (actor, kind, reference, day, why) in [
            (&recruiter, claim, "RG 27/1", until, "not the recruiter's"),
            (&case.staff("dpo", false), claim, "RG 27/1", until, "no program's"),
            (&dpo, vocabulary::Hold::Dispute, "RG 27/1", until, "the charter declares none"),
            (&dpo, claim, "Mme Durand, voir note", until, "no reference"),
            (&dpo, claim, "", until, "no reference at all"),
            (&dpo, claim, "RG 27/1", Date::parse("2026-11-20").unwrap(), "past"),
        ] {
            assert!(case.guard.place_hold(actor, dossier, kind, reference, day).await.is_err(), "{why}");
        }
        let hold = case.guard.place_hold(&dpo, dossier, claim, "RG 27/1", until).await.unwrap();
        let permit = case.guard.permit(&recruiter, &[charter::PurposeKind::Apply]).unwrap();
        assert!(case.guard.reaches(&permit, dossier).await.unwrap(), "used as before until it is due");
        case.to("2027-11-22");
        let swept = case.guard.sweep(case.guard.now()).await.unwrap();
        assert_eq!((swept.erased, swept.restricted), (0, 1));
        assert!(!case.guard.reaches(&permit, dossier).await.unwrap(), "restricted");
        assert_eq!(case.guard.dossier(&case.guard.db, dossier).await.unwrap().restricted.as_deref(), Some(HELD));
        assert!(case.is_there(person.cast()).await, "who it is about is held with it");
        assert_eq!(case.sweep().await, 0, "not looked at again before its end");
        case.guard.lift_hold(&dpo, hold).await.unwrap();
        assert!(matches!(case.guard.lift_hold(&dpo, hold).await, Err(Error::NotFound)));
        assert_eq!(case.sweep().await, 2);
        assert_eq!(case.left(&[dossier, person.cast()]).await, []);
        let kinds: Vec<_> = case.guard.vault.journal_from(0, 10).await.unwrap();
        let kinds: Vec<_> = kinds.iter().map(|row| row.entry.kind).collect();
        assert_eq!(kinds[..2], [JournalKind::Held, JournalKind::Lifted]);
    }

    async fn a_hold_that_ends_by_itself_ends_the_dossier(at: Location) {
        let case = demo(at, &with_hold()).await;
        let (person, dossier) = case.apply().await;
        let until = Date::parse("2028-01-31").unwrap();
        let claim = vocabulary::Hold::LegalClaim;
        case.guard.place_hold(&case.staff("dpo", true), dossier, claim, "RG 27/1", until).await.unwrap();
        // Its person's own wish waits for the hold too.
        let erasures = case.guard.erase_own(&case.person(person)).await.unwrap();
        let done = case.guard.carry_out(erasures[0]).await.unwrap();
        assert_eq!((done.erased, done.kept), (0, 1), "told that it stays, and the name with it");
        case.to("2028-01-31");
        assert_eq!(case.sweep().await, 0);
        case.to("2028-02-01");
        assert_eq!(case.sweep().await, 2);
        assert_eq!(case.left(&[dossier, person.cast()]).await, []);
    }

    async fn an_archive_keeps_few_items_for_few_readers_and_no_name(at: Location) {
        let case = demo(at, &with_archive()).await;
        let (person, dossier) = case.apply().await;
        case.to("2027-11-22");
        let swept = case.guard.sweep(case.guard.now()).await.unwrap();
        assert_eq!((swept.erased, swept.restricted), (1, 1), "the name goes, the decision stays");
        assert!(case.is_there(dossier).await && !case.is_there(person.cast()).await);
        let kinds = [charter::PurposeKind::Apply];
        let recruiter = case.guard.permit(&case.staff("recruiter", true), &kinds).unwrap();
        assert!(!case.guard.reaches(&recruiter, dossier).await.unwrap());
        assert!(case.guard.read(&recruiter, View::One, &[dossier]).await.unwrap().key(dossier, "cv").is_err());
        case.to("2032-11-22");
        assert_eq!(case.sweep().await, 1);
        assert_eq!(case.left(&[dossier]).await, []);
    }

    async fn a_clock_that_can_t_be_right_waits_for_a_human_on_a_real_site(at: Location) {
        let case = site(at, Nature::Real, CAREERS).await;
        case.guard.sequence_ledger().await.unwrap();
        case.sweep().await;
        let stopped = async || case.guard.sweep(case.guard.now()).await.unwrap().stopped;
        assert_eq!(stopped().await, None);
        case.clock.advance(-3_600);
        assert_eq!(stopped().await, Some(Stop::ClockBehind));
        case.clock.advance(3_600 + 3 * DAY);
        assert_eq!(stopped().await, Some(Stop::ClockAhead));
        assert_eq!(stopped().await, Some(Stop::ClockAhead), "looking alone doesn't make it right");
        assert_eq!(case.guard.sweep_stopped().await.unwrap(), Some(Stop::ClockAhead));
        for actor in [case.staff("recruiter", true), case.staff("dpo", false)] {
            assert!(matches!(case.guard.confirm_sweep(&actor).await, Err(Error::Forbidden)));
        }
        case.guard.confirm_sweep(&case.staff("dpo", true)).await.unwrap();
        assert_eq!(stopped().await, None);
        assert!(matches!(case.guard.confirm_sweep(&case.staff("dpo", true)).await, Err(Error::TooLate)));

        for _ in 0..51 {
            case.apply().await;
        }
        // Day by day, so that nothing else is unusual.
        for _ in 0..366 {
            case.clock.advance(DAY);
            let swept = case.guard.sweep(case.guard.now()).await.unwrap();
            if swept.stopped.is_some() {
                assert_eq!((swept.stopped, swept.erased), (Some(Stop::TooMany), 0));
                case.guard.confirm_sweep(&case.staff("dpo", true)).await.unwrap();
                assert_eq!(case.sweep().await, 102);
                return;
            }
            assert_eq!(swept.erased, 0);
        }
        panic!("it never waited");
    }

    async fn month_twelve_asks_and_month_thirteen_erases(at: Location) {
        let case = demo(at, AGENCY).await;
        let (silent, unanswered) = case.apply().await;
        let (_, kept) = case.apply().await;
        let (declining, declined) = case.apply().await;
        assert_eq!(case.last_day(kept).await, "2027-12-21");
        case.to("2027-11-21");
        assert_eq!(case.guard.ask_renewals().await.unwrap(), 0);
        case.to("2027-11-22");
        assert_eq!(case.guard.ask_renewals().await.unwrap(), 3, "of applications, not of names");
        assert_eq!(case.guard.ask_renewals().await.unwrap(), 0, "once");
        let token = async |dossier: DossierId| {
            let mut tx = case.guard.begin().await.unwrap();
            let end = case.guard.until(&mut tx, dossier).await.unwrap().unwrap().at;
            let token = case.guard.make_renewal(&mut tx, dossier, end).await.unwrap();
            tx.commit().await.unwrap();
            token.secret().to_owned()
        };
        let (yes, no) = (token(kept).await, token(declined).await);
        let forged: String = yes.chars().rev().collect();
        for bad in [forged.as_str(), "", "../etc"] {
            assert!(matches!(case.guard.renewal(bad).await, Err(Error::NotFound)));
        }
        let answered = case.guard.answer_renewal(&yes, Answer::Keep).await.unwrap();
        assert_eq!(answered.until.unwrap().last_day().date(&case.guard.zone).to_string(), "2028-12-22");
        assert!(matches!(case.guard.answer_renewal(&yes, Answer::Erase).await, Err(Error::TooLate)), "replayed");
        assert!(case.guard.renewal(&yes).await.unwrap().answered.is_some());
        case.guard.answer_renewal(&no, Answer::Erase).await.unwrap();
        let erasure = sql("SELECT id FROM erasures").one(&case.guard.db).await.unwrap();
        case.guard.carry_out(erasure.get("id").unwrap()).await.unwrap();
        assert!(!case.is_there(declined).await && !case.is_there(declining.cast()).await);
        assert!(matches!(case.guard.renewal(&no).await, Err(Error::NotFound)), "nothing is asked about what is gone");
        case.to("2027-12-21");
        assert_eq!(case.sweep().await, 0);
        case.to("2027-12-22");
        assert_eq!(case.sweep().await, 2, "silence");
        assert!(!case.is_there(unanswered).await && !case.is_there(silent.cast()).await);
        case.to("2028-11-23");
        assert_eq!(case.guard.ask_renewals().await.unwrap(), 1, "asked again a year later");
        let row = sql("SELECT retention FROM clocks WHERE dossier = $1").bind(kept).one(&case.guard.db).await.unwrap();
        assert_eq!(&*row.get::<PublicText, _>("retention").unwrap(), "application");
    }

    async fn in_their_area_a_person_answers_what_is_asked_of_them_and_nothing_else(at: Location) {
        let case = demo(at, AGENCY).await;
        let (person, dossier) = case.apply().await;
        let (other, theirs) = case.apply().await;
        let (me, stranger) = (case.person(person), case.person(other));
        assert!(case.guard.renewals_of(&me).await.unwrap().is_empty());
        case.to("2027-11-22");
        case.guard.ask_renewals().await.unwrap();
        assert_eq!(case.guard.renewals_of(&me).await.unwrap().len(), 1);
        let refused = case.guard.answer_own_renewal(&stranger, dossier, Answer::Keep).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        case.guard.answer_own_renewal(&me, dossier, Answer::Keep).await.unwrap();
        assert!(case.guard.renewals_of(&me).await.unwrap().is_empty());
        assert!(case.guard.renewals_of(&stranger).await.unwrap().iter().all(|one| one.dossier == theirs));
    }
}
