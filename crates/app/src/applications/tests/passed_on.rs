//! Owns: what passing an application on must do on both engines, through the doors: as far as the charter shares it, by who
//! recruits, told to its person, ended with it. Doesn't own: its pages and its file over HTTP.

use guard::{
    send::MailKind,
    share::Recipient,
    told::{Cause, Receiver},
};

use guard::Proven;

use super::*;
use crate::{
    account::address::carry_out,
    partners::service::{give, prepare},
};

/// The agency, whose clients receive the applications to their offers.
const SHARED: &str = concat!(
    include_str!("../../../../../charters/agency.toml"),
    include_str!("../../../../charter/tests/parts/clients.toml"),
);

fn client() -> Recipient {
    Recipient {
        name: "Atelier Exemple".to_owned(),
        contact: "rgpd@atelier.example".to_owned(),
    }
}

on_both!(
    what_the_share_receives_is_passed_on_and_its_person_told,
    SHARED,
    |case: Case| async move {
        let consultant = case.staff("consultant", "c@cabinet.example").await;
        let vacancy = case.vacancy(&consultant).await;
        let id = case.apply(Some(&vacancy)).await;
        let giving = prepare(&case.site, &consultant, id, "clients").await.unwrap();
        let fields = ["given_name", "family_name", "email", "phone", "vacancy", "cv"];
        assert_eq!(giving.fields, fields, "neither subject nor motivation");
        give(&case.site, &consultant, &giving, &client()).await.unwrap();

        let guard = case.site.guard();
        case.work().await;
        let mails = guard.demo_mails(50).await.unwrap();
        let told: Vec<_> = mails
            .iter()
            .filter(|mail| mail.kind == MailKind::Shared)
            .collect();
        assert_eq!(told.len(), 1);
        let body = serde_json::to_string(&told[0].body).unwrap();
        let Recipient { name, contact } = client();
        for says in [&name, &contact, "Soudeur·se", "/privacy#share.clients"] {
            assert!(body.contains(says), "{says}: {body}");
        }
        let person = case.person(id).await;
        let own = guard.shared_of_own(&person).await.unwrap();
        assert_eq!((own.len(), &own[0].recipient), (1, &client()));
        let copy = guard.everything_of_own(&person, crate::UNTOLD).await.unwrap();
        let row = copy.rows().find(|row| row.table == "sharings").unwrap();
        assert_eq!(
            (row.word("recipient"), row.word("contact")),
            (Some(name.as_str()), Some(contact.as_str()))
        );

        let erasures = guard.erase_own(&person).await.unwrap();
        case.work().await;
        let told = guard.notices_of_erasure(erasures[0]).await.unwrap();
        assert_eq!((told.len(), told[0].cause), (1, Cause::Erased));
        assert!(matches!(&told[0].receiver, Receiver::Recipient { contact: at, .. } if *at == contact));
    }
);

on_both!(
    who_doesnt_recruit_passes_nothing_on_and_nobody_what_has_ended,
    SHARED,
    |case: Case| async move {
        let consultant = case.staff("consultant", "c@cabinet.example").await;
        let vacancy = case.vacancy(&consultant).await;
        let id = case.apply(Some(&vacancy)).await;
        let unsolicited = case.apply_with(None, &[("email", "two@people.example")]).await;
        let dpo = case.staff("dpo", "p@cabinet.example").await;
        let other = case.staff("consultant", "d@cabinet.example").await;
        let asked = async |actor: &Actor, id, share: &str| prepare(&case.site, actor, id, share).await.err();
        assert!(matches!(asked(&dpo, id, "clients").await, Some(Error::Forbidden)));
        assert!(
            matches!(asked(&other, id, "clients").await, Some(Error::NotFound)),
            "not assigned to them"
        );
        assert!(matches!(
            asked(&consultant, id, "partners").await,
            Some(Error::NotFound)
        ));
        let shared = asked(&consultant, unsolicited, "clients").await;
        assert!(
            matches!(shared, Some(Error::NotFound)),
            "the share isn't for that purpose"
        );
        let giving = prepare(&case.site, &consultant, id, "clients").await.unwrap();
        own::withdraw(&case.site, &case.person(id).await, id)
            .await
            .unwrap();
        assert!(matches!(
            asked(&consultant, id, "clients").await,
            Some(Error::NotFound)
        ));
        // The page was open while its person withdrew.
        let late = give(&case.site, &consultant, &giving, &client()).await;
        assert!(late.is_err(), "nothing goes of what was withdrawn");
    }
);

on_both!(
    a_charter_that_shares_nothing_passes_nothing_on,
    AGENCY,
    |case: Case| async move {
        let consultant = case.staff("consultant", "c@cabinet.example").await;
        let vacancy = case.vacancy(&consultant).await;
        let id = case.apply(Some(&vacancy)).await;
        let asked = prepare(&case.site, &consultant, id, "clients").await;
        assert!(matches!(asked.err(), Some(Error::NotFound)));
    }
);

on_both!(
    who_received_an_address_hears_of_another,
    SHARED,
    |case: Case| async move {
        let consultant = case.staff("consultant", "c@cabinet.example").await;
        let dpo = case.staff("dpo", "p@cabinet.example").await;
        let vacancy = case.vacancy(&consultant).await;
        let id = case.apply(Some(&vacancy)).await;
        let giving = prepare(&case.site, &consultant, id, "clients").await.unwrap();
        give(&case.site, &consultant, &giving, &client()).await.unwrap();
        let guard = case.site.guard();
        let person = case.person(id).await;
        let new = address::ask(&case, &person, "elise@elsewhere.example")
            .await
            .ok()
            .unwrap();
        guard.prove_address(new.new.secret()).await.unwrap();
        assert!(guard.notices(&dpo, None, 10).await.unwrap().rows.is_empty());
        let Proven::Both(change) = guard.prove_address(new.old.secret()).await.unwrap() else {
            panic!("both are proven")
        };
        carry_out(&case.site, &change, None).await.unwrap();
        let open = guard.notices(&dpo, None, 10).await.unwrap().rows;
        let causes: Vec<Cause> = open.iter().map(|notice| notice.cause).collect();
        assert_eq!(causes, [Cause::Rectified]);
    }
);
