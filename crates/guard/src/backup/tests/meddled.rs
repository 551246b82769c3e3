//! Whatever is meddled with in a target is found, with the place; what isn't this site's is refused.

use std::path::{Path, PathBuf};

use super::*;

/// Every object of a target, by its path.
pub(super) fn objects(target: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![target.to_owned()];
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
    found.sort();
    found
}

fn name(target: &Path, object: &Path) -> String {
    object.strip_prefix(target).unwrap().display().to_string()
}

site_test! {
    async fn every_object_that_was_meddled_with_is_named(at: Location) {
        let case = Case::of(at, 30).await;
        let target = PathBuf::from(case.target("data"));
        let at = target.display().to_string();
        case.guard.back_up(&at).await.unwrap();
        case.erase(2).await;
        case.clock.advance(60);
        case.guard.back_up(&at).await.unwrap();
        let objects = objects(&target);
        assert!(objects.len() >= 7, "{objects:?}");
        let settings = case.settings();
        for object in &objects {
            let (whole, name) = (std::fs::read(object).unwrap(), name(&target, object));
            for byte in [0, whole.len() / 3, whole.len() - 1] {
                let mut flipped = whole.clone();
                flipped[byte] ^= 0x10;
                std::fs::write(object, &flipped).unwrap();
                let told = verify(&settings, &at).await;
                // A newer program's head can't be told from a flipped one.
                let newer = name == "site" && matches!(told, Err(Error::Backup(BackupError::Newer)));
                let named = told.is_ok_and(|found| found.flaws.iter().any(|flaw| flaw.place.starts_with(&name)));
                assert!(named || newer, "byte {byte} of {name}");
            }
            std::fs::write(object, &whole[..whole.len() - 9]).unwrap();
            let cut = verify(&settings, &at).await.unwrap();
            assert!(cut.flaws.iter().any(|flaw| flaw.place.starts_with(&name)), "{name} cut: {:?}", cut.flaws);
            std::fs::remove_file(object).unwrap();
            match verify(&settings, &at).await {
                Err(Error::Backup(BackupError::None)) => assert_eq!(name, "site"),
                missing => assert!(!missing.unwrap().flaws.is_empty(), "{name} missing"),
            }
            std::fs::write(object, &whole).unwrap();
        }
        assert_eq!(verify(&settings, &at).await.unwrap().flaws, []);
    }

    async fn what_was_found_wrong_stays_at_the_desk_until_a_look_finds_all_in_order(at: Location) {
        let case = Case::of(at, 3).await;
        let target = PathBuf::from(case.target("data"));
        let at = target.display().to_string();
        case.guard.back_up(&at).await.unwrap();
        let data = async || case.guard.backups_state().await.unwrap().0.remove(0);
        assert_eq!(data().await.looked_at, None);
        let object = objects(&target).into_iter().find(|object| object.starts_with(target.join("packs"))).unwrap();
        let whole = std::fs::read(&object).unwrap();
        std::fs::write(&object, &whole[..whole.len() - 9]).unwrap();
        case.clock.advance(60);
        case.guard.verify_backups(&at).await.unwrap();
        let (found_at, damage) = data().await.damage.unwrap();
        assert_eq!((found_at, data().await.looked_at), (case.guard.now(), Some(case.guard.now())));
        assert!(damage.place.starts_with(&name(&target, &object)), "{damage:?}");
        // A backup made since stands on what is there.
        case.clock.advance(60);
        case.guard.back_up(&at).await.unwrap();
        assert!(data().await.damage.is_some());
        std::fs::write(&object, &whole).unwrap();
        case.clock.advance(60);
        case.guard.verify_backups(&at).await.unwrap();
        assert_eq!((data().await.damage, data().await.looked_at), (None, Some(case.guard.now())));
    }

    async fn another_site_s_target_is_refused(at: Location) {
        let case = Case::of(at, 2).await;
        let other = Case::of(Location::Sqlite("unused".into()), 2).await;
        let target = case.target("data");
        case.guard.back_up(&target).await.unwrap();
        let into = other.guard.back_up(&target).await;
        assert!(matches!(into, Err(Error::Backup(BackupError::Foreign))));
        let found = verify(&other.settings(), &target).await.unwrap();
        assert_eq!(found.flaws[0].place, "site");
        let state = other.guard.backups_state().await.unwrap();
        assert!(!state.is_in_order() && state.0[0].failed.as_ref().is_some_and(|(_, why)| why.contains("another site")));
        let other = other.close().await;
        let from = restore(other.settings_in("restored"), &target, None, &[]).await;
        assert!(matches!(from, Err(Error::Backup(BackupError::Foreign))));
    }

    async fn nothing_in_a_target_reads(at: Location) {
        let case = Case::of(at, 5).await;
        let target = PathBuf::from(case.target("data"));
        case.guard.back_up(&target.display().to_string()).await.unwrap();
        let ids: Vec<String> = case.dossiers.iter().map(ToString::to_string).collect();
        for object in objects(&target) {
            let bytes = std::fs::read(&object).unwrap();
            let reads = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
            for word in ids.iter().map(String::as_str).chain(["dossiers", "jobs.example", "menu-jobs", "VIVF"]) {
                assert!(!reads(word.as_bytes()), "{word} in {}", object.display());
            }
        }
    }
}
