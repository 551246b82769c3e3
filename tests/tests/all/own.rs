//! Owns: a demo of a test's own, copied from one that was peopled once: peopling takes longer than any story.
//! Doesn't own: running it (the library's `Demo`).

use acceptance::demo::{Demo, Start};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tempfile::TempDir;

/// The folder of a demo that nobody else changes; gone when dropped.
pub(crate) struct Own {
    folder: TempDir,
    _template: Arc<TempDir>,
}

impl Own {
    /// A copy of the peopled demo.
    pub(crate) fn new() -> Self {
        let template = template();
        let folder = tempfile::tempdir().expect("a folder");
        copy(template.path(), folder.path());
        Self {
            folder,
            _template: template,
        }
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

/// The demo to copy, stopped; it lives as long as a copy does.
fn template() -> Arc<TempDir> {
    static TEMPLATE: Mutex<Weak<TempDir>> = Mutex::new(Weak::new());
    let mut template = TEMPLATE.lock().unwrap_or_else(PoisonError::into_inner);
    template.upgrade().unwrap_or_else(|| {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Demo::with().data(folder.path()).start().kill();
        *template = Arc::downgrade(&folder);
        folder
    })
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
