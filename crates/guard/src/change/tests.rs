//! Owns: what versions must do on both engines: apply from their day on in every process of a site, be withdrawn before
//! it, stay as they were activated whatever becomes of the file. Doesn't own: pages.

use kernel::{Clock, Date, Id, Locale, Rng, Timestamp};
use storage::{Location, PublicText, site_test, sql};
use vault::DossierId;

use super::*;
use crate::{
    Filed, Nature, NewStaff, Person, Settings,
    actor::Who,
    testing::{self, CAREERS},
};

const MORNING: &str = "2026-11-21T08:00:00Z";

/// Two processes of one site, and its folder.
struct Case {
    one: Guard,
    two: Guard,
    /// Who is charged with data protection.
    dpo: Id<Staff>,
    clock: Clock,
    folder: tempfile::TempDir,
}

async fn case(at: Location) -> Case {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::manual(Timestamp::parse(MORNING).unwrap());
    let settings = |seed| Settings {
        smtp: None,
        rng: Rng::seeded(seed),
        ..testing::settings(folder.path(), &at, &clock)
    };
    crate::open::make_master_key(&settings(7).master_key, &Rng::seeded(7)).unwrap();
    let one = Guard::found(settings(7), Nature::Demo, CAREERS, Locale::En)
        .await
        .unwrap();
    let two = Guard::open(settings(8)).await.unwrap();
    let dpo = add(&one, "dpo").await;
    Case {
        one,
        two,
        dpo,
        clock,
        folder,
    }
}

async fn add(guard: &Guard, role: &str) -> Id<Staff> {
    let new = NewStaff {
        role,
        given_name: "Dominique",
        family_name: "Exemplaire",
        email: &format!("{role}@staff.example"),
        password: "four invented words here",
    };
    guard.add_staff(new).await.unwrap()
}

impl Case {
    fn write(&self, text: &str) {
        std::fs::write(self.folder.path().join("sites/site/charter.toml"), text).unwrap();
    }

    /// Writes the next version, to apply from that day at the earliest; gives its digest.
    async fn propose(&self, effective: &str) -> String {
        self.write(&next(effective));
        let draft = self.one.watch_once().await.unwrap().unwrap();
        assert!(draft.read.is_ok());
        draft.digest.to_string()
    }

    async fn kinds(&self) -> Vec<String> {
        let rows = sql("SELECT kind, body FROM ledger_queue ORDER BY id")
            .all(&self.one.db)
            .await
            .unwrap();
        let kind = |row: &storage::Row| row.get::<PublicText, _>("kind").unwrap().into_string();
        rows.iter()
            .map(kind)
            .filter(|kind| kind.starts_with("charter_"))
            .collect()
    }

    fn both(&self) -> [u32; 2] {
        [&self.one, &self.two].map(|guard| guard.charter().version())
    }
}

