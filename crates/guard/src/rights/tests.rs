//! Owns: what the rights must do on both engines: be answered in time, by one duty alone; stop at once what they stop, for
//! every reader; outlive who asked, and no longer than the charter says. Doesn't own: the figures ([`super::deadline`]),
//! restoring ([`crate::backup`]), pages (`app`).

use charter::{PurposeKind, Right, Trigger};
use kernel::{Clock, Date, Id, Locale};
use storage::{Location, PublicText, site_test, sql};
use vault::DossierId;

use super::{
    request::{Asker, NewRequest},
    *,
};
use crate::{
    Actor, Filed, Nature, Permit, Personal, View,
    actor::Who,
    keep::{
        erase::{Erasure, Scope, Why},
        hold::{OBJECTED, ON_REQUEST, RIGHTS, WITHDRAWN},
    },
    send::{MailKind, NewMail},
    testing::{self, AGENCY, CAREERS},
};

const DAY: i64 = 86_400;

struct Case {
    guard: Guard,
    clock: Clock,
    _folder: tempfile::TempDir,
}

async fn site(at: Location, charter: &str) -> Case {
    let (guard, clock, folder) = testing::found(&at, Nature::Demo, charter).await;
    Case {
        guard,
        clock,
        _folder: folder,
    }
}

impl Case {
    /// Somebody of whom something is kept for that purpose: who they are, and that.
    async fn kept(&self, purpose: &str, events: &[Trigger]) -> (Id<Person>, DossierId) {
        let (person, dossier): (Id<Person>, DossierId) = (self.guard.id(), self.guard.id());
        self.open(person, &[person.cast(), dossier], purpose, events)
            .await;
        (person, dossier)
    }

