//! What giving must do on both engines: by a human on duty, to whom and as far as a share says, of what is in use; and its
//! recipient hears what became of it. Doesn't own: the page, the mail and the file (`app::partners`).

use charter::Trigger;
use storage::{Location, site_test};

use super::*;
use crate::{
    Personal,
    receipt::tests::House,
    send::{MailKind, NewMail},
    testing::AGENCY,
    told::{Answer, Cause, Notice, Receiver, State, Way},
};

/// The agency gives its candidates to its clients; and to whoever belongs to its group, by no human's doing.
const SHARES: &str = concat!(
    include_str!("../../../charter/tests/parts/clients.toml"),
    r#"
[share.group]
with = "affiliate"
mode = "group"
purposes = ["apply"]
receives = ["given_name"]
passes_on = ["rectify", "erase", "restrict"]
"#
);
const FIELDS: [&str; 3] = ["given_name", "email", "cv"];

fn client(nth: u8) -> Recipient {
    Recipient {
        name: format!("Atelier Exemple {nth}"),
        contact: format!("rgpd{nth}@atelier.example"),
    }
}

impl House {
    async fn give(
        &self,
        actor: &Actor,
        dossier: DossierId,
        (share, fields): (&str, &[&str]),
        to: &Recipient,
    ) -> Result<Id<Sharing>, Error> {
        let filed = self.guard.filed(dossier).await?;
        let address = Personal::new("ana@example.org".to_owned());
        let letter = NewMail {
            kind: MailKind::Shared,
            dossier: &filed,
            purpose: "apply",
            fields: &["email", "exchange"],
            to: &address,
            subject: "Passed on".to_owned(),
            body: to.contact.clone(),
            leaves_at: self.guard.now(),
            decision: None,
        };
        let new = NewSharing {
            share,
            fields,
            to,
            letter: Some(letter),
        };
        let mut tx = self.guard.begin().await?;
        let id = self.guard.share(&mut tx, actor, &filed, new).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Somebody who applied and was given to that client.
    async fn given(&self, email: &str, to: &Recipient) -> (Id<crate::Person>, DossierId, Id<Sharing>) {
        let (person, dossier) = self.apply(email).await;
        let actor = self.member("consultant").await;
        let id = self
            .give(&actor, dossier, ("clients", &FIELDS), to)
            .await
            .unwrap();
        (person, dossier, id)
    }

    /// A member of staff who has an account: the record names them by its pseudonym.
    async fn member(&self, role: &str) -> Actor {
        let staff = self.staff(role, true);
        let id = staff.staff().unwrap();
        let keys = self.guard.vault.make_keys(&[id.cast()], &[]).await.unwrap();
        let person = id.cast();
        let filed: Vec<Filed> = keys.into_iter().map(|key| Filed { key, person }).collect();
        let filed: Vec<&Filed> = filed.iter().collect();
        let mut tx = self.guard.begin().await.unwrap();
        let charter = self.guard.charter();
        let events = [Trigger::Collected];
        self.guard
            .file_dossiers(&mut tx, &filed, "staff_accounts", &charter, &events)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        staff
    }

    async fn notices_open(&self) -> Vec<Notice> {
        let dpo = self.staff("dpo", true);
        self.guard.notices(&dpo, None, 50).await.unwrap().rows
    }
}

fn is_refused(given: &Result<Id<Sharing>, Error>, clause: &str) -> bool {
    matches!(given, Err(Error::Refused(refusal)) if refusal.clause.as_str() == clause)
}

site_test! {
    async fn what_is_given_is_on_record_and_offered_again(at: Location) {
        let house = House::new(at, &format!("{AGENCY}{SHARES}")).await;
        let (person, dossier, id) = house.given("ana@example.org", &client(1)).await;
        let given = house.guard.shared(id).await.unwrap();
        assert_eq!((given.dossier, given.share.as_str(), &given.recipient), (dossier, "clients", &client(1)));
        assert_eq!(given.fields, FIELDS);
        let own = house.guard.shared_of_own(&house.person(person)).await.unwrap();
        assert_eq!(own.iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
        let (stranger, _) = house.apply("bo@example.org").await;
        assert!(house.guard.shared_of_own(&house.person(stranger)).await.unwrap().is_empty());
        house.clock.advance(1);
        house.given("cem@example.org", &client(2)).await;
        house.clock.advance(1);
        house.given("dia@example.org", &client(1)).await;
        let lately = async |share| {
            let lately = house.guard.shared_lately(share).await.unwrap();
            lately.into_iter().map(|one| one.recipient).collect::<Vec<_>>()
        };
        assert_eq!(lately("clients").await, [client(1), client(2)]);
        assert!(lately("group").await.is_empty());
    }

    async fn only_a_human_who_recruits_gives_what_the_share_says(at: Location) {
        let house = House::new(at, &format!("{AGENCY}{SHARES}")).await;
        let (_, dossier) = house.apply("ana@example.org").await;
        let recruiter = house.member("consultant").await;
        for other in [house.member("dpo").await, house.staff("consultant", false), Actor::stranger()] {
            let given = house.give(&other, dossier, ("clients", &FIELDS), &client(1)).await;
            assert!(matches!(given, Err(Error::Forbidden)));
        }
        let given = house.give(&recruiter, dossier, ("clients", &["cv", "subject"]), &client(1)).await;
        assert!(is_refused(&given, "share.clients"), "must never see it");
        let given = house.give(&recruiter, dossier, ("clients", &["status"]), &client(1)).await;
        assert!(is_refused(&given, "share.clients"), "doesn't receive it");
        let given = house.give(&recruiter, dossier, ("clients", &["music"]), &client(1)).await;
        assert!(is_refused(&given, "purpose.apply"), "nobody collects it");
        let given = house.give(&recruiter, dossier, ("nobody", &FIELDS), &client(1)).await;
        assert!(is_refused(&given, "share"), "no share of that name");
        // Declared, but not as something that a human does by hand.
        let given = house.give(&recruiter, dossier, ("group", &["given_name"]), &client(1)).await;
        assert!(matches!(given, Err(Error::NotFound)));
        assert!(house.guard.shared_of(&[dossier]).await.unwrap().is_empty());
    }

    async fn nothing_is_given_of_whom_nobody_tells(at: Location) {
        let house = House::new(at, &format!("{AGENCY}{SHARES}")).await;
        let (_, dossier) = house.apply("ana@example.org").await;
        let recruiter = house.member("consultant").await;
        let filed = house.guard.filed(dossier).await.unwrap();
        let to = client(1);
        let new = NewSharing { share: "clients", fields: &FIELDS, to: &to, letter: None };
        let mut tx = house.guard.begin().await.unwrap();
        let given = house.guard.share(&mut tx, &recruiter, &filed, new).await;
        assert!(matches!(given, Err(Error::Invalid(_))));
        drop(tx);
        house.give(&recruiter, dossier, ("clients", &FIELDS), &to).await.unwrap();
        let mails = house.guard.demo_mails(10).await.unwrap();
        assert_eq!(mails.iter().map(|mail| mail.kind).collect::<Vec<_>>(), [MailKind::Shared]);
    }

    async fn what_its_person_restricted_is_given_to_nobody(at: Location) {
        let house = House::new(at, &format!("{AGENCY}{SHARES}")).await;
        let (person, dossier) = house.apply("ana@example.org").await;
        let recruiter = house.member("consultant").await;
        house.guard.restrict_own(&house.person(person), None).await.unwrap();
        let given = house.give(&recruiter, dossier, ("clients", &FIELDS), &client(1)).await;
        assert!(matches!(given, Err(Error::NotFound)));
        house.guard.lift_own(&house.person(person), None).await.unwrap();
        house.give(&recruiter, dossier, ("clients", &FIELDS), &client(1)).await.unwrap();
    }

    async fn who_received_hears_of_erasure_where_their_person_was_told_to_write(at: Location) {
        let house = House::new(at, &format!("{AGENCY}{SHARES}")).await;
        let (person, dossier, id) = house.given("ana@example.org", &client(1)).await;
        house.given("bo@example.org", &client(2)).await;
        let erasures = house.guard.erase_own(&house.person(person)).await.unwrap();
        house.guard.carry_out(erasures[0]).await.unwrap();
        assert!(house.guard.shared_of(&[dossier]).await.unwrap().is_empty(), "the record goes with what it is about");
        let told = house.guard.notices_of_erasure(erasures[0]).await.unwrap();
        let Recipient { name, contact } = client(1);
        let receiver = Receiver::Recipient { share: "clients".to_owned(), name, contact };
        assert_eq!(told.iter().map(|one| &one.receiver).collect::<Vec<_>>(), [&receiver], "and nobody else");
        assert_eq!((told[0].cause, told[0].way, told[0].state, told[0].dossiers), (Cause::Erased, Way::Manual, State::Open, 1));
        assert_eq!(house.guard.references_of(&told[0]).await.unwrap(), [id.to_string()]);
        house.guard.answer_notice(&house.staff("dpo", true), told[0].id, Answer::Answered).await.unwrap();
        assert!(house.notices_open().await.is_empty());
    }

    async fn two_clients_are_told_each_and_one_once(at: Location) {
        let house = House::new(at, &format!("{AGENCY}{SHARES}")).await;
        let (person, dossier, _) = house.given("ana@example.org", &client(1)).await;
        let recruiter = house.member("consultant").await;
        for nth in [1, 2] {
            house.give(&recruiter, dossier, ("clients", &FIELDS), &client(nth)).await.unwrap();
        }
        house.guard.restrict_own(&house.person(person), None).await.unwrap();
        let open = house.notices_open().await;
        let mut named: Vec<_> = open.iter().map(|one| (&one.receiver, one.cause)).collect();
        named.sort();
        assert_eq!(named.len(), 2);
        for (nth, (receiver, cause)) in (1..).zip(named) {
            let name = client(nth).name;
            assert!(matches!(receiver, Receiver::Recipient { name: told, .. } if *told == name));
            assert_eq!(cause, Cause::Restricted);
        }
        assert_eq!(house.guard.references_of(open.iter().find(|one| matches!(&one.receiver, Receiver::Recipient { name, .. } if *name == client(1).name)).unwrap()).await.unwrap().len(), 2);
    }

    async fn a_correction_is_told_and_so_is_the_end_of_a_clock(at: Location) {
        let house = House::new(at, &format!("{AGENCY}{SHARES}")).await;
        let (person, _, _) = house.given("ana@example.org", &client(1)).await;
        let corrected = house.guard.corrected(&house.person(person), person, ["Ana", "Exemplaire", "06 39 98 00 01"]).await.unwrap();
        let Ok(corrected) = corrected else { panic!("nothing is wrong with it") };
        let mut tx = house.guard.begin().await.unwrap();
        house.guard.note_corrected(&mut tx, &corrected).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(house.notices_open().await[0].cause, Cause::Rectified);
        house.clock.advance(400 * 86_400);
        assert!(house.guard.sweep(house.guard.now()).await.unwrap().erased > 0);
        assert_eq!(house.notices_open().await.last().unwrap().cause, Cause::Erased);
    }

    async fn on_the_experts_own_charter_a_client_hears_of_an_erasure(at: Location) {
        let house = House::new(at, include_str!("../../../../charters/experts.toml")).await;
        let (person, dossier) = house.apply("ana@example.org").await;
        let recruiter = house.member("projects").await;
        let given = house.give(&recruiter, dossier, ("clients", &["cv", "nationality"]), &client(1)).await;
        assert!(is_refused(&given, "share.clients"), "must never see it");
        house.give(&recruiter, dossier, ("clients", &FIELDS), &client(1)).await.unwrap();
        let erasures = house.guard.erase_own(&house.person(person)).await.unwrap();
        house.guard.carry_out(erasures[0]).await.unwrap();
        assert_eq!(house.guard.notices_of_erasure(erasures[0]).await.unwrap().len(), 1);
    }
}