/// Applications are kept longer.
fn next(effective: &str) -> String {
    let text = CAREERS
        .replacen("version = 1", "version = 2", 1)
        .replacen("effective = 2026-09-01", &format!("effective = {effective}"), 1)
        .replacen("authority = \"PT72H\"", "authority = \"PT48H\"", 1);
    assert_eq!(text.lines().count(), CAREERS.lines().count());
    text
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn actor(guard: &Guard, role: &str, human: bool) -> Actor {
    let (id, role) = (guard.id(), role.to_owned());
    Actor::new(Who::Staff { id, role, human })
}

/// Opens a dossier as a form does, and gives the version that its row and its clock bear.
async fn file(guard: &Guard) -> (i64, i64) {
    let id = file_one(guard).await;
    let version = |text| sql(text).bind(id).one(&guard.db);
    let dossier = version("SELECT charter_version FROM dossiers WHERE id = $1")
        .await
        .unwrap();
    let clock = version("SELECT charter_version FROM clocks WHERE dossier = $1")
        .await
        .unwrap();
    (
        dossier.get("charter_version").unwrap(),
        clock.get("charter_version").unwrap(),
    )
}

async fn file_one(guard: &Guard) -> DossierId {
    let id: DossierId = guard.id();
    let key = guard.vault.make_keys(&[id], &[]).await.unwrap().remove(0);
    let filed = Filed {
        key,
        person: id.cast::<Person>(),
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
    id
}

site_test! {
    async fn a_version_applies_from_its_day_on_in_every_process(at: Location) {
        let case = case(at).await;
        let digest = case.propose("2026-11-22").await;
        let dpo = actor(&case.one, "dpo", true);
        let version = case.one.activate_draft(&dpo, &digest, day("2026-11-30"), Locale::En).await.unwrap();
        // Midnight in Paris.
        assert_eq!(version.from, Timestamp::parse("2026-11-29T23:00:00Z").unwrap());
        assert_eq!(version.charter.effective(), day("2026-11-30"));
        assert_eq!((version.by, version.charter.digest().to_string()), (dpo.staff(), digest.clone()));
        case.two.watch_once().await.unwrap();
        assert_eq!(case.two.upcoming().unwrap().charter.version(), 2);
        assert_eq!(case.kinds().await, ["charter_activated", "charter_activated"]);

        case.clock.advance(version.from.as_millis() / 1000 - case.clock.now().as_millis() / 1000 - 1);
        assert_eq!(case.both(), [1, 1]);
        assert_eq!((file(&case.one).await, file(&case.two).await), ((1, 1), (1, 1)));
        // The moment comes, and neither has looked again.
        case.clock.advance(1);
        assert_eq!(case.both(), [2, 2]);
        assert_eq!((file(&case.one).await, file(&case.two).await), ((2, 2), (2, 2)));
        assert!(case.one.upcoming().is_none());
        // Whoever notes it first does so for all, and once.
        for guard in [&case.two, &case.one, &case.two] {
            guard.watch_once().await.unwrap();
        }
        assert_eq!(case.kinds().await, ["charter_activated", "charter_activated", "charter_in_force"]);
        assert_eq!(case.one.versions().len(), 2);
        assert_eq!(case.two.running().charter.digest().to_string(), digest);
    }
}

site_test! {
    async fn only_a_human_in_charge_activates_what_they_looked_at_in_time(at: Location) {
        let case = case(at).await;
        let digest = case.propose("2026-11-25").await;
        let activate = async |actor: &Actor, digest: &str, on: &str| {
            case.one.activate_draft(actor, digest, day(on), Locale::En).await.map(|version| version.charter.version())
        };
        let dpo = actor(&case.one, "dpo", true);
        for other in [actor(&case.one, "admin", true), actor(&case.one, "dpo", false), Actor::stranger()] {
            assert!(matches!(activate(&other, &digest, "2026-11-30").await, Err(Error::Forbidden)));
        }
        // Yesterday, and before the day the text names itself.
        for early in ["2026-11-20", "2026-11-21", "2026-11-24"] {
            assert!(matches!(activate(&dpo, &digest, early).await, Err(Error::Invalid(_))), "{early}");
        }
        assert!(matches!(activate(&dpo, "another", "2026-11-30").await, Err(Error::TooLate)));
        // The file became another since they looked.
        case.write(&format!("{}\n# More.\n", next("2026-11-25")));
        assert!(matches!(activate(&dpo, &digest, "2026-11-30").await, Err(Error::TooLate)));
        // One that would have applied yesterday.
        let late = case.propose("2026-11-20").await;
        assert!(matches!(activate(&dpo, &late, "2026-11-30").await, Err(Error::Charter(why)) if why.contains("effective")));
        assert_eq!(case.kinds().await, ["charter_activated"]);

        let digest = case.propose("2026-11-25").await;
        assert_eq!(activate(&dpo, &digest, "2026-11-25").await.unwrap(), 2);
        // While it waits, no other: from the desk of the other process, nor from the command line.
        let third = next("2026-11-26").replacen("version = 2", "version = 3", 1);
        case.write(&third);
        let draft = case.two.draft().await.unwrap().unwrap();
        let again = case.two.activate_draft(&dpo, &draft.digest.to_string(), day("2026-11-26"), Locale::En).await;
        assert!(matches!(again, Err(Error::TooLate)), "{again:?}");
        assert!(matches!(case.two.activate(&third, case.dpo, Locale::En).await, Err(Error::Charter(why)) if why.contains("waiting")));
        // The waiting one is what was activated, whatever the file says now.
        case.clock.advance(5 * 86_400);
        assert_eq!(case.one.charter().digest().to_string(), digest);
    }
}

site_test! {
    async fn of_two_activations_at_once_one_holds(at: Location) {
        let case = case(at).await;
        let texts = [2, 3].map(|number| next("2026-11-25").replacen("version = 2", &format!("version = {number}"), 1));
        let (one, two) = tokio::join!(case.one.activate(&texts[0], case.dpo, Locale::En), case.two.activate(&texts[1], case.dpo, Locale::En));
        assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|held| **held).count(), 1, "{one:?} {two:?}");
        case.one.watch_once().await.unwrap();
        assert_eq!(case.one.versions().len(), 2);
    }
}

