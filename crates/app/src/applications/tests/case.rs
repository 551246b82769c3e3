//! Owns: a site in which applications are made, read and counted by a scenario. Doesn't own: the scenarios.

use std::path::Path;

use bytes::Bytes;
use charter::FormKind;
use guard::{Actor, Error, collect::Collected, send::MailState};
use kernel::{Clock, Id, Locale};
use storage::sql;

use super::super::{
    model::{Application, Source},
    service,
};
use crate::{Site, confirm::Confirm, tests::doing, vacancies::Vacancy};

pub(super) const PDF: &[u8] = b"%PDF-1.4\nthe invented life of vvtoken0001\n%%EOF";

pub(super) struct Case {
    pub(super) site: Site,
    pub(super) folder: std::path::PathBuf,
    pub(super) clock: Clock,
}

impl Case {
    pub(super) async fn staff(&self, role: &str, email: &str) -> Actor {
        doing::staff(&self.site, role, email).await
    }

    pub(super) async fn vacancy(&self, actor: &Actor) -> Vacancy {
        doing::vacancy(&self.site, actor).await
    }

    pub(super) async fn fill(
        &self,
        kind: FormKind,
        extra: &[(&str, &str)],
        file: &[u8],
    ) -> Result<Collected, Error> {
        let guard = self.site.guard();
        let form = guard.charter().form_of(kind, Locale::Fr).unwrap().name.clone();
        let mut collecting = guard.collect(&form, Locale::Fr)?;
        let values = [
            ("given_name", "Élise"),
            ("family_name", "Vvtoken0001"),
            ("email", "elise.vvtoken0001@people.example"),
            ("phone", "06 39 98 00 01"),
            ("subject", "Soudure"),
            ("motivation", "Souder vvtoken0001, souder encore."),
        ];
        let is_extra = |name: &str| extra.iter().any(|(other, _)| *other == name);
        let usual = values.iter().filter(|(name, _)| !is_extra(name));
        for (name, value) in usual.chain(extra) {
            if collecting.expects(name).is_ok() || is_extra(name) {
                collecting.text(name, (*value).to_owned()).await?;
            }
        }
        let bytes = futures_util::stream::iter([Ok(Bytes::copy_from_slice(file))]);
        collecting.file("cv", "Élise.pdf", bytes).await?;
        collecting.finish().await
    }

    pub(super) async fn apply(&self, vacancy: Option<&Vacancy>) -> Id<Application> {
        self.apply_with(vacancy, &[]).await
    }

    /// Applies with other answers than everybody's.
    pub(super) async fn apply_with(
        &self,
        vacancy: Option<&Vacancy>,
        extra: &[(&str, &str)],
    ) -> Id<Application> {
        let kind = if vacancy.is_some() {
            FormKind::TargetedApplication
        } else {
            FormKind::UnsolicitedApplication
        };
        let Collected::Complete(answers) = self.fill(kind, extra, PDF).await.unwrap() else {
            panic!("complete")
        };
        service::submit(
            &self.site,
            *answers,
            vacancy,
            Source::Site,
            Locale::Fr,
            Confirm::Yes,
        )
        .await
        .unwrap()
    }

    pub(super) async fn person(&self, id: Id<Application>) -> Actor {
        let guard = self.site.guard();
        let row = sql("SELECT person FROM applications WHERE id = $1")
            .bind(id)
            .one(guard.db())
            .await
            .unwrap();
        doing::person(&self.site, row.get("person").unwrap()).await
    }

    pub(super) async fn work(&self) {
        doing::work(&self.site).await;
    }

    /// The states of all mails, sorted.
    pub(super) async fn mails(&self) -> Vec<MailState> {
        let mut states: Vec<_> = self
            .site
            .guard()
            .demo_mails(50)
            .await
            .unwrap()
            .iter()
            .map(|mail| mail.state)
            .collect();
        states.sort();
        states
    }

    pub(super) async fn count(&self, table: &'static str) -> i64 {
        let query = match table {
            "dossiers" => {
                sql("SELECT COUNT(*) AS count FROM dossiers WHERE person NOT IN (SELECT id FROM staff)")
            }
            "files" => sql("SELECT COUNT(*) AS count FROM files"),
            _ => sql("SELECT COUNT(*) AS count FROM applications"),
        };
        query
            .one(self.site.guard().db())
            .await
            .unwrap()
            .get("count")
            .unwrap()
    }
}

/// How many files lie under a folder.
pub(super) fn files_under(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files_under(&path) } else { 1 })
        .sum()
}
