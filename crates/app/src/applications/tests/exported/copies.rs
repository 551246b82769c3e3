//! Owns: what a copy of everything held about a person does in each case: a refusal that isn't told yet, what was
//! tampered with, a copy that somebody else makes, what is held back, a large file. Doesn't own: that nothing is left out
//! ([`super`]).

use futures_util::StreamExt as _;
use kernel::Word as _;

use super::*;

/// A charter that keeps applications by this rule.
fn kept_by(rule: &str) -> String {
    let (before, after) = (
        "from = \"last_contact\"\nmax = \"P12M\"\npromises = [\"A19\"]",
        "promises = [\"A19\"]",
    );
    assert!(CAREERS.contains(before));
    CAREERS.replace(before, &format!("{rule}\n{after}"))
}

fn with_hold() -> String {
    kept_by("from = \"last_contact\"\nmax = \"P12M\"\nhold = [\"legal_claim\"]")
}

/// A decision moves the end of an application, and of who it is about.
fn with_decision() -> String {
    kept_by("from = [\"last_contact\", \"decision\"]\ncombine = \"last_of\"\nmax = \"P12M\"")
}

async fn a_refusal_that_is_not_told_yet_is_in_no_copy(case: Case) {
    let recruiter = case.staff("recruiter", "r@groupe.example").await;
    let id = case.apply(None).await;
    case.work().await;
    service::open(&case.site, &recruiter, id).await.unwrap();
    service::move_to(&case.site, &recruiter, id, Stage::Interview)
        .await
        .unwrap();
    let actor = case.person(id).await;
    case.clock.advance(86_400);
    // What a copy says, but for the copies themselves and who looked.
    let seen = |data: &Value| -> Vec<Value> {
        let unseen = ["access_days", "sessions", "links"];
        let dossiers = data["dossiers"].as_array().unwrap().iter();
        let untils = dossiers.map(|dossier| dossier["until"].clone());
        let rows = rows(data).into_iter();
        let rows = rows.filter(|row| !unseen.iter().any(|table| row["table"] == *table));
        untils.chain(rows.cloned()).collect()
    };
    let before = case.data(&actor).await;
    service::refuse(&case.site, &recruiter, id, Reason::Experience)
        .await
        .unwrap();
    case.clock.advance(UNDO_SECONDS - 60);
    case.work().await;
    let untold = case.data(&actor).await;
    assert_eq!(seen(&untold), seen(&before), "not told yet, so not so yet");
    case.clock.advance(120);
    case.work().await;
    let told = case.data(&actor).await;
    assert_ne!(seen(&told), seen(&before));
    let of = |table: &str| -> Vec<&Value> {
        let rows = rows(&told).into_iter();
        rows.filter(|row| row["table"] == table).collect()
    };
    let [decision] = of("decisions")[..] else {
        panic!("the decision: {told}")
    };
    assert_eq!(decision["facts"]["reason"], "experience");
    assert_eq!(decision["facts"]["staff"]["role"], "recruiter");
    assert_eq!(of("applications")[0]["facts"]["stage"], "refused");
    assert_eq!(of("mails").len(), 2, "the confirmation and the refusal");
}

on_both!(
    a_refusal_that_is_not_told_yet_moves_nothing_in_a_copy,
    CAREERS,
    a_refusal_that_is_not_told_yet_is_in_no_copy
);

on_both!(
    a_refusal_that_is_not_told_yet_moves_no_end_in_a_copy,
    &with_decision(),
    a_refusal_that_is_not_told_yet_is_in_no_copy
);

on_both!(
    what_was_tampered_with_costs_nothing_else,
    AGENCY,
    |case: Case| async move {
        let id = case.apply(None).await;
        let actor = case.person(id).await;
        let guard = case.site.guard();
        let mut tx = guard.begin().await.unwrap();
        // The other answer's bytes in its place, and a word where a moment was.
        sql("UPDATE application_answers SET value = (SELECT value FROM application_answers WHERE field = $1) WHERE field = $2")
            .bind(PublicText::new("subject"))
            .bind(PublicText::new("motivation"))
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let data = case.data(&actor).await;
        let values: Vec<&Value> = rows(&data)
            .into_iter()
            .filter(|row| row["table"] == "application_answers")
            .flat_map(|row| row["values"].as_array().unwrap())
            .collect();
        let of = |field: &str| *values.iter().find(|value| value["field"] == field).unwrap();
        assert_eq!(of("motivation")["unreadable"], true);
        assert_eq!(of("motivation")["value"], Value::Null);
        assert_eq!(of("subject")["value"], "Soudure");
        let page = String::from_utf8(case.archive(&actor).await["index.html"].clone()).unwrap();
        assert!(page.contains("n’est plus lisible"), "{page}");
        assert!(page.contains("Vvtoken0001"));

        // A byte of the file on the disk: it is told, and isn't in the archive.
        let sealed = the_file_under(&case.folder.join("site/files"));
        let mut bytes = std::fs::read(&sealed).unwrap();
        let last = bytes.len() - 20;
        bytes[last] ^= 1;
        std::fs::write(&sealed, bytes).unwrap();
        let files = case.archive(&actor).await;
        assert!(
            !files.keys().any(|name| name.starts_with("files/")),
            "{:?}",
            files.keys()
        );
        let data: Value = serde_json::from_slice(&files["data.json"]).unwrap();
        let dossiers = data["dossiers"].as_array().unwrap().iter();
        let told: Vec<_> = dossiers
            .flat_map(|dossier| dossier["files"].as_array().unwrap())
            .collect();
        assert_eq!(told.len(), 1);
        assert_eq!(
            (&told[0]["unreadable"], &told[0]["path"]),
            (&Value::Bool(true), &Value::Null)
        );
    }
);