site_test! {
    async fn a_version_is_withdrawn_until_shortly_before_its_day(at: Location) {
        let case = case(at).await;
        let digest = case.propose("2026-11-22").await;
        let dpo = actor(&case.one, "dpo", true);
        let version = case.one.activate_draft(&dpo, &digest, day("2026-11-22"), Locale::En).await.unwrap();
        // It waits: it is no proposal any more.
        assert!(case.one.draft().await.unwrap().is_none());
        case.two.watch_once().await.unwrap();
        let admin = actor(&case.one, "admin", true);
        assert!(matches!(case.two.withdraw_version(&admin, &digest).await, Err(Error::Forbidden)));
        assert!(matches!(case.two.withdraw_version(&dpo, "another").await, Err(Error::TooLate)));
        // Two processes number their entries apart within a millisecond.
        case.clock.advance(1);
        case.two.withdraw_version(&dpo, &digest).await.unwrap();
        assert!(matches!(case.two.withdraw_version(&dpo, &digest).await, Err(Error::TooLate)));
        case.one.watch_once().await.unwrap();
        assert!(case.one.upcoming().is_none() && case.two.upcoming().is_none());
        assert!(case.one.draft().await.unwrap().is_some(), "it lies there as before");
        case.clock.advance(86_400);
        assert_eq!(case.both(), [1, 1]);
        assert_eq!(case.kinds().await, ["charter_activated", "charter_activated", "charter_withdrawn"]);

        // Again, for a later day: too late a few seconds before, when another process may already count on it.
        let digest = case.propose("2026-11-22").await;
        assert!(case.one.activate_draft(&dpo, &digest, day("2026-11-22"), Locale::En).await.is_ok());
        assert_eq!(version.charter.version(), 2);
        let late = case.one.withdraw_version(&dpo, &digest).await;
        assert!(matches!(late, Err(Error::TooLate)), "{late:?}: it applies in seconds");
        case.clock.advance(SPREAD_SECONDS);
        assert_eq!(case.both()[0], 2);
        assert!(matches!(case.one.withdraw_version(&dpo, &digest).await, Err(Error::TooLate)));
    }
}

site_test! {
    async fn a_broken_file_changes_nothing_and_says_where(at: Location) {
        let case = case(at).await;
        let broken = next("2026-11-25").replacen("readers = [", "raeders = [", 1);
        case.write(&broken);
        let draft = case.one.watch_once().await.unwrap().unwrap();
        let problems = draft.read.as_ref().unwrap_err();
        let line = broken.lines().position(|line| line.starts_with("raeders")).unwrap() + 1;
        assert!(problems.iter().any(|problem| problem.line == line && problem.message(Locale::En).contains("readers")));
        for bytes in [&b"\xff\xfe"[..], &vec![b'#'; Charter::MOST_BYTES + 10], b"", "[".repeat(50_000).as_bytes()] {
            std::fs::write(case.folder.path().join("sites/site/charter.toml"), bytes).unwrap();
            let draft = case.one.watch_once().await.unwrap().unwrap();
            assert!(draft.read.is_err());
            let digest = draft.digest.to_string();
            let refused = case.one.activate_draft(&actor(&case.one, "dpo", true), &digest, day("2026-11-30"), Locale::En).await;
            assert!(matches!(refused, Err(Error::TooLate)));
        }
        assert_eq!((case.both(), file(&case.two).await), ([1, 1], (1, 1)));
        // What is law already is no proposal; nor is no file.
        case.write(CAREERS);
        assert!(case.one.watch_once().await.unwrap().is_none());
        std::fs::remove_file(case.folder.path().join("sites/site/charter.toml")).unwrap();
        assert!(case.one.watch_once().await.unwrap().is_none());
    }
}

