//! Owns: who reads which message, by both charters: always, a client's, what is addressed to them; and who decides that.
//! Doesn't own: what a message is worth ([`super::worth`]).

use super::*;

on_both!(
    sales_reads_a_message_once_it_is_passed_on_and_no_other,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let sales = case.staff("sales", "s@groupe.example").await;
        let (id, other) = (case.write(&[]).await, case.write(&[]).await);
        let all = Wanted::default();
        assert_eq!(case.list(&recruiter, &all).await, [other, id]);
        assert!(case.list(&sales, &all).await.is_empty(), "A09");
        assert!(matches!(
            service::open(&case.site, &sales, id).await,
            Err(Error::NotFound)
        ));
        // Nobody lets themselves in.
        assert!(matches!(
            dealing::pass_on(&case.site, &sales, id, true).await,
            Err(Error::NotFound)
        ));

        dealing::pass_on(&case.site, &recruiter, id, true).await.unwrap();
        assert!(matches!(
            dealing::pass_on(&case.site, &recruiter, id, true).await,
            Err(Error::TooLate)
        ));
        assert_eq!(case.list(&sales, &all).await, [id]);
        let opened = service::open(&case.site, &sales, id).await.unwrap();
        assert_eq!(
            serde_json::to_value(&opened.row.person.name).unwrap(),
            "Élise Vvtoken0002"
        );
        let found = Wanted {
            words: "vvtoken0002".to_owned(),
            ..Wanted::default()
        };
        assert_eq!(case.list(&sales, &found).await, [id], "a look-up finds no more");
        assert!(matches!(
            dealing::pass_on(&case.site, &sales, id, false).await,
            Err(Error::Forbidden)
        ));

        dealing::pass_on(&case.site, &recruiter, id, false).await.unwrap();
        assert!(case.list(&sales, &all).await.is_empty());
        assert!(matches!(
            service::open(&case.site, &sales, id).await,
            Err(Error::NotFound)
        ));
    }
);

on_both!(
    whom_the_charter_does_not_name_reads_no_message,
    CAREERS,
    |case: Case| async move {
        let id = case.write(&[]).await;
        let it = case.staff("it", "i@groupe.example").await;
        assert!(
            case.list(&it, &Wanted::default()).await.is_empty(),
            "no technical fact"
        );
        assert!(matches!(
            service::open(&case.site, &it, id).await,
            Err(Error::NotFound)
        ));
        for (role, email) in [("dpo", "d@groupe.example"), ("admin", "a@groupe.example")] {
            let other = case.staff(role, email).await;
            assert!(
                matches!(service::open(&case.site, &other, id).await, Err(Error::Forbidden)),
                "{role}"
            );
        }
        assert!(matches!(
            service::open(&case.site, &Actor::stranger(), id).await,
            Err(Error::Forbidden)
        ));
        assert_eq!(case.message(id).await.read_at, None);
    }
);

on_both!(
    a_consultant_reads_what_the_webmaster_addresses_to_them,
    AGENCY,
    |case: Case| async move {
        let webmaster = case.staff("webmaster", "w@cabinet.example").await;
        let one = case.staff("consultant", "one@cabinet.example").await;
        let two = case.staff("consultant", "two@cabinet.example").await;
        let id = case
            .write(&[("subject", "recruiter"), ("company", "Fonderie")])
            .await;
        let message = case.message(id).await;
        assert_eq!(
            (message.sender, message.addressee),
            (Sender::Client, None),
            "of two consultants it is nobody's by itself"
        );
        let all = Wanted::default();
        assert_eq!(case.list(&webmaster, &all).await, [id], "D15: the webmaster");
        assert!(case.list(&one, &all).await.is_empty(), "and nobody else");
        assert!(matches!(
            service::open(&case.site, &one, id).await,
            Err(Error::NotFound)
        ));

        let to = one.staff();
        assert!(matches!(
            dealing::address(&case.site, &one, id, to).await,
            Err(Error::NotFound)
        ));
        let nobody = webmaster.staff();
        assert!(
            matches!(
                dealing::address(&case.site, &webmaster, id, nobody).await,
                Err(Error::Invalid(_))
            ),
            "only to whom the charter names"
        );
        dealing::address(&case.site, &webmaster, id, to).await.unwrap();
        assert_eq!(case.list(&one, &all).await, [id]);
        assert!(case.list(&two, &all).await.is_empty());
        assert!(matches!(
            dealing::address(&case.site, &one, id, two.staff()).await,
            Err(Error::Forbidden)
        ));
        let opened = service::open(&case.site, &webmaster, id).await.unwrap();
        assert!(
            opened.colleagues[&to.unwrap()].name.is_some(),
            "the webmaster sees to whom"
        );

        dealing::address(&case.site, &webmaster, id, two.staff())
            .await
            .unwrap();
        assert!(
            case.list(&one, &all).await.is_empty(),
            "it is somebody else's now"
        );
        dealing::address(&case.site, &webmaster, id, None).await.unwrap();
        assert!(case.list(&two, &all).await.is_empty());
    }
);

on_both!(
    of_one_consultant_clients_and_candidates_reach_them_by_themselves,
    AGENCY,
    |case: Case| async move {
        let webmaster = case.staff("webmaster", "w@cabinet.example").await;
        let alone = case.staff("consultant", "one@cabinet.example").await;
        let client = case.write(&[("subject", "recruiter")]).await;
        let candidate = case.write(&[("subject", "candidate")]).await;
        // D14: naming a company routes the message, whatever the sender says they are.
        let named = case.write(&[("subject", "other"), ("position", "DRH")]).await;
        let other = case.write(&[("subject", "other")]).await;
        let all = Wanted::default();
        assert_eq!(case.list(&alone, &all).await, [named, candidate, client]);
        assert_eq!(
            case.list(&webmaster, &all).await,
            [other, named, candidate, client]
        );
        let clients = Wanted {
            sender: Some(Sender::Client),
            ..Wanted::default()
        };
        assert_eq!(case.list(&webmaster, &clients).await, [named, client]);
    }
);

on_both!(
    the_list_goes_on_where_the_page_ended,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let mut written = Vec::new();
        for _ in 0..5 {
            written.insert(0, case.write(&[]).await);
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = service::list(&case.site, &recruiter, &Wanted::default(), after.as_ref(), 2)
                .await
                .unwrap();
            seen.extend(page.rows.iter().map(|row| row.message.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, written);
        service::open(&case.site, &recruiter, written[0]).await.unwrap();
        let state = |standing| Wanted {
            standing: Some(standing),
            ..Wanted::default()
        };
        assert_eq!(case.list(&recruiter, &state(Standing::Read)).await, [written[0]]);
        assert_eq!(
            case.list(&recruiter, &state(Standing::Unread)).await,
            written[1..]
        );
        assert!(case.list(&recruiter, &state(Standing::Relevant)).await.is_empty());
    }
);
