//! What was erased opens in no copy any more once the charter's window is over: each backup that a target holds, under
//! today's keys and under each generation of the key store that is held still. Until then the older generation opens it.

use std::path::Path;

use super::*;
use crate::{
    keep::erase::{Scope, Why},
    keys,
};

const DAY: i64 = 86_400;
/// Whose own word erases them, and of whom one dossier is found to be of no interest.
const ERASED: [usize; 2] = [1, 2];
const STAYS: usize = 0;

/// Erases a person who asks for it, and a dossier that a human judged.
async fn erase(case: &Case) {
    let guard = &case.guard;
    let person = Actor::new(crate::actor::Who::Person(vec![case.dossiers[ERASED[0]].cast()]));
    let mut erasures = guard.erase_own(&person).await.unwrap();
    let mut tx = guard.begin().await.unwrap();
    let subject = case.dossiers[ERASED[1]].cast();
    let decided = guard.decide_erasure(&mut tx, Scope::Dossier, subject, Why::Irrelevant, None);
    erasures.push(decided.await.unwrap());
    tx.commit().await.unwrap();
    for erasure in erasures {
        guard.carry_out(erasure).await.unwrap();
    }
}

/// The generations that the target holds, each in a target of its own.
fn held(target: &str) -> Vec<String> {
    let mut alone = Vec::new();
    for entry in std::fs::read_dir(Path::new(target).join("keys")).unwrap() {
        let from = entry.unwrap().path();
        let name = from.file_name().unwrap().to_str().unwrap().to_owned();
        let to = format!("{target}-{name}");
        std::fs::create_dir_all(Path::new(&to).join("keys").join(&name)).unwrap();
        let mut parts = 0;
        for part in std::fs::read_dir(&from).unwrap() {
            let part = part.unwrap().path();
            let place = Path::new(&to)
                .join("keys")
                .join(&name)
                .join(part.file_name().unwrap());
            std::fs::copy(&part, place).unwrap();
            parts += 1;
        }
        // A folder that is empty is none.
        alone.extend((parts > 0).then_some(to));
    }
    alone.sort();
    alone
}

/// What opens of the erased in each backup under each of these generations; who stays opens in all of them.
async fn opens(case: &Case, backups: &[String], generations: &[String]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut nth = 0;
    for (at, generation) in generations.iter().enumerate() {
        for (of, backup) in backups.iter().enumerate() {
            nth += 1;
            let name = format!("tried-{at}-{of}-{}", case.clock.now().as_millis());
            let settings = || {
                let mut settings = case.settings_in(&name);
                settings.keys = format!("{}-{nth}-keys", settings.folder.display());
                settings
            };
            std::fs::create_dir_all(settings().keys).unwrap();
            keys::install(&settings(), generation).await.unwrap();
            restore(settings(), &case.target("data"), Some(backup.as_str()), &[])
                .await
                .unwrap();
            let guard = Guard::open(settings()).await.unwrap();
            assert_eq!(
                case.file(&guard, STAYS).await,
                Some(Case::content(STAYS)),
                "{backup} {generation}"
            );
            for who in ERASED {
                let file = case.file(&guard, who).await;
                assert!(file.as_ref().is_none_or(|bytes| *bytes == Case::content(who)));
                let keys = guard.vault.active(&[case.dossiers[who]]).await.unwrap();
                assert_eq!(
                    file.is_some(),
                    !keys.is_empty(),
                    "no key without its file, and no file without its key"
                );
                found.extend(file.map(|_| (who, of, at)));
            }
            guard.close().await;
        }
    }
    found
}

async fn backups(case: &Case) -> Vec<String> {
    let found = verify(&case.settings(), &case.target("data")).await.unwrap();
    found.backups.into_iter().map(|(id, _)| id).collect()
}

site_test! {
    async fn what_was_erased_opens_in_no_copy_once_the_window_is_over(at: Location) {
        let case = Case::of(at, 3).await;
        let plan = Plan { to: case.target("data"), keys: case.target("keys"), every: "P6D".parse().unwrap() };
        let turn = async || {
            assert!(case.guard.back_up_by(&plan).await.unwrap());
            case.guard.keep_window(&plan.keys).await.unwrap();
        };
        turn().await;
        case.clock.advance(6 * DAY);
        turn().await;
        case.clock.advance(3_600);
        erase(&case).await;

        // Within the window whoever has a generation from before still opens them, in each backup: it isn't over.
        let (copies, generations) = (backups(&case).await, held(&plan.keys));
        assert_eq!((copies.len(), generations.len()), (2, 2));
        assert_eq!(opens(&case, &copies, &generations).await.len(), ERASED.len() * 2 * 2);

        // Six days on, the generation from before the erasure is the older of two, and not yet a week old.
        case.clock.advance(6 * DAY - 3_600);
        turn().await;
        let generations = held(&plan.keys);
        assert_eq!(opens(&case, &backups(&case).await[..1], &generations).await, [(1, 0, 0), (2, 0, 0)]);

        // The charter's P7D is over: no generation is due, and the older one went all the same.
        case.clock.advance(DAY);
        assert!(!case.guard.back_up_by(&plan).await.unwrap());
        case.guard.keep_window(&plan.keys).await.unwrap();
        let (copies, generations) = (backups(&case).await, held(&plan.keys));
        assert_eq!((copies.len(), generations.len()), (3, 1));
        assert_eq!(opens(&case, &copies, &generations).await, []);
        let measured = case.guard.verify_keys(&plan.keys).await.unwrap().window.unwrap();
        assert!(measured.holds() && measured.still_opens == Some(DAY), "{measured:?}");

        // Nor under today's keys.
        let case = case.close().await;
        for (nth, backup) in copies.iter().enumerate() {
            let settings = || case.settings_in(&format!("today-{nth}"));
            restore(settings(), &case.target("data"), Some(backup.as_str()), &[]).await.unwrap();
            let guard = Guard::open(settings()).await.unwrap();
            assert_eq!(case.file(&guard, STAYS).await, Some(Case::content(STAYS)));
            for who in ERASED {
                assert_eq!(case.file(&guard, who).await, None);
                assert!(guard.vault.active(&[case.dossiers[who]]).await.unwrap().is_empty());
            }
            guard.close().await;
        }
    }
}