site_test! {
    async fn a_promised_lead_is_kept_on_the_day_that_is_chosen(at: Location) {
        let case = case(at).await;
        let lead = |text: String| text.replacen("[change]\n", "[change]\nlead = \"P30D\"\n", 1);
        let first = lead(next("2026-11-21"));
        case.one.activate(&first, case.dpo, Locale::En).await.unwrap();
        case.clock.advance(SPREAD_SECONDS);
        assert_eq!(case.one.charter().version(), 2);
        // Something to be told of: what applies from tomorrow in its own words waits thirty days.
        let second = lead(next("2026-11-22")).replacen("version = 2", "version = 3", 1).replacen("PT48H", "PT72H", 1);
        case.write(&second);
        let draft = case.one.draft().await.unwrap().unwrap();
        let charter = draft.read.as_ref().unwrap();
        assert_eq!(case.one.earliest(charter), day("2026-12-21"));
        assert!(case.one.findings(charter).iter().all(|finding| !finding.blocks()));
        let dpo = actor(&case.one, "dpo", true);
        let digest = draft.digest.to_string();
        let early = case.one.activate_draft(&dpo, &digest, day("2026-12-20"), Locale::En).await;
        assert!(matches!(early, Err(Error::Invalid(_))));
        let version = case.one.activate_draft(&dpo, &digest, day("2026-12-21"), Locale::En).await.unwrap();
        assert_eq!(version.charter.effective(), day("2026-12-21"));
        let _: Id<Staff> = version.by.unwrap();
    }
}

/// Until which day the dossier is kept, as its clock stands.
async fn last_day(guard: &Guard, dossier: DossierId) -> String {
    let until = guard.until(&guard.db, dossier).await.unwrap().unwrap();
    until.last_day().date(guard.zone()).to_string()
}

/// The text with another duration of applications.
fn applications_for(text: &str, max: &str) -> String {
    lasting(text, "[retention.application]", max)
}

/// The text with another duration in place of that retention's twelve months.
fn lasting(text: &str, retention: &str, max: &str) -> String {
    let (before, after) = text.split_once(retention).unwrap();
    format!("{before}{retention}{}", after.replacen("\"P12M\"", max, 1))
}

site_test! {
    async fn what_is_kept_for_a_shorter_time_is_so_for_what_is_kept_already(at: Location) {
        let case = case(at).await;
        let old = file_one(&case.one).await;
        assert_eq!(last_day(&case.one, old).await, "2027-11-21");
        case.one.activate(&applications_for(&next("2026-11-22"), "\"P6M\""), case.dpo, Locale::En).await.unwrap();
        case.one.tend_once(false).await.unwrap();
        assert_eq!(last_day(&case.one, old).await, "2027-11-21", "not before its day");
        case.clock.advance(86_400);
        case.one.tend_once(false).await.unwrap();
        assert_eq!(last_day(&case.one, old).await, "2027-05-21");
        assert_eq!(case.one.move_clocks().await.unwrap(), 0);
    }
}

/// Why something is kept longer.
const WHY: &str = "reason = { fr = \"Les recrutements durent.\", en = \"Recruitments take time.\" }\n";