on_both!(
    who_protects_makes_a_copy_for_somebody_and_they_see_it,
    CAREERS,
    |case: Case| async move {
        let guard = case.site.guard().clone();
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let dpo = case.staff("dpo", "dpo@groupe.example").await;
        let (recruiter, dpo) = (recruiter.staff().unwrap(), dpo.staff().unwrap());
        let id = case.apply(None).await;
        let actor = case.person(id).await;
        let person = actor.person().unwrap();
        let made = |person, staff| archive::made_for(&case.site, person, staff);
        let refused = |made: Result<Archive, archive::ArchiveError>| match made {
            Err(archive::ArchiveError::Guard(error)) => error,
            _ => panic!("an archive"),
        };
        assert!(matches!(refused(made(person, recruiter).await), Error::Forbidden));
        assert!(matches!(refused(made(guard.id(), dpo).await), Error::NotFound));
        assert!(matches!(
            refused(made(recruiter.cast(), dpo).await),
            Error::NotFound
        ));
        let read = guard.readings_of(&actor, None, 7).await.unwrap();
        assert!(read.days.is_empty(), "whoever was refused opened nothing");

        let files = unpacked(made(person, dpo).await.unwrap()).await;
        assert!(String::from_utf8_lossy(&files["index.html"]).contains("Vvtoken0001"));
        let read = guard.readings_of(&actor, None, 7).await.unwrap();
        let [(_, reads)] = &read.days[..] else {
            panic!("one day")
        };
        assert_eq!(reads.len(), 1, "{reads:?}");
        assert_eq!((reads[0].role.as_str(), reads[0].opened), ("dpo", 1));
        assert_eq!(reads[0].purpose, "answer_rights");
        // Their own look at it is no reading by anybody. It is a second later: ids of one moment have no order.
        case.clock.advance(1);
        case.everything(&actor).await;
        assert_eq!(
            guard.readings_of(&actor, None, 7).await.unwrap().days[0].1,
            *reads
        );
        let noted = sql("SELECT body FROM ledger_queue WHERE kind = $1 ORDER BY id")
            .bind(PublicText::new("copy_made"))
            .all(guard.db())
            .await
            .unwrap();
        let by: Vec<Value> = noted
            .iter()
            .map(|row| serde_json::from_str(&row.get::<PublicText, _>("body").unwrap()).unwrap())
            .collect();
        assert_eq!(by.len(), 2, "the officer's and their own: {by:?}");
        assert_eq!((&by[0]["by"], &by[1]["by"]), (&"dpo".into(), &"person".into()));
        assert_eq!((&by[0]["dossiers"], &by[0]["files"]), (&2.into(), &1.into()));
    }
);

on_both!(
    what_is_held_back_is_in_the_copy_and_told_as_such,
    &with_hold(),
    |case: Case| async move {
        let guard = case.site.guard().clone();
        let dpo = case.staff("dpo", "dpo@groupe.example").await;
        let id = case.apply(None).await;
        let actor = case.person(id).await;
        let until = guard.now().plus_seconds(86_400 * 800).date(guard.zone());
        let kind = charter::vocabulary::Hold::LegalClaim;
        guard
            .place_hold(&dpo, id.cast(), kind, "RG 26-0001", until)
            .await
            .unwrap();
        let erasure = guard.erase_own(&actor).await.unwrap()[0];
        guard.carry_out(erasure).await.unwrap();
        let data = case.data(&actor).await;
        let dossiers = data["dossiers"].as_array().unwrap();
        let held = dossiers
            .iter()
            .find(|dossier| dossier["id"] == id.to_string())
            .unwrap();
        assert_eq!(held["restricted"], "hold");
        let hold = rows(&data)
            .into_iter()
            .find(|row| row["table"] == "holds")
            .unwrap();
        assert_eq!(hold["facts"]["kind"], kind.word());
        assert_eq!(hold["facts"]["reference"], "RG 26-0001");
        assert_eq!(hold["facts"]["staff"]["role"], "dpo");
        let page = String::from_utf8(case.archive(&actor).await["index.html"].clone()).unwrap();
        assert!(page.contains("ce n’est pas encore effacé"), "{page}");
    }
);

on_both!(
    a_large_file_comes_in_small_pieces,
    CAREERS,
    |case: Case| async move {
        // Noise that packing can't shorten.
        let mut noise = PDF.to_vec();
        let mut state = 1_u32;
        noise.extend((0..4_000_000).map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        }));
        let filled = case
            .fill(FormKind::UnsolicitedApplication, &[], &noise)
            .await
            .unwrap();
        let Collected::Complete(answers) = filled else {
            panic!("complete")
        };
        let id = service::submit(&case.site, *answers, None, Source::Site, Locale::Fr, Confirm::Yes)
            .await
            .unwrap();
        let actor = case.person(id).await;
        let everything = case.everything(&actor).await;
        let made = archive::pack(&case.site, everything, Locale::En).await.unwrap();
        assert_eq!(made.name, "my-data-2026-11-21.zip");
        let pieces: Vec<usize> = made.bytes.map(|piece| piece.unwrap().len()).collect().await;
        let (all, largest) = (pieces.iter().sum::<usize>(), pieces.iter().max().unwrap());
        assert!(all > 3_900_000 && *largest < 200_000, "{largest} of {all}");
        let files = case.archive(&actor).await;
        let cv = files
            .iter()
            .find(|(name, _)| name.starts_with("files/"))
            .unwrap()
            .1;
        assert!(*cv == noise, "the CV is another");
    }
);

/// The only file under a folder.
fn the_file_under(folder: &std::path::Path) -> std::path::PathBuf {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}
