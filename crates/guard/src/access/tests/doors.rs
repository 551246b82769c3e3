//! Owns: that what strangers do at one door shuts nobody out at it or at another, and that an account of staff's is never
//! taken for a candidate, on both engines. Doesn't own: pages.

use storage::{Location, site_test};

use super::*;
use crate::Personal;

site_test! {
    async fn asking_at_one_door_uses_nothing_up_at_the_other(at: Location) {
        let case = case(at).await;
        case.add("recruiter", ADDRESS).await;
        let candidate = case.candidate(ADDRESS).await;
        let links = async || case.guard.people_to_sign_in(ADDRESS).await.unwrap().len();
        let recovered = async |kind| case.guard.send_recovery(kind, ADDRESS, &letter).await.unwrap();
        // Asked where nobody of that address is known: no mail, and none of the few is used up.
        for _ in 0..8 {
            assert_eq!(case.guard.send_recovery(AccountKind::Staff, "elise@people.example", &letter).await.unwrap(), 0);
            assert_eq!(recovered(AccountKind::Person).await, 0, "she has no password");
        }
        // Each door has its own, even where both know the address.
        let mut sent = Vec::new();
        for _ in 0..7 {
            sent.push(recovered(AccountKind::Staff).await);
        }
        assert_eq!(sent, [1, 1, 1, 1, 1, 0, 0]);
        let mut sent = Vec::new();
        for _ in 0..7 {
            sent.push(links().await);
        }
        assert_eq!(sent, [1, 1, 1, 1, 1, 0, 0]);
        // A link and a password's link to one person are mails of one door.
        let here = caller("192.0.2.1");
        let session = case.guard.begin_session(AccountKind::Person, candidate.cast(), here.device).await.unwrap();
        let actor = case.actor(session.secret()).await;
        case.guard.change_password(&actor, session.secret(), "", chosen(WORDS)).await.unwrap();
        assert_eq!(recovered(AccountKind::Person).await, 0);
        case.clock.advance(600);
        assert_eq!((recovered(AccountKind::Person).await, links().await), (1, 0));
    }

    async fn a_new_password_gets_its_owner_past_whoever_goes_on_guessing(at: Location) {
        let case = case(at).await;
        case.add("recruiter", ADDRESS).await;
        let guess = async |from: std::ops::Range<u32>| {
            for nth in from {
                let place = caller(&format!("2001:db8:{nth:x}::1"));
                case.enter(ADDRESS, OTHER_WORDS, &place).await.err();
            }
        };
        let here = caller("198.51.100.7");
        for _ in 0..11 {
            case.enter(ADDRESS, OTHER_WORDS, &here).await.err();
        }
        guess(0..120).await;
        assert!(matches!(case.enter(ADDRESS, WORDS, &here).await, Err(Error::TooOften { .. })));
        case.guard.send_recovery(AccountKind::Staff, ADDRESS, &letter).await.unwrap();
        let link = case.mailed().await;
        let (kind, device) = case.guard.choose_password(&link, chosen("seven slow barges to Angers"), &here).await.unwrap();
        assert_eq!(kind, AccountKind::Staff);
        // What was guessed until now counts no more, from here or from wherever.
        let enter = async |caller: &Caller| case.enter(ADDRESS, "seven slow barges to Angers", caller).await;
        assert!(enter(&here).await.is_ok());
        // And whoever fills it up again doesn't slow this browser down.
        guess(200..320).await;
        assert!(matches!(enter(&caller("203.0.113.5")).await, Err(Error::TooOften { .. })));
        let known = Caller { known: Some(device.secret().to_owned()), ..here };
        assert!(enter(&known).await.unwrap().device.is_none(), "it is known already");
    }

    async fn who_is_invited_or_has_left_is_no_candidate(at: Location) {
        let case = case(at).await;
        let (admin, _) = case.admin().await;
        let new = NewColleague { role: "recruiter", given_name: "Marie", family_name: "Exemple", email: "marie@staff.example" };
        let invited = case.guard.invite(&admin, new, &letter).await.unwrap();
        let ended = case.add("recruiter", ADDRESS).await;
        case.guard.end_account(&admin, ended).await.unwrap();
        for (email, id) in [("marie@staff.example", invited), (ADDRESS, ended)] {
            assert!(case.guard.people_to_sign_in(email).await.unwrap().is_empty(), "{email}");
            // Nor offered as a duplicate to who has that mailbox.
            let person = case.candidate(email).await;
            case.guard.prove_mailbox(person).await.unwrap();
            let session = case.guard.begin_session(AccountKind::Person, person.cast(), Device::UNKNOWN).await.unwrap();
            let actor = case.actor(session.secret()).await;
            assert!(case.guard.duplicates(&actor).await.unwrap().is_empty(), "{email}");
            assert!(matches!(case.guard.join(&actor, id.cast()).await, Err(Error::NotFound)));
        }
    }

    async fn the_sessions_of_who_is_joined_are_one_list(at: Location) {
        let case = case(at).await;
        let email = "elise@people.example";
        let (one, two) = (case.candidate(email).await, case.candidate(email).await);
        let begin = async |person: Id<Person>| {
            case.guard.begin_session(AccountKind::Person, person.cast(), Device::UNKNOWN).await.unwrap()
        };
        case.guard.prove_mailbox(one).await.unwrap();
        let (first, second) = (begin(one).await, begin(two).await);
        let actor = case.actor(first.secret()).await;
        case.guard.join(&actor, two).await.unwrap();
        for session in [&first, &second] {
            let actor = case.actor(session.secret()).await;
            let listed = case.guard.sessions(&actor, session.secret()).await.unwrap();
            assert_eq!(listed.iter().filter(|listed| listed.current).count(), 1);
            assert_eq!(listed.len(), 2, "whichever of the two began it");
        }
        let actor = case.actor(first.secret()).await;
        let listed = case.guard.sessions(&actor, first.secret()).await.unwrap();
        let other = listed.iter().find(|session| !session.current).unwrap();
        case.guard.end_own_sessions(&actor, first.secret(), Ending::One(other.id)).await.unwrap();
        assert!(case.actor(second.secret()).await.person().is_none());
    }

    async fn an_address_that_anybody_types_is_mailed_a_few_times(at: Location) {
        let case = case(at).await;
        let may = async |email: &str, from: &str| {
            let mut tx = case.guard.begin().await.unwrap();
            let to = Personal::new(email.to_owned());
            case.guard.count_unproven(&mut tx, &to, &caller(from)).await.unwrap();
            match tx.commit().await.map_err(Error::from) {
                Err(error) if error.is_used_up() => false,
                counted => counted.map(|()| true).unwrap(),
            }
        };
        // One victim, from everywhere; whoever else is written to stays reachable.
        let mut sent = 0;
        for nth in 0..30 {
            sent += u32::from(may(" Elise@People.example", &format!("2001:db8:{nth:x}::1")).await);
        }
        assert_eq!(sent, 20);
        assert!(may("other@people.example", "192.0.2.1").await);
        case.clock.advance(600);
        assert!(may("elise@people.example", "192.0.2.1").await);
        // Many victims, from one place; a proxy that names nobody isn't one.
        let mut sent = 0;
        for nth in 0..120 {
            sent += u32::from(may(&format!("a{nth}@people.example"), "203.0.113.5").await);
        }
        assert_eq!(sent, 100);
        assert!(may("b@people.example", "203.0.113.6").await);
        for nth in 0..120 {
            assert!(may(&format!("c{nth}@people.example"), "127.0.0.1").await);
        }
    }
}