site_test! {
    async fn what_takes_consent_leaves_the_old_rule_to_what_was_given_before(at: Location) {
        let case = case(at).await;
        let old = file_one(&case.one).await;
        // Kept longer, and for a purpose that rests on consent too.
        let pool = format!("\n[purpose.talent_pool]\npeople = [\"candidate\"]\nfields = [\"email\"]\nbasis = \"consent\"\n\
                    readers = [{{ role = \"recruiter\" }}]\nretention = \"application\"\n{WHY}");
        let longer = applications_for(&next("2026-11-22"), &format!("\"P24M\"\n{}", WHY.trim_end()));
        case.one.activate(&(longer + &pool), case.dpo, Locale::En).await.unwrap();
        case.clock.advance(86_400);
        case.one.tend_once(false).await.unwrap();
        // Another contact prolongs it, by the rule under which it was given.
        let mut tx = case.one.begin().await.unwrap();
        case.one.happened(&mut tx, old, charter::Trigger::LastContact, case.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(last_day(&case.one, old).await, "2027-11-22");
        let new = file_one(&case.one).await;
        assert_eq!(last_day(&case.one, new).await, "2028-11-22");
    }
}

site_test! {
    async fn what_was_given_for_a_purpose_that_is_gone_keeps_its_end(at: Location) {
        let case = case(at).await;
        let old = file_one(&case.one).await;
        let gone = next("2026-11-22").replace("[purpose.apply]", "[purpose.applying]\nkind = \"apply\"");
        let gone = ["purpose = \"apply\"", "  \"apply\",", "[\"apply\", "].iter().fold(gone, |text, from| {
            assert!(text.contains(from), "{from}");
            text.replace(from, &from.replace("apply", "applying"))
        });
        case.one.activate(&gone, case.dpo, Locale::En).await.unwrap();
        case.clock.advance(86_400);
        assert!(case.one.charter().purpose("apply").is_none());
        case.one.tend_once(false).await.unwrap();
        let mut tx = case.one.begin().await.unwrap();
        case.one.happened(&mut tx, old, charter::Trigger::LastContact, case.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(last_day(&case.one, old).await, "2027-11-22");
    }
}

site_test! {
    async fn a_warning_waits_for_its_reason(at: Location) {
        let case = case(at).await;
        let longer = applications_for(&next("2026-11-22"), "\"P24M\"");
        let refused = case.one.activate(&longer, case.dpo, Locale::En).await.unwrap_err();
        let Error::Charter(said) = refused else { panic!("{refused:?}") };
        assert!(said.starts_with("[retention.application] change.needs-consent: "), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");

        // Nor at the desk, whoever has the form.
        case.write(&longer);
        let draft = case.one.watch_once().await.unwrap().unwrap();
        let dpo = actor(&case.one, "dpo", true);
        let refused = case
            .one
            .activate_draft(&dpo, &draft.digest.to_string(), day("2026-11-22"), Locale::En)
            .await;
        assert!(matches!(refused, Err(Error::Charter(_))));

        let reasoned = applications_for(&next("2026-11-22"), &format!("\"P24M\"\n{}", WHY.trim_end()));
        case.one.activate(&reasoned, case.dpo, Locale::En).await.unwrap();
    }
}

site_test! {
    async fn a_shorter_time_for_readings_holds_for_those_recorded_before(at: Location) {
        let case = case(at).await;
        for day in ["2026-11-21", "2026-11-22"] {
            let mut tx = case.one.begin().await.unwrap();
            sql("INSERT INTO access_days (person, day, actor, role, purpose, opened, listed) VALUES ($1, $2, $1, $3, $3, 1, 0)")
                .bind(case.one.id::<Person>())
                .bind(self::day(day))
                .bind(PublicText::new("apply"))
                .run(&mut tx)
                .await
                .unwrap();
            tx.commit().await.unwrap();
        }
        let left_on = async |at: Timestamp| {
            case.clock.advance((at.as_millis() - case.clock.now().as_millis()) / 1_000);
            case.one.end_access_records().await.unwrap();
            let rows = sql("SELECT day FROM access_days ORDER BY day").all(&case.one.db).await.unwrap();
            rows.iter().map(|row| row.get("day").unwrap()).collect::<Vec<Date>>()
        };
        let ends = |day: &str| self::day(day).plus_days(1).start(&case.one.zone);
        let shorter = lasting(&next("2026-11-22"), "[retention.access_records]", "\"P6M\"");
        case.one.activate(&shorter, case.dpo, Locale::En).await.unwrap();
        let both = [self::day("2026-11-21"), self::day("2026-11-22")];
        assert_eq!(left_on(ends("2027-05-21").plus_seconds(-1)).await, both);
        assert_eq!(left_on(ends("2027-05-21")).await, both[1..]);
        assert_eq!(left_on(ends("2027-05-22")).await, []);
    }
}
