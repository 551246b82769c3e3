//! What backups must do on both engines: add what is new, show what was meddled with, restore what was there and
//! nothing that was erased, into either engine.

mod case;
mod copies;
mod meddled;
mod window;

use case::{Case, Row, rows};
use charter::Trigger;
use storage::{Engine, Location, site_test, sql, testing::TestDb};
use vault::{JournalEntry, JournalKind};

use super::*;
use crate::{
    AccountKind, Actor, Error, Guard,
    send::{MailState, NewMail},
    testing,
};

/// What restoring changes: mails wait, nobody is let in, and what is noted about it.
const CHANGED: [&str; 8] = [
    "mails",
    "sessions",
    "password_links",
    "ceremonies",
    "once",
    "api_tokens",
    "backups",
    "ledger_queue",
];

site_test! {
    async fn a_backup_adds_what_is_new(at: Location) {
        let case = Case::of(at, 300).await;
        let target = case.target("data");
        let first = case.guard.back_up(&target).await.unwrap();
        assert_eq!((first.files, first.added > first.bytes), (300, true));
        let again = case.guard.back_up(&target).await.unwrap();
        assert!(again.added * 100 < first.added * 4, "{} of {}", again.added, first.added);
        case.erase(7).await;
        let erased = case.guard.back_up(&target).await.unwrap();
        assert_eq!(erased.files, 299);
        assert!(erased.added * 100 <= first.added * 6, "{} of {}", erased.added, first.added);
        let found = verify(&case.settings(), &target).await.unwrap();
        assert_eq!((found.flaws.as_slice(), found.backups.len()), ([].as_slice(), 3));
        assert!(case.guard.backups_state().await.unwrap().is_in_order());
    }

    async fn what_is_restored_is_what_was_there_on_either_engine(at: Location) {
        let case = Case::of(at, 40).await;
        let target = case.target("data");
        case.guard.back_up(&target).await.unwrap();
        let before = rows(case.guard.db()).await;
        let case = case.close().await;
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let database = match engine {
                Engine::Sqlite => None,
                Engine::Postgres => Some(TestDb::create(engine).await),
            };
            let mut settings = case.settings_in(&format!("restored-{engine:?}"));
            settings.database = database.as_ref().map(|database| match database.location() {
                Location::Postgres(url) => url.clone(),
                Location::Sqlite(_) => unreachable!(),
            });
            let url = settings.database.clone();
            let restored = restore(settings, &target, None, &[]).await.unwrap();
            assert_eq!((restored.files, restored.erased, restored.held), (40, 0, 40));
            let mut settings = case.settings_in(&format!("restored-{engine:?}"));
            settings.database = url;
            let guard = Guard::open(settings).await.unwrap();
            let after = rows(guard.db()).await;
            let kept = |rows: &[Row]| -> Vec<Row> {
                let mut kept: Vec<Row> = rows.iter().filter(|(table, _)| !CHANGED.contains(&table.as_str())).cloned().collect();
                kept.sort();
                kept
            };
            assert_eq!(kept(&before), kept(&after), "{engine:?}");
            for nth in 0..40 {
                assert_eq!(case.file(&guard, nth).await, Some(Case::content(nth)), "{nth}");
            }
            guard.close().await;
        }
    }

    async fn a_backup_is_of_one_moment_while_others_write(at: Location) {
        let case = Case::of(at, 60).await;
        let target = case.target("data");
        let (guard, first) = (case.guard.clone(), case.dossiers[0]);
        let writing = async {
            for _ in 0..40 {
                let mut tx = guard.begin().await.unwrap();
                // Both or neither: what a copy in between would tear apart.
                for event in [Trigger::Decision, Trigger::ProcessEnd] {
                    guard.happened(&mut tx, first, event, guard.now()).await.unwrap();
                    tokio::task::yield_now().await;
                }
                tx.commit().await.unwrap();
                case.clock.advance(1);
            }
        };
        let (made, ()) = tokio::join!(case.guard.back_up(&target), writing);
        made.unwrap();
        drop(guard);
        let case = case.close().await;
        restore(case.settings_in("restored"), &target, None, &[]).await.unwrap();
        let restored = Guard::open(case.settings_in("restored")).await.unwrap();
        let moments = restored.moments(restored.db().into(), first).await.unwrap();
        let of = |event| moments.iter().find(|(known, _)| *known == event).map(|(_, at)| *at);
        assert_eq!(of(Trigger::Decision), of(Trigger::ProcessEnd));
    }

    async fn what_was_erased_or_withdrawn_since_stays_so(at: Location) {
        let case = Case::of(at, 10).await;
        let target = case.target("data");
        case.guard.back_up(&target).await.unwrap();
        case.clock.advance(3_600);
        case.erase(3).await;
        // Killed between the journal and the key: the key goes now.
        case.journal(4, JournalKind::Erased).await;
        case.journal(5, JournalKind::Withdrawn).await;
        case.journal(6, JournalKind::Objected).await;
        case.journal(7, JournalKind::Objected).await;
        case.journal(7, JournalKind::Lifted).await;
        let withdrawn_at = case.guard.now();
        case.clock.advance(3_600);
        let case = case.close().await;
        let restored = restore(case.settings_in("restored"), &target, None, &[]).await.unwrap();
        assert_eq!((restored.erased, restored.replayed, restored.files, restored.held), (2, 2, 8, 8));
        let guard = Guard::open(case.settings_in("restored")).await.unwrap();
        for nth in [3, 4] {
            let id = case.dossiers[nth];
            assert!(guard.vault.active(&[id]).await.unwrap().is_empty());
            assert_eq!(case.file(&guard, nth).await, None);
            let names = rows(guard.db()).await;
            let text = id.to_string();
            let left = names.iter().find(|(_, row)| row.windows(32).any(|part| part == text.as_bytes()));
            assert_eq!(left, None, "nothing of it is left");
        }
        let moments = guard.moments(guard.db().into(), case.dossiers[5]).await.unwrap();
        assert!(moments.contains(&(Trigger::Withdrawn, withdrawn_at)) && moments.contains(&(Trigger::LastContact, withdrawn_at)));
        let moments = guard.moments(guard.db().into(), case.dossiers[7]).await.unwrap();
        assert!(!moments.iter().any(|(event, _)| *event == Trigger::Objected));
        let last = guard.vault.journal_from(0, 500).await.unwrap().pop().unwrap();
        assert_eq!(last.entry.kind, JournalKind::Restored);
        assert!(guard.vault.verify_journal().await.unwrap().broken.is_none());
        assert_eq!(guard.vault.last_ledger_rows("restored", 1).await.unwrap().len(), 1);
    }

    async fn a_consent_withdrawn_an_objection_and_a_restriction_since_stay_so(at: Location) {
        let case = Case::of(at, 1).await;
        let mut people = Vec::new();
        for (purpose, consents) in [("apply", true), ("contact", false), ("apply", false), ("apply", false)] {
            people.push(case.add_person(purpose, consents).await);
        }
        let target = case.target("data");
        case.guard.back_up(&target).await.unwrap();
        case.clock.advance(3_600);
        let of = |nth: usize| (Actor::new(crate::actor::Who::Person(vec![people[nth].0])), people[nth].1);
        let (own, _) = of(0);
        let consent = case.guard.consents(&own).await.unwrap().remove(0);
        case.guard.withdraw_consent(&own, consent.id).await.unwrap();
        case.guard.object_to(&of(1).0, "contact").await.unwrap();
        case.guard.restrict_own(&of(2).0, None).await.unwrap();
        case.guard.restrict_own(&of(3).0, None).await.unwrap();
        case.guard.lift_own(&of(3).0, None).await.unwrap();
        case.clock.advance(3_600);
        let case = case.close().await;
        let restored = restore(case.settings_in("restored"), &target, None, &[]).await.unwrap();
        assert!(restored.replayed >= 3, "{}", restored.replayed);
        let guard = Guard::open(case.settings_in("restored")).await.unwrap();
        let standing = async |dossier| guard.dossier(guard.db(), dossier).await.unwrap().restricted;
        for (nth, why) in [(0, Some("consent")), (1, Some("objection")), (2, Some("request")), (3, None)] {
            assert_eq!(standing(people[nth].1).await.as_deref(), why, "{nth}");
        }
        let consent = guard.consents(&own).await.unwrap().remove(0);
        assert!(consent.withdrawn_at.is_some());
        assert!(matches!(guard.withdraw_consent(&own, consent.id).await, Err(Error::TooLate)));
        assert!(matches!(guard.object_to(&of(1).0, "contact").await, Err(Error::TooLate)));
    }

    async fn a_hold_placed_since_stands_and_one_lifted_since_does_not(at: Location) {
        let hold = "max = \"P12M\"\npromises = [\"A19\"]\nhold = [\"legal_claim\"]";
        let charter = case::CAREERS.replacen("max = \"P12M\"\npromises = [\"A19\"]", hold, 1);
        let case = Case::under(&charter, at, 1).await;
        let mut kept = Vec::new();
        for _ in 0..4 {
            kept.push(case.add_person("apply", false).await.1);
        }
        let target = case.target("data");
        let (dpo, day) = (case.protector(), kernel::Date::parse("2028-01-31").unwrap());
        let claim = charter::vocabulary::Hold::LegalClaim;
        let place = async |nth: usize| case.guard.place_hold(&dpo, kept[nth], claim, "RG 27/1", day).await.unwrap();
        let (lifted, stays) = (place(0).await, place(1).await);
        case.guard.back_up(&target).await.unwrap();
        case.clock.advance(3_600);
        case.guard.lift_hold(&dpo, lifted).await.unwrap();
        let since = place(2).await;
        // Placed and lifted, both since: it never was, as far as the backup knows.
        let passed = place(3).await;
        case.guard.lift_hold(&dpo, passed).await.unwrap();
        let case = case.close().await;
        let restored = restore(case.settings_in("restored"), &target, None, &[]).await.unwrap();
        assert_eq!(restored.replayed, 4, "one lifted, one placed, one both");
        let guard = Guard::open(case.settings_in("restored")).await.unwrap();
        let mut holds = guard.holds_on(&kept).await.unwrap();
        holds.sort_by_key(|hold| hold.placed_at);
        let standing: Vec<_> = holds.iter().map(|hold| (hold.id, hold.dossier, &*hold.reference)).collect();
        assert_eq!(standing, [(stays, kept[1], "RG 27/1"), (since, kept[2], "restored")]);
        assert_eq!((holds[1].kind, holds[1].until_at), (claim, day.plus_days(1).start(guard.zone())));
        // What is held isn't erased when it is due, and goes when the hold ends; the others went.
        for (day, left) in [("2027-11-23", vec![1, 2]), ("2028-02-01", vec![])] {
            case.clock.advance((kernel::Date::parse(day).unwrap().start(guard.zone()).as_millis() - guard.now().as_millis()) / 1_000);
            guard.sweep(guard.now()).await.unwrap();
            let known = guard.dossiers(&kept).await.unwrap();
            let there: Vec<usize> = (0..4).filter(|nth| known.contains_key(&kept[*nth])).collect();
            assert_eq!(there, left, "{day}");
        }
    }

    async fn mails_wait_and_everybody_signs_in_again(at: Location) {
        let case = Case::of(at, 3).await;
        let session = case.sign_in(AccountKind::Staff).await;
        let target = case.target("data");
        case.guard.back_up(&target).await.unwrap();
        let case = case.close().await;
        restore(case.settings_in("restored"), &target, None, &[]).await.unwrap();
        let case = case.open_in("restored").await;
        let guard = &case.guard;
        assert!(guard.actor_of_session(&session).await.is_ok_and(|actor| actor.staff().is_none()));
        let actor = case.admin().await;
        let held = guard.held_mails(&actor).await.unwrap();
        assert_eq!(held.len(), 3);
        let waiting = async |actor: &Actor| guard.held_mails_waiting(actor, 100).await.unwrap();
        assert_eq!((waiting(&actor).await, waiting(&Actor::stranger()).await), (Some(3), None));
        assert_eq!(guard.held_mails_waiting(&actor, 2).await.unwrap(), Some(2));
        let state = async |id| {
            let row = sql("SELECT state FROM mails WHERE id = $1").bind(id).one(guard.db()).await.unwrap();
            row.get::<MailState, _>("state").unwrap()
        };
        guard.release_held_mail(&actor, held[0].id, true).await.unwrap();
        guard.release_held_mail(&actor, held[1].id, false).await.unwrap();
        let again = guard.release_held_mail(&actor, held[1].id, true).await;
        assert!(matches!(again, Err(Error::TooLate)));
        let stranger = guard.release_held_mail(&crate::Actor::stranger(), held[2].id, true).await;
        assert!(matches!(stranger, Err(Error::Forbidden)));
        assert_eq!(state(held[0].id).await, MailState::Queued);
        assert_eq!(state(held[1].id).await, MailState::Sent);
        assert_eq!(state(held[2].id).await, MailState::Held);
        assert_eq!(waiting(&actor).await, Some(1));
        // Who said so is in the ledger, and the processor that may have received one counts as having.
        while guard.sequence_ledger().await.unwrap() > 0 {}
        let settled = guard.vault.last_ledger_rows("mail_settled", 5).await.unwrap();
        let bodies: Vec<serde_json::Value> = settled.iter().map(|row| serde_json::from_str(&row.entry.body).unwrap()).collect();
        assert!(bodies.len() == 2 && bodies.iter().all(|body| body["human"].is_string()), "{bodies:?}");
        let row = sql("SELECT COUNT(*) AS n FROM disclosures WHERE id = $1").bind(held[1].id).one(guard.db()).await.unwrap();
        assert_eq!(row.get::<i64, _>("n").unwrap(), 1);
    }

    async fn a_site_that_is_used_or_a_folder_that_is_not_empty_is_left_alone(at: Location) {
        let case = Case::of(at, 2).await;
        let target = case.target("data");
        let none = restore(case.settings_in("restored"), &target, None, &[]).await.err().unwrap();
        assert!(none.to_string().contains("stop `vivier serve`"), "{none}");
        case.guard.back_up(&target).await.unwrap();
        let case = case.close().await;
        let full = restore(case.settings(), &target, None, &[]).await.err().unwrap();
        assert!(full.to_string().contains("isn't empty"), "{full}");
        let none = restore(case.settings_in("restored"), &case.target("nowhere"), None, &[]).await;
        assert!(matches!(none, Err(Error::Backup(BackupError::None))));
        let unknown = restore(case.settings_in("restored"), &target, Some("0"), &[]).await;
        assert!(matches!(unknown, Err(Error::Backup(BackupError::Unknown(_)))));
        assert!(!case.settings_in("restored").folder.exists());
    }

    async fn a_drill_opens_what_today_s_keys_open(at: Location) {
        let case = Case::of(at, 12).await;
        let (data, keys) = (case.target("data"), case.target("keys"));
        let plan = Plan { to: data.clone(), keys, every: "P1D".parse().unwrap() };
        assert!(case.guard.back_up_by(&plan).await.unwrap());
        assert!(!case.guard.back_up_by(&plan).await.unwrap(), "made today already");
        case.erase(1).await;
        let drilled = case.guard.drill(&data).await.unwrap();
        assert!(drilled.failed.is_empty() && drilled.files > 3 && drilled.files < 12, "{drilled:?}");
        assert_eq!(case.guard.vault.last_ledger_rows("backup_drilled", 5).await.unwrap().len(), 2);
        let left = std::fs::read_dir(&case.settings().folder).unwrap();
        assert!(left.filter_map(Result::ok).all(|entry| !entry.file_name().to_string_lossy().starts_with("drill")));
        case.clock.advance(86_400);
        assert!(case.guard.back_up_by(&plan).await.unwrap());
        assert!(case.guard.backups_state().await.unwrap().is_in_order());
    }

    async fn where_backups_go_by_themselves_is_known_and_whose_disk_that_is(at: Location) {
        let (guard, ..) = testing::found(&at, crate::Nature::Demo, testing::AGENCY).await;
        let under = || guard.backups_under(&guard.charter());
        assert!(under().is_none());
        let every: kernel::Duration = "P1D".parse().unwrap();
        // The agency's charter wants the cloud's copy together with the original.
        for (to, at, often) in [("/mnt/backups", "hosting", Some(every)), ("s3://vv-backups/site", "backup_cloud", None)] {
            let plan = Plan { to: to.to_owned(), keys: "/mnt/keys".to_owned(), every };
            guard.plan.store(Some(std::sync::Arc::new(plan)));
            assert_eq!(under(), Some(charter::render::Backups { at: at.to_owned(), every: often }));
        }
    }

    async fn what_is_backed_up_by_itself_is_looked_over_whole_each_week(at: Location) {
        let case = Case::of(at, 2).await;
        let (data, keys) = (case.target("data"), case.target("keys"));
        let plan = Plan { to: data.clone(), keys, every: "P1D".parse().unwrap() };
        let first = case.guard.now();
        for _ in 0..7 {
            assert!(case.guard.back_up_by(&plan).await.unwrap());
            assert_eq!(case.data_looked_at().await, Some(first));
            case.clock.advance(86_400);
        }
        let first_in = |folder: std::path::PathBuf| std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
        let pack = first_in(first_in(std::path::Path::new(&data).join("packs")));
        std::fs::write(&pack, b"something else").unwrap();
        // The drill may stumble over it first; it is looked over all the same.
        drop(case.guard.back_up_by(&plan).await);
        assert_eq!(case.data_looked_at().await, Some(case.guard.now()));
        assert!(!case.guard.backups_state().await.unwrap().is_in_order(), "and what is wrong is told");
    }
}
