//! Owns: changing the address of who applied: nothing before both mailboxes are proven, everything that follows then.
//! Doesn't own: the pages and mails of it.

use guard::{AddressFlaw, Device, Mailbox, NewAddress, Proven, SessionToken};

use super::*;
use crate::account::address::carry_out;

const OLD: &str = "elise.vvtoken0001@people.example";
const NEW: &str = "elise@elsewhere.example";

/// Asks for another address, without its mails.
pub(super) async fn ask(case: &Case, actor: &Actor, address: &str) -> Result<NewAddress, AddressFlaw> {
    let guard = case.site.guard();
    let ends_at = guard.now().plus_seconds(86_400);
    let caller = caller();
    let new = guard
        .new_address(actor, address, ends_at, &caller)
        .await
        .unwrap()?;
    let mut tx = guard.begin().await.unwrap();
    guard.await_address(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    Ok(new)
}

/// How many people a sign-in link would go to.
async fn found(case: &Case, address: &str) -> usize {
    case.site.guard().people_to_sign_in(address).await.unwrap().len()
}

/// A new session by a link.
async fn session(case: &Case, actor: &Actor) -> (String, SessionToken) {
    let guard = case.site.guard();
    let mut tx = guard.begin().await.unwrap();
    let ends_at = guard.now().plus_seconds(3_600);
    let link = guard
        .make_link(&mut tx, actor.person().unwrap(), None, ends_at)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let (session, _) = guard.follow_link(link.secret(), Device::UNKNOWN).await.unwrap();
    (link.secret().to_owned(), session)
}

on_both!(
    an_address_changes_once_both_mailboxes_are_proven,
    CAREERS,
    |case: Case| async move {
        let guard = case.site.guard().clone();
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let one = case.apply(None).await;
        case.clock.advance(1);
        let two = case.apply(None).await;
        let actor = case.person(one).await;
        guard
            .join(&actor, guard.duplicates(&actor).await.unwrap()[0])
            .await
            .unwrap();
        let actor = case.person(one).await;
        let (link, spared) = session(&case, &actor).await;
        let (_, elsewhere) = session(&case, &actor).await;
        case.work().await;
        service::refuse(&case.site, &recruiter, two, Reason::Terms)
            .await
            .unwrap();

        let new = ask(&case, &actor, NEW).await.ok().unwrap();
        assert_eq!(guard.asked_address(new.new.secret()).await.unwrap(), Mailbox::New);
        assert!(matches!(
            guard.prove_address(new.new.secret()).await.unwrap(),
            Proven::One(Mailbox::New)
        ));
        assert!(matches!(
            guard.prove_address(new.new.secret()).await.unwrap(),
            Proven::One(Mailbox::New)
        ));
        let pending = guard.pending_address(&actor).await.unwrap().unwrap();
        assert_eq!((pending.old_proven, pending.new_proven), (false, true));
        assert_eq!(serde_json::to_value(&pending.to).unwrap(), NEW);
        assert_eq!(
            (found(&case, OLD).await, found(&case, NEW).await),
            (1, 0),
            "nothing has changed"
        );
        guard.follow_link(&link, Device::UNKNOWN).await.unwrap();

        let Proven::Both(change) = guard.prove_address(new.old.secret()).await.unwrap() else {
            panic!("both are proven")
        };
        carry_out(&case.site, &change, Some(spared.secret()))
            .await
            .unwrap();
        assert_eq!(
            (found(&case, OLD).await, found(&case, NEW).await),
            (0, 1),
            "found by the new one"
        );
        for id in [one, two] {
            let opened = service::open(&case.site, &recruiter, id).await.unwrap();
            let email = serde_json::to_value(opened.row.person.email.unwrap()).unwrap();
            assert_eq!(email, NEW, "both who are joined");
        }
        let wanted = Wanted {
            words: NEW.to_owned(),
            ..Wanted::default()
        };
        let list = service::list(&case.site, &recruiter, &wanted, None, 10)
            .await
            .unwrap();
        assert_eq!(list.rows.len(), 2, "the desk finds them by it");
        let mails = guard.demo_mails(10).await.unwrap();
        let to = |state| {
            let mails = mails.iter().filter(move |mail| mail.state == state);
            mails
                .map(|mail| serde_json::to_value(&mail.to).unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(to(MailState::Queued), [NEW], "the refusal that waits follows");
        assert_eq!(to(MailState::Kept), [OLD, OLD], "what has left has left");

        // What the old mailbox holds opens nothing any more.
        assert!(matches!(
            guard.follow_link(&link, Device::UNKNOWN).await,
            Err(Error::NotFound)
        ));
        let gone = guard.actor_of_session(elsewhere.secret()).await.unwrap();
        assert!(gone.person().is_none());
        let kept = guard.actor_of_session(spared.secret()).await.unwrap();
        assert_eq!(kept.people().len(), 2, "the one who confirmed stays signed in");
        for used in [new.old.secret(), new.new.secret()] {
            assert!(matches!(guard.prove_address(used).await, Err(Error::NotFound)));
        }
        // The new mailbox is proven, the old one no longer: who applies from it isn't offered.
        case.apply(None).await;
        assert!(guard.duplicates(&kept).await.unwrap().is_empty());
        case.apply_with(None, &[("email", NEW)]).await;
        assert_eq!(guard.duplicates(&kept).await.unwrap().len(), 1);
    }
);

on_both!(
    a_change_is_called_off_replaced_or_ends_by_itself,
    CAREERS,
    |case: Case| async move {
        let guard = case.site.guard().clone();
        let id = case.apply(None).await;
        let other = case.apply_with(None, &[("email", "other@people.example")]).await;
        let (actor, stranger) = (case.person(id).await, case.person(other).await);
        for (typed, flaw) in [
            ("nobody", AddressFlaw::NotAnEmail),
            ("a@b.example\r\nBcc: c@d.example", AddressFlaw::NotAnEmail),
            ("", AddressFlaw::NotAnEmail),
            (OLD, AddressFlaw::Same),
            (" ELISE.vvtoken0001@People.Example ", AddressFlaw::Same),
        ] {
            assert_eq!(ask(&case, &actor, typed).await.err(), Some(flaw), "{typed}");
        }
        // Another person's address: as any other.
        let first = ask(&case, &actor, "other@people.example").await.ok().unwrap();
        assert_eq!(ask(&case, &actor, NEW).await.err(), Some(AddressFlaw::TooSoon));
        assert!(guard.pending_address(&stranger).await.unwrap().is_none());
        guard.prove_address(first.new.secret()).await.unwrap();

        case.clock.advance(60);
        let second = ask(&case, &actor, NEW).await.ok().unwrap();
        for void in [first.old.secret(), first.new.secret(), "x", &"A".repeat(43)] {
            assert!(matches!(guard.prove_address(void).await, Err(Error::NotFound)));
        }
        assert!(
            !guard.pending_address(&actor).await.unwrap().unwrap().new_proven,
            "it began anew"
        );
        guard.cancel_address(&stranger).await.unwrap();
        assert!(matches!(
            guard.prove_address(second.old.secret()).await.unwrap(),
            Proven::One(Mailbox::Old)
        ));
        guard.cancel_address(&actor).await.unwrap();
        assert!(matches!(
            guard.prove_address(second.new.secret()).await,
            Err(Error::NotFound)
        ));

        case.clock.advance(60);
        let third = ask(&case, &actor, NEW).await.ok().unwrap();
        guard.prove_address(third.old.secret()).await.unwrap();
        case.clock.advance(86_400);
        assert!(matches!(
            guard.prove_address(third.new.secret()).await,
            Err(Error::NotFound)
        ));
        assert_eq!((found(&case, OLD).await, found(&case, NEW).await), (1, 0));
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        assert!(matches!(
            guard.new_address(&recruiter, NEW, guard.now(), &caller()).await,
            Err(Error::Forbidden)
        ));
    }
);

on_both!(
    an_address_is_written_to_a_few_times_whoever_names_it,
    CAREERS,
    |case: Case| async move {
        let id = case.apply(None).await;
        let mut asked = 0;
        let flaw = loop {
            case.clock.advance(60);
            let actor = case.person(id).await;
            match ask(&case, &actor, NEW).await {
                Ok(_) => asked += 1,
                Err(flaw) => break flaw,
            }
            assert!(asked < 40, "no end");
        };
        // Twenty, and one more each ten minutes.
        assert_eq!((flaw, asked), (AddressFlaw::TooSoon, 22));
        let actor = case.person(id).await;
        assert!(ask(&case, &actor, "elise@third.example").await.is_ok());
    }
);
