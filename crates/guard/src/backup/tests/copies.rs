//! Where the charter promises a copy together with the original, each change is copied by itself; what went is cleared
//! away, and whatever stays is whole.

use std::path::{Path, PathBuf};

use super::*;
use crate::{backup::schedule::Copies, testing::AGENCY};

const MINUTE: i64 = 60;

/// The agency's charter, its copy on a disk of the site's own.
fn charter() -> String {
    let cloud = "from = \"nas\"\nat = \"backup_cloud\"";
    assert!(AGENCY.contains(cloud));
    AGENCY.replace(cloud, "at = \"hosting\"")
}

/// A site that copies its changes, and what it knows of them.
struct Copied {
    case: Case,
    plan: Plan,
    copies: Copies,
}

impl Copied {
    async fn of(at: Location, dossiers: usize) -> Self {
        Self::under(&charter(), at, dossiers).await
    }

    async fn under(charter: &str, at: Location, dossiers: usize) -> Self {
        let case = Case::under(charter, at, dossiers).await;
        let (to, keys) = (case.target("data"), case.target("keys"));
        let plan = Plan {
            to,
            keys,
            every: "P1D".parse().unwrap(),
        };
        case.guard.plan.store(Some(std::sync::Arc::new(plan.clone())));
        Self {
            case,
            plan,
            copies: Copies::default(),
        }
    }

    /// A minute later.
    async fn look(&mut self) -> bool {
        self.case.clock.advance(MINUTE);
        self.case
            .guard
            .copy_changes(&self.plan, &mut self.copies)
            .await
            .unwrap()
    }

    /// Something happens.
    async fn change(&self) {
        self.case.add_person("pool", true).await;
    }

    async fn whole(&self) -> Vec<String> {
        let found = self.case.guard.verify_backups(&self.plan.to).await.unwrap();
        assert_eq!(found.flaws, []);
        let keys = self.case.guard.verify_keys(&self.plan.keys).await.unwrap();
        assert!(keys.is_in_order(), "{}", keys.told());
        found.backups.into_iter().map(|(id, _)| id).collect()
    }

    /// Objects of a kind in the target.
    fn objects(&self, kind: &str) -> Vec<PathBuf> {
        meddled::objects(&Path::new(&self.plan.to).join(kind))
    }

    fn size(&self) -> u64 {
        self.objects("")
            .iter()
            .map(|object| object.metadata().unwrap().len())
            .sum()
    }

    fn ledger(&self, kind: &'static str) -> impl Future<Output = usize> {
        let vault = self.case.guard.vault.clone();
        async move { vault.last_ledger_rows(kind, 1_000).await.unwrap().len() }
    }
}

