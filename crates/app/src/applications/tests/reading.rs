//! Owns: what reading leaves behind, and what a colleague sees of a colleague. Doesn't own: the person's page of it.

use std::collections::BTreeMap;

use guard::{SERVICE, keep::renew::Answer};
use kernel::Date;
use storage::PublicText;

use super::*;

impl Case {
    /// The records of reading by role and actor: how often opened, how often listed.
    async fn readings(&self) -> BTreeMap<(String, String), (i64, i64)> {
        let guard = self.site.guard();
        while guard.fold_access().await.unwrap() > 0 {}
        let rows = sql("SELECT role, actor, opened, listed FROM access_days")
            .all(guard.db())
            .await
            .unwrap();
        let mut readings = BTreeMap::<_, (i64, i64)>::new();
        for row in &rows {
            let text = |column| row.get::<PublicText, _>(column).unwrap().into_string();
            let count = readings.entry((text("role"), text("actor"))).or_default();
            count.0 += row.get::<i64, _>("opened").unwrap();
            count.1 += row.get::<i64, _>("listed").unwrap();
        }
        readings
    }
}

on_both!(
    a_mail_is_opened_by_the_service_and_the_person_can_see_it,
    CAREERS,
    |case: Case| async move {
        let id = case.apply(None).await;
        assert_eq!(case.readings().await, BTreeMap::new(), "writing is no reading");
        case.work().await;
        let errand = (SERVICE.to_owned(), "confirmation".to_owned());
        assert_eq!(case.readings().await, BTreeMap::from([(errand, (1, 0))]));
        let person = case.person(id).await;
        let read = case.site.guard().readings_of(&person, None, 7).await.unwrap();
        let seen: Vec<_> = read.days[0]
            .1
            .iter()
            .map(|read| (&*read.role, &*read.errand, read.opened))
            .collect();
        assert_eq!(seen, [(SERVICE, "confirmation", 1)]);
    }
);

on_both!(
    a_colleague_is_named_where_the_charter_shows_the_name,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let id = case.apply(None).await;
        service::move_to(&case.site, &recruiter, id, Stage::InReview)
            .await
            .unwrap();
        let mover = recruiter.staff().unwrap();
        let named = |opened: service::Opened| {
            let colleague = opened.colleagues.get(&mover).unwrap();
            (
                colleague.role.clone(),
                serde_json::to_value(&colleague.name).unwrap(),
            )
        };
        let opened = service::open(&case.site, &recruiter, id).await.unwrap();
        assert_eq!(named(opened), ("recruiter".to_owned(), "Camille Exemple".into()));
        let reader = ("recruiter".to_owned(), mover.to_string());
        let of_staff = sql("SELECT COUNT(*) AS count FROM access_days WHERE purpose = $1 AND person = $2")
            .bind(PublicText::new("staff_accounts"))
            .bind(mover);
        assert!(case.readings().await.contains_key(&reader));
        let count: i64 = of_staff
            .one(case.site.guard().db())
            .await
            .unwrap()
            .get("count")
            .unwrap();
        assert_eq!(count, 1, "the colleague's name was read, and it is recorded");
    }
);

/// By which the careers charter shows colleagues' names to recruiters.
const COLLEAGUES: &str = "  { role = \"recruiter\", fields = [\"given_name\", \"family_name\"] },\n";

on_both!(
    a_colleague_is_a_role_where_the_charter_doesnt,
    &CAREERS.replacen(COLLEAGUES, "", 1),
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let id = case.apply(None).await;
        service::move_to(&case.site, &recruiter, id, Stage::InReview)
            .await
            .unwrap();
        let opened = service::open(&case.site, &recruiter, id).await.unwrap();
        let colleague = &opened.colleagues[&recruiter.staff().unwrap()];
        assert!(colleague.name.is_none() && colleague.role == "recruiter");
        let own = case.site.guard().own_name(&recruiter).await.unwrap();
        assert_eq!(
            serde_json::to_value(own).unwrap(),
            "Camille Exemple",
            "one's own is one's own"
        );
    }
);

on_both!(
    one_value_tampered_with_costs_no_other_row,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let (bad, good) = (case.apply(None).await, case.apply(None).await);
        // The name of the one is put into the row of the other.
        let mut tx = case.site.guard().begin().await.unwrap();
        sql("UPDATE people SET family_name = (SELECT p.family_name FROM people p JOIN applications a ON a.person = p.id WHERE a.id = $2) \
             WHERE id = (SELECT person FROM applications WHERE id = $1)")
            .bind(bad)
            .bind(good)
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let page = service::list(&case.site, &recruiter, &Wanted::default(), None, 10)
            .await
            .unwrap();
        let shown: BTreeMap<_, _> = page
            .rows
            .iter()
            .map(|row| {
                (
                    row.application.id,
                    serde_json::to_value(&row.person.name).unwrap(),
                )
            })
            .collect();
        assert_eq!(shown[&good], "Élise Vvtoken0001");
        assert_eq!(shown[&bad], "Élise \u{FFFD}", "what was moved is never served");
        assert!(service::open(&case.site, &recruiter, bad).await.is_ok());
    }
);

on_both!(
    who_changes_role_is_shown_nothing_of_what_was_theirs,
    AGENCY,
    |case: Case| async move {
        let (guard, site) = (case.site.guard(), &case.site);
        let admin = case.staff("admin", "a@cabinet.example").await;
        let consultant = case.staff("consultant", "c@cabinet.example").await;
        let vacancy = case.vacancy(&consultant).await;
        case.apply(Some(&vacancy)).await;
        let listed = async |actor: &Actor| {
            let page = service::list(site, actor, &Wanted::default(), None, 10).await;
            page.map(|page| page.rows.len())
        };
        assert_eq!(listed(&consultant).await.unwrap(), 1);
        let id = consultant.staff().unwrap();
        guard.change_role(&admin, id, "it").await.unwrap();
        let session = guard.demo_sign_in(id).await.unwrap();
        let technician = guard.actor_of_session(session.secret()).await.unwrap();
        assert_eq!(technician.role(), Some("it"));
        assert_eq!(listed(&technician).await.unwrap(), 0);
    }
);

on_both!(
    a_reading_is_forgotten_after_its_own_year_of_who_is_kept_on,
    AGENCY,
    |case: Case| async move {
        let consultant = case.staff("consultant", "c@cabinet.example").await;
        let id = case.apply(None).await;
        service::open(&case.site, &consultant, id).await.unwrap();
        let guard = case.site.guard();
        let day = 86_400;
        // Until the last day of the twelfth month; then they are asked, and stay.
        case.clock.advance(366 * day);
        guard.tend_once(true).await.unwrap();
        let person = case.person(id).await;
        guard
            .answer_own_renewal(&person, id.cast(), Answer::Keep)
            .await
            .unwrap();
        service::open(&case.site, &consultant, id).await.unwrap();
        case.clock.advance(day);
        guard.tend_once(true).await.unwrap();
        assert_eq!(case.count("applications").await, 1);
        let days = sql("SELECT DISTINCT day FROM access_days ORDER BY day")
            .all(guard.db())
            .await
            .unwrap();
        let days: Vec<Date> = days.iter().map(|row| row.get("day").unwrap()).collect();
        let yesterday = guard.now().date(guard.zone()).plus_days(-1);
        assert_eq!(days, [yesterday], "that of the year before is over, this one not");
    }
);
