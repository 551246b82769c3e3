//! Owns: what lies in a site's folder, asked of `look.py`. Doesn't own: what should lie there.

use crate::operator::python;
use acceptance::demo::Site;
use serde::Deserialize;

/// A site's rows and files, as far as these tests ask.
#[derive(Debug, Deserialize)]
pub(super) struct Look {
    pub(super) applications: Vec<String>,
    /// Id, dossier, kind, state.
    pub(super) mails: Vec<(String, String, String, String)>,
    /// Dossier, how many.
    pub(super) disclosures: Vec<(String, usize)>,
    /// Kind, state.
    pub(super) jobs: Vec<(String, String)>,
    /// What the ledger's sequencer hasn't taken yet.
    pub(super) unsequenced: usize,
    /// Dossier and id of each row.
    pub(super) files: Vec<(String, String)>,
    /// Dossier and id of each sealed file.
    pub(super) placed: Vec<(String, String)>,
    pub(super) incoming: Vec<String>,
    /// Keys of which nobody knows yet whether their dossier came.
    pub(super) unsettled: usize,
    /// Dossiers without an active key.
    pub(super) keyless: Vec<String>,
    pub(super) ledger: Chain,
    pub(super) journal: Chain,
}

#[derive(Debug, Deserialize)]
pub(super) struct Chain {
    pub(super) length: usize,
    /// The first row that is wrong.
    pub(super) broken: Option<usize>,
}

impl Look {
    /// At a site of a demo.
    pub(super) fn at(site: &Site) -> Self {
        let data = site.dir.ancestors().nth(2).expect("the demo's folder");
        let keys = data.join("keys").join(format!("{}.keys.db", site.name));
        let said = python(include_str!("look.py"), [&site.dir, &keys]);
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
    }

    /// Nothing waits, runs, or is to be swept.
    pub(super) fn is_quiet(&self) -> bool {
        self.jobs.iter().all(|(_, state)| state == "failed") && self.unsequenced == 0 && self.unsettled == 0
    }
}