    async fn open(&self, person: Id<Person>, ids: &[DossierId], purpose: &str, events: &[Trigger]) {
        let guard = &self.guard;
        let keys = guard.vault.make_keys(ids, &[]).await.unwrap();
        let filed: Vec<Filed> = keys.into_iter().map(|key| Filed { key, person }).collect();
        let filed: Vec<&Filed> = filed.iter().collect();
        let mut tx = guard.begin().await.unwrap();
        let charter = guard.charter();
        guard
            .file_dossiers(&mut tx, &filed, purpose, &charter, events)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn apply(&self) -> (Id<Person>, DossierId) {
        self.kept("apply", &[Trigger::Submitted, Trigger::LastContact])
            .await
    }

    fn staff(&self, role: &str, human: bool) -> Actor {
        let (id, role) = (self.guard.id(), role.to_owned());
        Actor::new(Who::Staff { id, role, human })
    }

    fn dpo(&self) -> Actor {
        self.staff("dpo", true)
    }

    fn person(&self, person: Id<Person>) -> Actor {
        Actor::new(Who::Person(vec![person]))
    }

    async fn ask(&self, person: Id<Person>, kind: Right) -> Result<Request, Error> {
        let guard = &self.guard;
        let filed = guard.new_request(person).await?;
        let asker = Asker::typed("Ana", "García", "ana@exemple.fr");
        let new = NewRequest {
            kind,
            way: Way::Area,
            received_at: guard.now(),
            language: Locale::En,
            asker: &asker,
            text: "A copy, please",
        };
        let mut tx = guard.begin().await?;
        let request = guard.file_request(&mut tx, &filed, new).await?;
        tx.commit().await?;
        Ok(request)
    }

    async fn extend(&self, id: Id<Request>, reason: &str) -> Result<Request, Error> {
        let (guard, dpo) = (&self.guard, self.dpo());
        let at = guard.request_at_hand(&dpo, id).await?;
        let mut tx = guard.begin().await?;
        let extended = guard.extend_request(&mut tx, &dpo, &at, reason).await?;
        tx.commit().await?;
        Ok(extended)
    }

    async fn answer(&self, id: Id<Request>) -> Result<(), Error> {
        let (guard, dpo) = (&self.guard, self.dpo());
        let at = guard.request_at_hand(&dpo, id).await?;
        let mut tx = guard.begin().await?;
        guard.answer_request(&mut tx, &dpo, &at, "Here it is").await?;
        Ok(tx.commit().await?)
    }

    /// What an erasure on request comes to: who decides it has no account in a test.
    async fn erase(&self, scope: Scope, subject: Id<()>, dpo: &Actor) -> Id<Erasure> {
        let guard = &self.guard;
        let mut tx = guard.begin().await.unwrap();
        let erasure = guard
            .decide_erasure(&mut tx, scope, subject, Why::Request, dpo.staff())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        guard.carry_out(erasure).await.unwrap();
        erasure
    }

    async fn restricted(&self, dossier: DossierId) -> Option<String> {
        self.guard
            .dossier(&self.guard.db, dossier)
            .await
            .unwrap()
            .restricted
    }

    async fn reads(&self, permit: &Permit, dossier: DossierId) -> bool {
        let reading = self.guard.read(permit, View::One, &[dossier]).await.unwrap();
        reading.has(dossier)
    }

    fn recruits(&self, role: &str, kind: PurposeKind) -> Permit {
        self.guard.permit(&self.staff(role, true), &[kind]).unwrap()
    }

    async fn mail(&self, dossier: DossierId, purpose: &str) {
        let guard = &self.guard;
        let filed = guard.filed(dossier).await.unwrap();
        let mut tx = guard.begin().await.unwrap();
        let mail = NewMail {
            kind: MailKind::Confirmation,
            dossier: &filed,
            purpose,
            fields: &["email"],
            to: &Personal::new("ana@exemple.fr".to_owned()),
            subject: "s".to_owned(),
            body: "b".to_owned(),
            leaves_at: guard.now(),
            decision: None,
        };
        guard.queue_mail(&mut tx, mail).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn count(&self, table: &'static str) -> i64 {
        let row = sql("SELECT COUNT(*) AS count FROM ")
            .then(table)
            .one(&self.guard.db);
        row.await.unwrap().get("count").unwrap()
    }

    async fn last_day(&self, dossier: DossierId) -> Option<String> {
        let until = self.guard.until(&self.guard.db, dossier).await.unwrap();
        until.map(|until| until.last_day().date(&self.guard.zone).to_string())
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
}

/// Of somebody who died, all ends within a month.
fn with_death() -> String {
    let text = CAREERS.replacen(
        "[retention.withdrawn]",
        "[retention.death]\nlabel = { fr = \"Décès\", en = \"Death\" }\nfrom = \"death_notified\"\nmax = \"P1M\"\n\n[retention.withdrawn]",
        1,
    );
    let text = text.replace(
        "retention = [\"application\", \"withdrawn\"]",
        "retention = [\"application\", \"withdrawn\", \"death\"]",
    );
    assert_ne!(text, CAREERS);
    text.replacen("\"withdraw\",", "\"withdraw\",\n  \"post_mortem\",", 1)
}

site_test! {
    async fn a_request_has_its_clock_and_one_extension_told_in_time(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, _) = case.apply().await;
        case.to("2027-01-31");
        let first = case.ask(person, Right::Access).await.unwrap();
        let second = case.ask(person, Right::Rectify).await.unwrap();
        assert_eq!(first.last_day().date(&case.guard.zone).to_string(), "2027-02-28");
        assert!(matches!(case.extend(first.id, " ").await, Err(Error::Invalid(_))), "not without a reason");
        case.to("2027-03-01");
        case.clock.advance(-1);
        let extended = case.extend(first.id, "Many files").await.unwrap();
        assert_eq!(extended.last_day().date(&case.guard.zone).to_string(), "2027-04-28");
        assert!(matches!(case.extend(first.id, "Once more").await, Err(Error::TooLate)), "once");
        case.clock.advance(1);
        assert!(matches!(case.extend(second.id, "Late").await, Err(Error::TooLate)), "the first term has ended");
        let queue = case.guard.requests(&case.dpo(), true, None, 10).await.unwrap();
        let order: Vec<_> = queue.rows.iter().map(|row| (row.id, row.is_overdue(case.guard.now()))).collect();
        assert_eq!(order, [(second.id, true), (first.id, false)], "the most urgent first");
        case.answer(second.id).await.unwrap();
        assert!(matches!(case.answer(second.id).await, Err(Error::TooLate)));
        assert!(matches!(case.extend(second.id, "Late").await, Err(Error::TooLate)));
        assert_eq!(case.guard.requests_waiting(&case.dpo(), 100).await.unwrap(), Some(1));
    }

    async fn pages_of_the_queue_follow_its_dates_and_lose_none(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, _) = case.apply().await;
        let mut asked = Vec::new();
        for nth in 0..7 {
            if nth % 2 == 0 {
                case.clock.advance(DAY);
            }
            asked.push(case.ask(person, Right::Access).await.unwrap().id);
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = case.guard.requests(&case.dpo(), true, after.as_ref(), 3).await.unwrap();
            seen.extend(page.rows.iter().map(|row| row.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let mut sorted = seen.clone();
        sorted.sort_unstable();
        asked.sort_unstable();
        assert_eq!(sorted, asked);
        for id in &seen {
            case.clock.advance(1);
            case.answer(*id).await.unwrap();
        }
        let ended = case.guard.requests(&case.dpo(), false, None, 10).await.unwrap();
        let ended: Vec<_> = ended.rows.iter().rev().map(|row| row.id).collect();
        assert_eq!(ended, seen, "the latest first");
    }

    async fn only_who_protects_sees_requests_and_never_a_program(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, _) = case.apply().await;
        let request = case.ask(person, Right::Access).await.unwrap();
        let dossier: DossierId = request.id.cast();
        assert_eq!(case.restricted(dossier).await.as_deref(), Some(RIGHTS));
        for (role, human) in [("recruiter", true), ("sales", true), ("it", true), ("admin", true), ("dpo", false)] {
            let actor = case.staff(role, human);
            assert!(matches!(case.guard.requests(&actor, true, None, 9).await, Err(Error::Forbidden)), "{role}");
            assert!(matches!(case.guard.request_opened(&actor, request.id).await, Err(Error::Forbidden)));
            assert!(matches!(case.guard.request_at_hand(&actor, request.id).await, Err(Error::Forbidden)));
            assert!(matches!(case.guard.find_for_request(&actor, "a@b.example", "").await, Err(Error::Forbidden)));
            assert_eq!(case.guard.requests_waiting(&actor, 9).await.unwrap(), None);
        }
        let opened = case.guard.request_opened(&case.dpo(), request.id).await.unwrap();
        assert!(opened.text.is_some() && opened.who.iter().all(Option::is_some));
        let (other, _) = case.apply().await;
        let other = case.person(other);
        assert!(matches!(case.guard.own_request(&other, request.id).await, Err(Error::NotFound)));
        assert!(matches!(case.guard.take_request_back(&other, request.id).await, Err(Error::NotFound)));
        assert!(case.guard.own_requests(&other).await.unwrap().is_empty());
        let own = case.person(person);
        assert_eq!(case.guard.own_request(&own, request.id).await.unwrap().request.id, request.id);
        case.guard.take_request_back(&own, request.id).await.unwrap();
        assert!(matches!(case.guard.take_request_back(&own, request.id).await, Err(Error::TooLate)));
    }

    async fn a_right_that_the_charter_does_not_declare_is_not_to_be_had(at: Location) {
        let case = site(at, &CAREERS.replacen("  \"restrict\",\n", "", 1)).await;
        let (person, _) = case.apply().await;
        assert!(matches!(case.ask(person, Right::Restrict).await, Err(Error::Invalid(_))));
        assert!(matches!(case.ask(person, Right::PostMortem).await, Err(Error::Invalid(_))));
        case.ask(person, Right::Complaint).await.unwrap();
        assert!(matches!(case.ask(case.guard.id(), Right::Access).await, Err(Error::NotFound)), "nobody filed");
        assert_eq!(case.count("rights_requests").await, 1);
    }

    async fn a_proof_of_identity_takes_a_doubt_and_the_charters_leave_and_no_time(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, _) = case.apply().await;
        let request = case.ask(person, Right::Access).await.unwrap();
        let (guard, dpo) = (&case.guard, case.dpo());
        let hand = guard.request_at_hand(&dpo, request.id).await.unwrap();
        let mut tx = guard.begin().await.unwrap();
        assert!(matches!(guard.ask_identity(&mut tx, &dpo, &hand, "").await, Err(Error::Invalid(_))));
        guard.ask_identity(&mut tx, &dpo, &hand, "Another address").await.unwrap();
        tx.commit().await.unwrap();
        let after = guard.request(&guard.db, request.id).await.unwrap();
        assert_eq!((after.state, after.due_at), (State::IdentityAsked, request.due_at));
        let hand = guard.request_at_hand(&dpo, request.id).await.unwrap();
        let mut tx = guard.begin().await.unwrap();
        assert!(matches!(guard.ask_identity(&mut tx, &dpo, &hand, "Again").await, Err(Error::TooLate)));
        guard.take_in_work(&mut tx, &dpo, &hand).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(guard.request(&guard.db, request.id).await.unwrap().state, State::InWork);
    }

    async fn a_request_ends_by_the_charter_and_keeps_nobodys_name_alive(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, application) = case.apply().await;
        let request = case.ask(person, Right::Access).await.unwrap();
        let dossier: DossierId = request.id.cast();
        assert_eq!(case.last_day(dossier).await, None, "it isn't answered yet");
        assert_eq!(case.last_day(person.cast()).await, case.last_day(application).await);
        case.clock.advance(20 * DAY);
        case.answer(request.id).await.unwrap();
        assert_eq!(case.last_day(dossier).await.as_deref(), Some("2027-12-11"));
        assert_eq!(case.last_day(person.cast()).await.as_deref(), Some("2027-11-21"), "by what is kept of them");
        case.to("2027-11-22");
        assert_eq!(case.sweep().await, 2, "the application, and who they are");
        assert!(case.guard.is_filed(dossier).await.unwrap());
        case.to("2027-12-12");
        assert_eq!(case.sweep().await, 1);
        assert_eq!(case.count("rights_requests").await + case.count("rights_steps").await, 0);
    }

    async fn erasing_somebody_leaves_what_proves_it_and_nothing_else(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, application) = case.apply().await;
        let own = case.person(person);
        case.guard.restrict_own(&own, None).await.unwrap();
        let request = case.ask(person, Right::Erase).await.unwrap();
        let dpo = case.dpo();
        let hand = case.guard.request_at_hand(&dpo, request.id).await.unwrap();
        let erasure = case.erase(Scope::Person, person.cast(), &dpo).await;
        let done = case.guard.carry_out(erasure).await.unwrap();
        assert_eq!((done.erased, done.kept), (2, 1), "restricted or not, all but the request");
        assert_eq!(case.guard.carry_out(erasure).await.unwrap(), done, "once");
        for gone in [application, person.cast()] {
            assert!(!case.guard.is_filed(gone).await.unwrap());
        }
        let mut tx = case.guard.begin().await.unwrap();
        case.guard.answer_request(&mut tx, &dpo, &hand, "All is gone").await.unwrap();
        tx.commit().await.unwrap();
        let opened = case.guard.request_opened(&dpo, request.id).await.unwrap();
        assert!(opened.who[2].is_some(), "and where to write");
    }

