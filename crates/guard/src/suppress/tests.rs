//! What leaving somebody alone must do on both engines: nothing unless asked, block import and mailing and nothing else,
//! end on its day or when its person applies again, and outlive the person.

use kernel::Id;
use storage::{Location, site_test};
use vault::{JournalKind, LookupKind};

use crate::{
    Error, Guard, Person, Personal,
    receipt::tests::House,
    send::{MailKind, NewMail},
    testing::AGENCY,
};

const ANA: &str = "ana@example.org";

/// Ana asks to be left alone, and is erased.
async fn gone(house: &House) -> Id<Person> {
    let (person, _) = house.apply(ANA).await;
    let actor = house.person(person);
    assert!(house.guard.leave_alone(&actor).await.unwrap().is_some());
    let erasures = house.guard.erase_own(&actor).await.unwrap();
    house.guard.carry_out(erasures[0]).await.unwrap();
    person
}

async fn mail(house: &House, purpose: &str, to: &str) -> Result<(), Error> {
    let (_, dossier) = house.apply("luc@example.org").await;
    let filed = house.guard.filed(dossier).await.unwrap();
    let to = Personal::new(to.to_owned());
    let mut tx = house.guard.begin().await.unwrap();
    let mail = NewMail {
        kind: MailKind::Answer,
        dossier: &filed,
        purpose,
        fields: &["email"],
        to: &to,
        subject: "Bonjour".to_owned(),
        body: "…".to_owned(),
        leaves_at: house.guard.now(),
        decision: None,
    };
    house.guard.queue_mail(&mut tx, mail).await.map(drop)
}

fn blocked(done: Result<(), Error>) -> bool {
    match done {
        Ok(()) => false,
        Err(Error::Refused(refusal)) => {
            assert_eq!(refusal.clause.as_str(), "purpose.suppression");
            true
        }
        Err(error) => panic!("{error}"),
    }
}

async fn prove(guard: &Guard, person: Id<Person>) {
    let mailbox = guard
        .vault
        .lookups_of(person.cast(), LookupKind::Email)
        .await
        .unwrap()[0];
    guard.leave_alone_no_more(person, mailbox).await.unwrap();
}

site_test! {
    async fn who_is_left_alone_is_neither_brought_in_nor_mailed_unasked(at: Location) {
        let house = House::new(at, AGENCY).await;
        let guard = &house.guard;
        assert!(!blocked(guard.may_import("pool", ANA).await), "not before it is asked");
        gone(&house).await;
        assert!(blocked(guard.may_import("pool", ANA).await), "though the person is gone");
        assert!(blocked(guard.may_import("pool", " Ana@Example.org ").await), "however it is written");
        assert!(!blocked(guard.may_import("pool", "luc@example.org").await));
        assert!(blocked(mail(&house, "newsletter", ANA).await));
        assert!(!blocked(mail(&house, "newsletter", "luc@example.org").await));
        // What answers them, or they began, goes on.
        for purpose in ["apply", "contact", "answer_rights", "candidate_account"] {
            assert!(!blocked(mail(&house, purpose, ANA).await), "{purpose}");
            assert!(!blocked(guard.may_import(purpose, ANA).await), "{purpose}");
        }
        let rows = guard.vault.journal_from(0, 20).await.unwrap();
        let hash = guard.vault.blind(LookupKind::Email, ANA);
        let noted = rows.iter().any(|row| row.entry.kind == JournalKind::Objected && row.entry.subject == Some(hash));
        assert!(noted, "an objection that no restore rolls back");
    }

    async fn it_ends_on_its_day(at: Location) {
        let house = House::new(at, AGENCY).await;
        gone(&house).await;
        let until = house.guard.suppression().unwrap().until;
        assert_eq!(until.plus_millis(-1).date(house.guard.zone()).to_string(), "2029-11-21", "three years, of the charter");
        let left = (until.as_millis() - house.guard.now().as_millis()) / 1_000;
        house.clock.advance(left - 1);
        assert!(blocked(house.guard.may_import("pool", ANA).await));
        house.clock.advance(1);
        assert!(!blocked(house.guard.may_import("pool", ANA).await));
        house.guard.tend_once(true).await.unwrap();
        assert_eq!(house.guard.vault.end_suppressions().await.unwrap(), 0, "forgotten already");
    }

    async fn who_applies_again_is_written_to_again_once_the_mailbox_is_proven(at: Location) {
        let house = House::new(at, AGENCY).await;
        let (old, _) = house.apply(ANA).await;
        house.clock.advance(60);
        gone(&house).await;
        // Somebody else of that mailbox, who applied before: no new application.
        prove(&house.guard, old).await;
        assert!(blocked(house.guard.may_import("pool", ANA).await));
        house.clock.advance(60);
        let (again, _) = house.apply(ANA).await;
        assert!(blocked(house.guard.may_import("pool", ANA).await), "anybody may type that address");
        prove(&house.guard, again).await;
        assert!(!blocked(house.guard.may_import("pool", ANA).await));
        let rows = house.guard.vault.journal_from(0, 50).await.unwrap();
        assert_eq!(rows.last().unwrap().entry.kind, JournalKind::Lifted);
    }
}

#[tokio::test]
async fn a_charter_without_such_a_purpose_keeps_nothing() {
    let careers = include_str!("../../../../charters/careers.toml");
    let house = House::new(Location::Sqlite("unused".into()), careers).await;
    let (person, _) = house.apply(ANA).await;
    assert!(house.guard.suppression().is_none());
    assert_eq!(
        house.guard.leave_alone(&house.person(person)).await.unwrap(),
        None
    );
    let hash = house.guard.vault.blind(LookupKind::Email, ANA);
    assert_eq!(house.guard.vault.suppressed(hash).await.unwrap(), None);
}
