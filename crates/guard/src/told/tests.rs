//! What telling processors must do on both engines: name whoever received something and nobody else, in the transaction
//! that causes it, once, chased until answered, with nothing left of whom it is about. Doesn't own: the page.

use kernel::Id;
use storage::{Location, PublicText, site_test, sql};
use vault::DossierId;

use super::{desk::Answer, *};
use crate::{
    Actor,
    keep::erase::{Erasure, Scope, Why},
    receipt::tests::House,
    send::Mail,
    testing::AGENCY,
};

/// The agency, whose mails go by somebody else's server, with these ends for what it received.
fn elsewhere(ends: &str) -> String {
    let ours = "entity = \"controller\"";
    let at = AGENCY.find("[processor.mail]").unwrap();
    let (before, processor) = AGENCY.split_at(at);
    let processor = processor.replacen(ours, "entity = \"Courriels Exemple\"", 1);
    let processor = processor.replacen("retention = \"none\"\ndeletion = \"ttl\"", ends, 1);
    let text = format!("{before}{processor}");
    // What the agency never does is another matter.
    text.replacen(
        "  { rule = \"keep_in_mailboxes\", promises = [\"D19\"] },\n",
        "",
        1,
    )
}

const BY_HAND: &str = "deletion = \"manual\"";

impl House {
    /// A mail about the dossier left by that processor, as the door's record of it says.
    async fn sent(&self, dossier: DossierId, processor: &str) -> Id<Mail> {
        let id: Id<Mail> = self.guard.id();
        let mut tx = self.guard.begin().await.unwrap();
        sql("INSERT INTO disclosures (id, dossier, processor, purpose, fields, at, charter_version) VALUES ($1, $2, $3, $4, $5, $6, 1)")
            .bind(id)
            .bind(dossier)
            .bind(PublicText::new(processor))
            .bind(PublicText::new("apply"))
            .bind(PublicText::new("email exchange"))
            .bind(self.guard.now())
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Everything of somebody to whom a mail went is erased; gives the erasure and the mail.
    async fn erased_after_a_mail(&self) -> (Id<Erasure>, Id<Mail>) {
        let (person, dossier) = self.apply("ana@example.org").await;
        let mail = self.sent(dossier, "mail").await;
        self.clock.advance(3_600);
        let erasures = self.guard.erase_own(&self.person(person)).await.unwrap();
        self.guard.carry_out(erasures[0]).await.unwrap();
        (erasures[0], mail)
    }

    async fn open(&self, dpo: &Actor) -> Vec<Notice> {
        self.guard.notices(dpo, None, 50).await.unwrap().rows
    }
}

site_test! {
    async fn who_received_something_is_told_chased_and_answers(at: Location) {
        let house = House::new(at, &elsewhere(BY_HAND)).await;
        let dpo = house.staff("dpo", true);
        let (erasure, mail) = house.erased_after_a_mail().await;
        let open = house.open(&dpo).await;
        assert_eq!(open.len(), 1);
        let notice = &open[0];
        assert_eq!((&notice.receiver, notice.cause, notice.way, notice.state), (&Receiver::Processor("mail".to_owned()), Cause::Erased, Way::Manual, State::Open));
        assert_eq!((notice.dossiers, notice.times), (1, 0));
        assert_eq!(house.guard.references_of(notice).await.unwrap(), [format!("{mail}@cabinet.example")]);
        assert_eq!(house.guard.notices_waiting().await.unwrap(), 1);

        house.guard.answer_notice(&dpo, notice.id, Answer::Told).await.unwrap();
        assert_eq!(house.guard.notices_waiting().await.unwrap(), 0, "told");
        house.clock.advance(CHASE_DAYS * 86_400 - 1);
        assert_eq!(house.guard.notices_waiting().await.unwrap(), 0);
        house.clock.advance(1);
        assert_eq!(house.guard.notices_waiting().await.unwrap(), 1, "no answer within a week");
        house.guard.answer_notice(&dpo, notice.id, Answer::Told).await.unwrap();
        let told = &house.open(&dpo).await[0];
        assert_eq!((told.state, told.times, told.told_at), (State::Told, 2, Some(house.guard.now())));
        house.guard.answer_notice(&dpo, notice.id, Answer::Answered).await.unwrap();
        assert!(house.open(&dpo).await.is_empty());
        for answer in [Answer::Told, Answer::Answered] {
            let late = house.guard.answer_notice(&dpo, notice.id, answer).await;
            assert!(matches!(late, Err(Error::TooLate)));
        }
        // Its person is told for as long as they ask.
        let told = house.guard.notices_of_erasure(erasure).await.unwrap();
        assert_eq!((told.len(), told[0].state, told[0].answered_at), (1, State::Answered, Some(house.guard.now())));
    }

    async fn only_a_human_who_protects_sees_and_says_it(at: Location) {
        let house = House::new(at, &elsewhere(BY_HAND)).await;
        house.erased_after_a_mail().await;
        let dpo = house.staff("dpo", true);
        let notice = house.open(&dpo).await[0].id;
        for other in [house.staff("consultant", true), Actor::stranger()] {
            assert!(house.guard.notices(&other, None, 50).await.is_err());
            assert!(house.guard.answer_notice(&other, notice, Answer::Told).await.is_err());
        }
        let program = house.staff("dpo", false);
        assert!(matches!(house.guard.answer_notice(&program, notice, Answer::Told).await, Err(Error::Forbidden)));
    }

    async fn what_goes_with_ours_or_was_never_kept_asks_nothing(at: Location) {
        for (nth, ends) in ["deletion = \"cascade\"", "retention = \"none\"\ndeletion = \"ttl\"", "retention = \"PT10M\"\ndeletion = \"ttl\""].iter().enumerate() {
            if nth > 0 && matches!(at, Location::Postgres(_)) {
                // One database a test: the other ends are seen on SQLite.
                break;
            }
            let house = House::new(at.clone(), &elsewhere(ends)).await;
            let (erasure, _) = house.erased_after_a_mail().await;
            assert!(house.guard.notices_of_erasure(erasure).await.unwrap().is_empty(), "{ends}");
        }
    }

    async fn our_own_server_needs_no_telling(at: Location) {
        let house = House::new(at, AGENCY).await;
        let (erasure, _) = house.erased_after_a_mail().await;
        assert!(house.guard.notices_of_erasure(erasure).await.unwrap().is_empty());
    }

    async fn what_goes_by_itself_says_until_when_and_closes_then(at: Location) {
        let house = House::new(at, &elsewhere("retention = \"P30D\"\ndeletion = \"ttl\"")).await;
        let dpo = house.staff("dpo", true);
        let (erasure, _) = house.erased_after_a_mail().await;
        let open = house.open(&dpo).await;
        assert_eq!((open.len(), open[0].state, open[0].way), (1, State::ByItself, Way::ByItself));
        let ends = open[0].ends_at.unwrap();
        assert_eq!(ends.date(house.guard.zone()).to_string(), "2026-12-22", "30 days after it received it");
        assert_eq!(house.guard.notices_waiting().await.unwrap(), 0, "nobody has anything to do");
        assert!(house.guard.answer_notice(&dpo, open[0].id, Answer::Told).await.is_err());
        assert_eq!(house.guard.close_notices().await.unwrap(), 0);
        house.clock.advance(32 * 86_400);
        assert_eq!(house.guard.close_notices().await.unwrap(), 1);
        assert!(house.open(&dpo).await.is_empty());
        assert_eq!(house.guard.notices_of_erasure(erasure).await.unwrap().len(), 1);
    }

    async fn an_interface_that_nobody_speaks_yet_is_told_by_hand_and_says_so(at: Location) {
        let house = House::new(at, &elsewhere("deletion = \"api\"")).await;
        house.erased_after_a_mail().await;
        let open = house.open(&house.staff("dpo", true)).await;
        assert_eq!((open[0].way, open[0].state), (Way::Api, State::Open));
    }

    async fn a_death_between_key_and_rows_tells_each_once(at: Location) {
        let house = House::new(at, &elsewhere(BY_HAND)).await;
        let (person, dossier) = house.apply("ana@example.org").await;
        house.sent(dossier, "mail").await;
        house.sent(dossier, "mail").await;
        let mut tx = house.guard.begin().await.unwrap();
        let erasure = house.guard
            .decide_erasure(&mut tx, Scope::Person, person.cast(), Why::Asked, None)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        house.guard.vault.destroy(&[dossier, person.cast()]).await.unwrap();
        assert!(house.guard.notices_of_erasure(erasure).await.unwrap().is_empty(), "with the rows, not before");
        for _ in 0..2 {
            house.guard.carry_out(erasure).await.unwrap();
        }
        let told = house.guard.notices_of_erasure(erasure).await.unwrap();
        assert_eq!((told.len(), told[0].dossiers), (1, 1));
        assert_eq!(house.guard.references_of(&told[0]).await.unwrap().len(), 2);
        let left = sql("SELECT id FROM disclosures WHERE dossier = $1").bind(dossier).all(&house.guard.db).await.unwrap();
        assert!(left.is_empty());
    }

    async fn a_sweep_tells_too_and_a_correction_or_a_restriction(at: Location) {
        let house = House::new(at, &elsewhere(BY_HAND)).await;
        let dpo = house.staff("dpo", true);
        let (_, dossier) = house.apply("ana@example.org").await;
        house.sent(dossier, "mail").await;
        for cause in [Cause::Rectified, Cause::Restricted] {
            let mut tx = house.guard.begin().await.unwrap();
            assert_eq!(house.guard.tell_receivers(&mut tx, cause, &[dossier]).await.unwrap(), 1);
            drop(tx);
            assert!(house.open(&dpo).await.is_empty(), "undone with what causes it");
            let mut tx = house.guard.begin().await.unwrap();
            house.guard.tell_receivers(&mut tx, cause, &[dossier]).await.unwrap();
            tx.commit().await.unwrap();
            let open = house.open(&dpo).await;
            assert_eq!(open.last().unwrap().cause, cause);
            house.guard.answer_notice(&dpo, open[0].id, Answer::Answered).await.unwrap();
        }
        house.clock.advance(400 * 86_400);
        let due = house.guard.sweep(house.guard.now()).await.unwrap();
        assert!(due.erased > 0);
        let open = house.open(&dpo).await;
        assert_eq!((open.len(), open[0].cause, open[0].dossiers), (1, Cause::Erased, 1));
    }

    async fn who_restricts_or_corrects_what_was_sent_has_it_told(at: Location) {
        let house = House::new(at, &elsewhere(BY_HAND)).await;
        let dpo = house.staff("dpo", true);
        let (person, dossier) = house.apply("ana@example.org").await;
        house.sent(dossier, "mail").await;
        let actor = house.person(person);
        house.guard.restrict_own(&actor, None).await.unwrap();
        let open = house.open(&dpo).await;
        assert_eq!((open.len(), open[0].cause), (1, Cause::Restricted));
        house.guard.lift_own(&actor, None).await.unwrap();
        house.clock.advance(1);
        let corrected = house.guard.corrected(&actor, person, ["Ana", "Exemplaire", "06 39 98 00 01"]).await.unwrap();
        let Ok(corrected) = corrected else { panic!("nothing is wrong with it") };
        let mut tx = house.guard.begin().await.unwrap();
        house.guard.note_corrected(&mut tx, &corrected).await.unwrap();
        tx.commit().await.unwrap();
        let causes: Vec<Cause> = house.open(&dpo).await.iter().map(|notice| notice.cause).collect();
        assert_eq!(causes, [Cause::Restricted, Cause::Rectified]);
    }

    async fn the_list_is_turned_page_by_page_oldest_first(at: Location) {
        let house = House::new(at, &elsewhere(BY_HAND)).await;
        let dpo = house.staff("dpo", true);
        let mut made = Vec::new();
        for _ in 0..5 {
            let (erasure, _) = house.erased_after_a_mail().await;
            made.push(house.guard.notices_of_erasure(erasure).await.unwrap()[0].id);
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = house.guard.notices(&dpo, after.as_ref(), 2).await.unwrap();
            seen.extend(page.rows.iter().map(|notice| notice.id));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!(seen, made);
    }
}

/// A processor that the charter no longer declares holds something all the same.
#[tokio::test]
async fn whom_no_rule_speaks_of_any_more_is_told_by_hand() {
    let house = House::new(Location::Sqlite("unused".into()), AGENCY).await;
    let (person, dossier) = house.apply("ana@example.org").await;
    house.sent(dossier, "courier_of_old").await;
    let erasures = house.guard.erase_own(&house.person(person)).await.unwrap();
    house.guard.carry_out(erasures[0]).await.unwrap();
    let told = house.guard.notices_of_erasure(erasures[0]).await.unwrap();
    assert_eq!((told.len(), told[0].way), (1, Way::Manual));
}