    async fn what_is_restricted_nobody_reads_until_it_is_lifted(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, first) = case.apply().await;
        let second = case.guard.id();
        case.open(person, &[second], "apply", &[Trigger::LastContact]).await;
        let (own, permit) = (case.person(person), case.recruits("recruiter", PurposeKind::Apply));
        case.guard.restrict_own(&own, Some(first)).await.unwrap();
        assert!(!case.reads(&permit, first).await && case.reads(&permit, second).await);
        assert!(case.reads(&permit, person.cast()).await, "the name is in use for the second");
        case.guard.restrict_own(&own, None).await.unwrap();
        assert!(!case.reads(&permit, second).await && !case.reads(&permit, person.cast()).await);
        assert!(matches!(case.guard.restrict_own(&own, None).await, Err(Error::NotFound)), "nothing is left");
        assert_eq!(case.last_day(first).await.as_deref(), Some("2027-11-21"), "the clock goes on");
        let (other, _) = case.apply().await;
        let other = case.person(other);
        assert!(matches!(case.guard.lift_own(&other, Some(first)).await, Err(Error::NotFound)));
        case.guard.lift_own(&own, Some(second)).await.unwrap();
        assert!(case.reads(&permit, second).await && case.reads(&permit, person.cast()).await);
        assert!(!case.reads(&permit, first).await);
        // One ends while the other is restricted: who they are stays with it.
        case.guard.restrict_own(&own, Some(second)).await.unwrap();
        case.erase(Scope::Dossier, second.cast(), &case.dpo()).await;
        assert!(case.guard.is_filed(person.cast()).await.unwrap());
        case.to("2027-11-22");
        case.sweep().await;
        assert!(!case.guard.is_filed(first).await.unwrap() && !case.guard.is_filed(person.cast()).await.unwrap());
    }

    async fn the_desk_restricts_and_lifts_on_a_request(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, application) = case.apply().await;
        let request = case.ask(person, Right::Restrict).await.unwrap();
        let (guard, dpo) = (&case.guard, case.dpo());
        let hand = guard.request_at_hand(&dpo, request.id).await.unwrap();
        guard.restrict_for(&dpo, &hand).await.unwrap();
        assert!(guard.is_restricted_for(&request).await.unwrap());
        assert_eq!(case.restricted(application).await.as_deref(), Some(ON_REQUEST));
        assert_eq!(case.restricted(request.id.cast()).await.as_deref(), Some(RIGHTS));
        let mut tx = guard.begin().await.unwrap();
        let lifted = guard.lift_for(&mut tx, &dpo, &hand).await.unwrap();
        tx.commit().await.unwrap();
        guard.lifted_for(&lifted).await.unwrap();
        assert_eq!(case.restricted(application).await, None);
    }

    async fn a_consent_withdrawn_ends_what_stood_on_it_for_everybody(at: Location) {
        let case = site(at, AGENCY).await;
        let (person, pooled) = case.kept("pool", &[Trigger::ConsentGiven, Trigger::LastContact]).await;
        let own = case.person(person);
        let given = case.guard.consents(&own).await.unwrap();
        assert_eq!(given.len(), 1, "to the purpose; who they are stands on nothing of its own");
        assert_eq!((given[0].dossier, given[0].purpose.as_str()), (pooled, "pool"));
        let permit = case.recruits("consultant", PurposeKind::TalentPool);
        assert!(case.reads(&permit, pooled).await);
        case.mail(pooled, "pool").await;
        let (stranger, _) = case.kept("pool", &[Trigger::ConsentGiven]).await;
        let stranger = case.person(stranger);
        assert!(matches!(case.guard.withdraw_consent(&stranger, given[0].id).await, Err(Error::NotFound)));
        case.clock.advance(DAY);
        case.guard.withdraw_consent(&own, given[0].id).await.unwrap();
        assert!(!case.reads(&permit, pooled).await);
        assert_eq!(case.restricted(pooled).await.as_deref(), Some(WITHDRAWN));
        assert_eq!(case.last_day(pooled).await.as_deref(), Some("2026-12-22"), "a month after, by the charter");
        assert_eq!(case.count("mails").await + case.count("jobs").await, 0, "no mail of it leaves");
        assert!(matches!(case.guard.withdraw_consent(&own, given[0].id).await, Err(Error::TooLate)));
        // Nobody brings it back: neither by lifting a restriction, nor as who protects.
        assert!(matches!(case.guard.lift_own(&own, Some(pooled)).await, Err(Error::NotFound)));
        let journal = case.guard.vault.journal_from(0, 10).await.unwrap();
        let last = journal.last().unwrap();
        assert_eq!((last.entry.kind, &*last.entry.scope), (vault::JournalKind::Withdrawn, "consent"));
        // Given anew it is another consent.
        let mut tx = case.guard.begin().await.unwrap();
        case.guard.consented(&mut tx, pooled, "pool", None).await.unwrap();
        case.guard.consented(&mut tx, pooled, "pool", None).await.unwrap();
        tx.commit().await.unwrap();
        let consents = case.guard.consents(&own).await.unwrap();
        assert_eq!(consents.len(), 2);
        assert!(consents.iter().any(|consent| consent.renewed_at.is_some() && consent.withdrawn_at.is_none()));
    }

    async fn a_field_that_was_optional_by_consent_goes_with_it_alone(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, application) = case.apply().await;
        let (own, guard) = (case.person(person), &case.guard);
        let filed = guard.filed(application).await.unwrap();
        let mut tx = guard.begin().await.unwrap();
        for field in ["documents", "cv"] {
            let kept = crate::files::Kept {
                id: guard.id(),
                field: field.to_owned(),
                kind: charter::FileType::Pdf,
                size: 9,
                name: format!("{field}.pdf"),
            };
            guard.file_file(&mut tx, &filed.key, &kept, &guard.charter()).await.unwrap();
        }
        guard.consented(&mut tx, application, "apply", Some("documents")).await.unwrap();
        tx.commit().await.unwrap();
        let consent = guard.consents(&own).await.unwrap().remove(0);
        guard.withdraw_consent(&own, consent.id).await.unwrap();
        let left: Vec<_> = guard.files_of(application).await.unwrap().into_iter().map(|file| file.field).collect();
        assert_eq!(left, ["cv"]);
        assert_eq!(case.restricted(application).await, None, "the application goes on");
        assert_eq!(case.last_day(application).await.as_deref(), Some("2027-11-21"));
        let charter = guard.charter();
        let apply = charter.purpose("apply").unwrap();
        let optional = |field| consent::is_optional_by_consent(apply, field);
        assert!(optional("documents") && !optional("cv") && !optional("note"));
    }

    async fn an_objection_stops_its_purpose_and_no_other(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, message) = case.kept("contact", &[Trigger::Submitted]).await;
        let application = case.guard.id();
        case.open(person, &[application], "apply", &[Trigger::LastContact]).await;
        case.mail(message, "contact").await;
        case.mail(application, "apply").await;
        let own = case.person(person);
        let offered = case.guard.objectable(&own).await.unwrap();
        let at_once: Vec<_> = offered.iter().filter(|one| one.at_once).map(|one| one.purpose.as_str()).collect();
        assert_eq!(at_once, ["contact"]);
        assert!(offered.iter().any(|one| one.purpose == "access_records"), "by a request");
        for not in ["apply", "access_records", "nothing"] {
            assert!(matches!(case.guard.object_to(&own, not).await, Err(Error::NotFound)), "{not}");
        }
        case.guard.object_to(&own, "contact").await.unwrap();
        assert!(matches!(case.guard.object_to(&own, "contact").await, Err(Error::TooLate)));
        assert_eq!(case.restricted(message).await.as_deref(), Some(OBJECTED));
        let reads = case.recruits("recruiter", PurposeKind::AnswerContact);
        assert!(!case.reads(&reads, message).await);
        let reads = case.recruits("recruiter", PurposeKind::Apply);
        assert!(case.reads(&reads, application).await);
        assert_eq!(case.count("mails").await, 1, "the application's");
        assert!(matches!(case.guard.lift_own(&own, None).await, Err(Error::NotFound)));
    }

    async fn a_death_ends_every_way_in_and_starts_its_clock(at: Location) {
        let case = site(at, &with_death()).await;
        let (person, application) = case.apply().await;
        let (guard, dpo) = (&case.guard, case.dpo());
        let filed = guard.new_request(person).await.unwrap();
        let mut tx = guard.begin().await.unwrap();
        let asker = Asker::typed("Ana", "García", "ana@exemple.fr");
        guard.keep_directives(&mut tx, &filed, (&asker, Locale::Fr), "Tell my sister").await.unwrap();
        guard.make_link(&mut tx, person, None, guard.now().plus_seconds(DAY)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(case.last_day(filed.id()).await.as_deref(), Some("2027-11-21"));
        case.mail(application, "apply").await;
        let request = case.ask(person, Right::PostMortem).await.unwrap();
        let hand = guard.request_at_hand(&dpo, request.id).await.unwrap();
        guard.note_death(&dpo, &hand).await.unwrap();
        assert!(matches!(guard.note_death(&dpo, &hand).await, Err(Error::TooLate)));
        assert_eq!(case.count("links").await + case.count("sessions").await + case.count("mails").await, 0);
        assert_eq!(case.last_day(application).await.as_deref(), Some("2026-12-21"));
        let reads = case.recruits("recruiter", PurposeKind::Apply);
        assert!(!case.reads(&reads, application).await && !case.reads(&reads, person.cast()).await);
        let directives = guard.directives_for(&dpo, &request).await.unwrap();
        assert_eq!(directives.len(), 1);
        assert!(directives[0].text.is_some());
        case.to("2026-12-22");
        assert_eq!(case.sweep().await, 2);
    }

    async fn directives_are_replaced_and_taken_back(at: Location) {
        let case = site(at, &with_death()).await;
        let (person, _) = case.apply().await;
        let (guard, own) = (&case.guard, case.person(person));
        let asker = Asker::default();
        for text in ["The first", "The second"] {
            let filed = guard.new_request(person).await.unwrap();
            let mut tx = guard.begin().await.unwrap();
            guard.keep_directives(&mut tx, &filed, (&asker, Locale::En), text).await.unwrap();
            tx.commit().await.unwrap();
            case.clock.advance(60);
        }
        let kept = guard.own_directives(&own).await.unwrap().unwrap();
        assert_eq!(serde_json::to_string(&kept.text).unwrap(), "\"The second\"");
        let row = sql("SELECT COUNT(*) AS count FROM rights_requests WHERE message IS NOT NULL")
            .one(&guard.db)
            .await
            .unwrap();
        assert_eq!(row.get::<i64, _>("count").unwrap(), 1, "what was replaced is gone");
        assert!(guard.withdraw_directives(&own).await.unwrap());
        assert!(guard.own_directives(&own).await.unwrap().is_none());
        assert!(!guard.withdraw_directives(&own).await.unwrap());
    }

    async fn each_step_is_in_the_ledger_without_a_word_of_anybodys(at: Location) {
        let case = site(at, CAREERS).await;
        let (person, _) = case.apply().await;
        let request = case.ask(person, Right::Access).await.unwrap();
        case.extend(request.id, "Because of Vvsecret").await.unwrap();
        case.answer(request.id).await.unwrap();
        let rows = sql("SELECT body FROM ledger_queue WHERE kind = $1 ORDER BY id")
            .bind(PublicText::new("rights_request"))
            .all(&case.guard.db)
            .await
            .unwrap();
        let bodies: Vec<String> = rows
            .iter()
            .map(|row| row.get::<PublicText, _>("body").unwrap().into_string())
            .collect();
        assert_eq!(bodies.len(), 3);
        for (body, step) in bodies.iter().zip(["received", "extended", "answered"]) {
            assert!(body.contains(step) && !body.contains("Vvsecret") && !body.contains("García"), "{body}");
        }
    }
}
