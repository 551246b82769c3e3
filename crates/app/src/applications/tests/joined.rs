//! Owns: being one person under two submissions: joined by who has proven the mailbox, seen as one, parted again.
//! Doesn't own: the pages that offer it.

use std::collections::HashMap;

use guard::Person;
use kernel::{Id, Rng};

use super::*;

/// Two applications from one mailbox, in the order of their ids, which sort by the millisecond they were made in.
async fn twice(case: &Case) -> [Id<Application>; 2] {
    let one = case.apply(None).await;
    case.clock.advance(1);
    [one, case.apply(None).await]
}

/// The person of an application.
async fn person_of(case: &Case, id: Id<Application>) -> Id<Person> {
    let row = sql("SELECT person FROM applications WHERE id = $1").bind(id);
    row.one(case.site.guard().db())
        .await
        .unwrap()
        .get("person")
        .unwrap()
}

async fn seen(case: &Case, actor: &Actor) -> Vec<Id<Application>> {
    let mut ids: Vec<_> = own::all(&case.site, actor)
        .await
        .unwrap()
        .iter()
        .map(|own| own.application.id)
        .collect();
    ids.sort_unstable();
    ids
}

on_both!(
    joining_shows_both_and_undoing_parts_them,
    CAREERS,
    |case: Case| async move {
        let guard = case.site.guard().clone();
        let [one, two] = twice(&case).await;
        let other = case.apply_with(None, &[("email", "other@people.example")]).await;
        let second = person_of(&case, two).await;
        let actor = case.person(one).await;
        assert_eq!(seen(&case, &actor).await, [one], "nothing joins by itself");
        assert_eq!(guard.duplicates(&actor).await.unwrap(), [second]);
        for not_theirs in [
            person_of(&case, other).await,
            person_of(&case, one).await,
            guard.id(),
        ] {
            assert!(matches!(
                guard.join(&actor, not_theirs).await,
                Err(Error::NotFound)
            ));
        }
        guard.join(&actor, second).await.unwrap();

        // Whichever of the two one comes in by.
        for id in [one, two] {
            let actor = case.person(id).await;
            assert_eq!(seen(&case, &actor).await, [one, two]);
            assert_eq!(
                actor.person(),
                Some(person_of(&case, one).await),
                "one of them is main"
            );
            assert!(guard.duplicates(&actor).await.unwrap().is_empty());
            assert!(own::one(&case.site, &actor, one).await.unwrap().held.files.len() == 1);
            assert!(own::one(&case.site, &actor, two).await.unwrap().held.files.len() == 1);
        }
        let links = guard.people_to_sign_in("elise.vvtoken0001@people.example").await;
        assert_eq!(links.unwrap().len(), 1, "one link to who is one");
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        service::open(&case.site, &recruiter, two).await.unwrap();
        let actor = case.person(one).await;
        let read = guard.readings_of(&actor, None, 10).await.unwrap();
        assert_eq!(read.days.len(), 1, "who read the second is shown to the first");

        // The file of either can be opened, and either withdrawn.
        let permit = service::permit(&guard, &actor).unwrap();
        let file = guard.files_of(two.cast()).await.unwrap().remove(0).id;
        assert!(guard.open_file(&permit, file).await.is_ok());
        own::withdraw(&case.site, &actor, two).await.unwrap();

        guard.part(&actor, second).await.unwrap();
        assert_eq!(seen(&case, &case.person(one).await).await, [one]);
        assert_eq!(seen(&case, &case.person(two).await).await, [two]);
        let parted = case.person(one).await;
        let permit = service::permit(&guard, &parted).unwrap();
        assert!(matches!(
            guard.open_file(&permit, file).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(guard.part(&parted, second).await, Err(Error::NotFound)));
        let read = guard.readings_of(&parted, None, 10).await.unwrap();
        assert!(read.days.is_empty(), "keys and records stayed apart");
    }
);

on_both!(
    two_who_join_each_other_at_once_are_one,
    CAREERS,
    |case: Case| async move {
        let guard = case.site.guard().clone();
        let [one, two] = twice(&case).await;
        let (first, second) = (case.person(one).await, case.person(two).await);
        let (a, b) = tokio::join!(
            guard.join(&first, second.person().unwrap()),
            guard.join(&second, first.person().unwrap()),
        );
        assert!(a.is_ok() || b.is_ok());
        for id in [one, two] {
            assert_eq!(seen(&case, &case.person(id).await).await, [one, two]);
        }
    }
);

on_both!(
    who_has_not_proven_the_mailbox_joins_nobody,
    CAREERS,
    |case: Case| async move {
        let guard = case.site.guard().clone();
        let [one, two] = twice(&case).await;
        let (actor, second) = (case.person(one).await, person_of(&case, two).await);
        let mut tx = guard.begin().await.unwrap();
        sql("DELETE FROM proven_mailboxes").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(guard.duplicates(&actor).await.unwrap().is_empty());
        assert!(matches!(guard.join(&actor, second).await, Err(Error::NotFound)));
        assert!(guard.duplicates(&Actor::stranger()).await.unwrap().is_empty());
        assert!(matches!(
            guard.join(&Actor::stranger(), second).await,
            Err(Error::NotFound)
        ));
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        assert!(matches!(
            guard.join(&recruiter, second).await,
            Err(Error::NotFound)
        ));
        // Staff of that address are never anybody's duplicates.
        case.staff("dpo", "elise.vvtoken0001@people.example").await;
        let actor = case.person(one).await;
        assert_eq!(guard.duplicates(&actor).await.unwrap(), [second]);
    }
);

on_both!(
    whatever_is_tried_nobody_is_reached_under_an_unproven_address,
    CAREERS,
    |case: Case| async move {
        let guard = case.site.guard().clone();
        let rng = Rng::seeded(20_261_121);
        let addresses = ["a@people.example", "b@people.example", "c@people.example"];
        let mut people: Vec<(Id<Application>, Id<Person>)> = Vec::new();
        let mut address_of: HashMap<Id<Person>, &str> = HashMap::new();
        for _ in 0..9 {
            let address = *rng.pick(&addresses).unwrap();
            let id = case.apply_with(None, &[("email", address)]).await;
            let person = person_of(&case, id).await;
            people.push((id, person));
            address_of.insert(person, address);
        }
        for _ in 0..60 {
            let (application, acting) = *rng.pick(&people).unwrap();
            let actor = case.person(application).await;
            let (_, other) = *rng.pick(&people).unwrap();
            if rng.below(4) == 0 {
                let _refused_or_not = guard.part(&actor, other).await;
            } else {
                let joined = guard.join(&actor, other).await.is_ok();
                assert!(!joined || address_of[&other] == address_of[&acting]);
            }
            let actor = case.person(application).await;
            let duplicates = guard.duplicates(&actor).await.unwrap();
            for reached in actor.people().iter().chain(&duplicates) {
                assert_eq!(address_of[reached], address_of[&acting]);
            }
            for own in own::all(&case.site, &actor).await.unwrap() {
                assert!(actor.people().contains(&own.application.person));
            }
        }
    }
);
