//! Owns: a demo of a test's own, copied from one that was peopled once: peopling takes longer than any story. And the
//! one that the stories share which only read, or write what is theirs alone. Doesn't own: running it (`Demo`).

use acceptance::demo::{Demo, Start, vivier};
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// The folder of a demo that nobody else changes; gone when dropped.
pub(crate) struct Own {
    folder: TempDir,
}

impl Own {
    /// A copy of the peopled demo.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&template(), folder.path());
        Self { folder }
    }

    /// Where its data lie: sites, keys, master key.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A demo on these data, to set up and start, as often as wanted.
    pub(crate) fn demo(&self) -> Start {
        Demo::with().data(self.folder())
    }
}

/// A copy that runs.
pub(crate) struct Running {
    demo: Demo,
    _own: Own,
}

impl Deref for Running {
    type Target = Demo;

    fn deref(&self) -> &Demo {
        &self.demo
    }
}

/// A demo that tests share which run at the same time. It ends with the last of them.
pub(crate) fn shared() -> Arc<Running> {
    static SHARED: Mutex<Weak<Running>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let own = Own::new();
        let running = Arc::new(Running {
            demo: own.demo().start(),
            _own: own,
        });
        *shared = Arc::downgrade(&running);
        running
    })
}

/// The demo to copy, stopped; made once for each build of the binary under test, and kept in the target folder.
fn template() -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let binary = fs::metadata(vivier().get_program()).expect("the binary under test");
    let built = binary
        .modified()
        .expect("a time")
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    let all = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let place = all.join(format!("demo-{}-{}", built.as_millis(), binary.len()));
    if !place.exists() {
        forget_old_ones(all);
        let making = tempfile::tempdir_in(all).expect("a folder");
        Demo::with().data(making.path()).start().kill();
        // Another run may have been faster; its template is as good.
        let _kept = fs::rename(making.path(), &place);
    }
    place
}

/// Templates of earlier builds, and what a run that was killed left: an hour is long enough for any run that uses one.
fn forget_old_ones(all: &Path) {
    let old = |path: &Path| {
        let made = fs::metadata(path).and_then(|folder| folder.modified()).ok();
        made.and_then(|made| SystemTime::now().duration_since(made).ok())
            .is_some_and(|age| age > Duration::from_secs(3_600))
    };
    for path in fs::read_dir(all)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
    {
        if old(&path) {
            let _may_be_gone = fs::remove_dir_all(&path);
        }
    }
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("copied");
        }
    }
}