site_test! {
    async fn what_changes_is_copied_within_a_minute_with_the_keys_it_takes(at: Location) {
        let mut copied = Copied::of(at, 2).await;
        assert!(copied.look().await, "what was there");
        assert!(!copied.look().await, "only what was noted about it");
        assert!(!copied.look().await);
        let (person, dossier) = copied.case.add_person("pool", true).await;
        assert!(copied.look().await);
        assert_eq!(copied.whole().await.len(), 2);

        // The site and its keys are lost in that minute: who came a moment ago comes back.
        let Copied { case, plan, .. } = copied;
        let case = case.close().await;
        let lost = || {
            let mut settings = case.settings_in("again");
            settings.keys = format!("{}-again", settings.keys);
            settings
        };
        std::fs::create_dir_all(lost().keys).unwrap();
        crate::keys::install(&lost(), &plan.keys).await.unwrap();
        restore(lost(), &plan.to, None, &[]).await.unwrap();
        let guard = Guard::open(lost()).await.unwrap();
        assert_eq!(guard.filed(dossier).await.unwrap().person, person);
        guard.close().await;
    }

    async fn nothing_is_copied_where_the_charter_gives_it_time(at: Location) {
        let later = charter().replace("at = \"hosting\"\nmode = \"backup\"\nreaders", "at = \"hosting\"\nmode = \"backup\"\nlag = \"PT24H\"\nreaders");
        let mut copied = Copied::under(&later, at, 1).await;
        assert!(!copied.look().await);
        assert!(!Path::new(&copied.plan.to).exists());
    }

    async fn a_copy_a_minute_fills_no_disk_and_no_ledger(at: Location) {
        let mut copied = Copied::of(at, 40).await;
        copied.case.guard.back_up_by(&copied.plan).await.unwrap();
        let (alone, mut most) = (copied.size(), 0);
        for _ in 0..150 {
            copied.change().await;
            assert!(copied.look().await);
            most = most.max(copied.objects("index").len());
        }
        // The last of each hour that is over, the one before and the newest.
        assert_eq!(copied.whole().await.len(), 4);
        assert!((50..70).contains(&most), "{most}");
        assert!(copied.case.guard.clear_backups(&copied.plan.to).await.unwrap() > 30);
        assert_eq!(copied.whole().await.len(), 4);
        assert!(copied.size() < alone * 2, "{}, {alone} alone", copied.size());
        assert_eq!(copied.case.guard.clear_backups(&copied.plan.to).await.unwrap(), 0, "nothing is left to clear");
        for kind in ["backup_made", "keys_backed_up"] {
            assert!((3..=5).contains(&copied.ledger(kind).await), "{kind}: {}", copied.ledger(kind).await);
        }
        // Days of turns later those of single hours are gone too, and what stays opens.
        for _ in 0..3 {
            copied.case.clock.advance(86_400);
            copied.change().await;
            assert!(copied.case.guard.back_up_by(&copied.plan).await.unwrap());
        }
        let backups = copied.whole().await;
        assert_eq!(backups.len(), 4);
        let case = copied.case.close().await;
        for (nth, backup) in backups.iter().enumerate() {
            let settings = || case.settings_in(&format!("back-{nth}"));
            restore(settings(), &copied.plan.to, Some(backup.as_str()), &[]).await.unwrap();
            let guard = Guard::open(settings()).await.unwrap();
            for who in [0, 39] {
                assert_eq!(case.file(&guard, who).await, Some(Case::content(who)));
            }
            guard.close().await;
        }
    }

    async fn what_breaks_off_while_it_is_cleared_leaves_a_whole_target(at: Location) {
        let mut copied = Copied::of(at, 4).await;
        for _ in 0..4 {
            copied.change().await;
            assert!(copied.look().await);
        }
        let to = Path::new(&copied.plan.to).to_owned();
        let objects = |of: &str| meddled::objects(&to.join(of)).into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect::<Vec<_>>();
        let (index, packs) = (objects("index"), objects("packs"));
        copied.case.guard.clear_backups(&copied.plan.to).await.unwrap();
        let cleared = objects("packs").len();
        assert!(cleared < packs.len());
        let put_back = |objects: &[(std::path::PathBuf, Vec<u8>)]| {
            for (path, bytes) in objects {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, bytes).unwrap();
            }
        };
        // Before the packs went, and before the old index did.
        put_back(&packs);
        copied.whole().await;
        copied.case.guard.clear_backups(&copied.plan.to).await.unwrap();
        assert_eq!(objects("packs").len(), cleared);
        put_back(&packs);
        put_back(&index);
        let backups = copied.whole().await;
        copied.case.guard.clear_backups(&copied.plan.to).await.unwrap();
        assert!(objects("packs").len() <= cleared);
        assert_eq!(copied.whole().await, backups);
        // What can't be read may name anything: nothing goes.
        let manifest = meddled::objects(&to.join("snapshots")).remove(0);
        std::fs::write(&manifest, b"something else").unwrap();
        let before = objects("packs");
        assert!(copied.case.guard.clear_backups(&copied.plan.to).await.is_err());
        assert_eq!(objects("packs"), before);
    }

    async fn who_works_on_a_target_has_the_turn(at: Location) {
        let copied = Copied::of(at, 2).await;
        let guard = &copied.case.guard;
        let turn = guard.vault.turn().await.unwrap().unwrap();
        let made = guard.back_up(&copied.plan.to);
        let waited = tokio::time::timeout(std::time::Duration::from_millis(300), made).await;
        assert!(waited.is_err() && !Path::new(&copied.plan.to).exists());
        drop(turn);
        guard.back_up(&copied.plan.to).await.unwrap();
        // By hand nothing that was there goes.
        guard.back_up(&copied.plan.to).await.unwrap();
        guard.back_up(&copied.plan.to).await.unwrap();
        let found = guard.verify_backups(&copied.plan.to).await.unwrap();
        assert_eq!((found.flaws.len(), found.backups.len()), (0, 3));
    }
}
