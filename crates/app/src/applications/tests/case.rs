//! Owns: a site in which applications are made, read and counted by a scenario. Doesn't own: the scenarios.

use std::path::Path;

use bytes::Bytes;
use charter::FormKind;
use guard::{AccountKind, Actor, Caller, Device, Error, NewStaff, collect::Collected, send::MailState};
use kernel::{Clock, Id, Locale};
use platform::jobs::Worker;
use storage::sql;

use super::super::{
    model::{Application, Source},
    service,
};
use crate::{
    Site,
    vacancies::{
        self, Vacancy,
        model::{Contract, Offer, Period, Remote},
    },
};

pub(super) const PDF: &[u8] = b"%PDF-1.4\nthe invented life of vvtoken0001\n%%EOF";

/// Whoever calls, from one address.
pub(super) fn caller() -> Caller {
    Caller {
        address: [192, 0, 2, 1].into(),
        device: Device::UNKNOWN,
        known: None,
    }
}

pub(super) struct Case {
    pub(super) site: Site,
    pub(super) folder: std::path::PathBuf,
    pub(super) clock: Clock,
}

impl Case {
    pub(super) async fn staff(&self, role: &str, email: &str) -> Actor {
        let guard = self.site.guard();
        let new = NewStaff {
            role,
            given_name: "Camille",
            family_name: "Exemple",
            email,
            password: "long enough words",
        };
        guard.add_staff(new).await.unwrap();
        let signed_in = guard
            .sign_in(AccountKind::Staff, email, "long enough words", &caller())
            .await
            .unwrap();
        guard.actor_of_session(signed_in.session.secret()).await.unwrap()
    }

    pub(super) async fn vacancy(&self, actor: &Actor) -> Vacancy {
        let offer = Offer {
            language: Locale::Fr,
            title: "Soudeur·se".to_owned(),
            summary: String::new(),
            description: "Souder.".to_owned(),
            next_steps: String::new(),
            place: "Nantes".to_owned(),
            country: "FR".to_owned(),
            contract: Contract::Permanent,
            remote: Remote::None,
            salary_min: None,
            salary_max: None,
            salary_period: Period::Year,
            currency: kernel::Currency::Eur,
        };
        let vacancy = vacancies::service::write(self.site.guard(), actor, offer)
            .await
            .unwrap();
        vacancies::service::publish(self.site.guard(), actor, vacancy.id)
            .await
            .unwrap();
        vacancies::service::find(self.site.guard().db(), vacancy.id)
            .await
            .unwrap()
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
        service::submit(&self.site, *answers, vacancy, Source::Site, Locale::Fr, true)
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
        let mut tx = guard.begin().await.unwrap();
        let link = guard
            .make_link(
                &mut tx,
                row.get("person").unwrap(),
                None,
                guard.now().plus_seconds(60),
            )
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let (session, _) = guard.follow_link(link.secret(), Device::UNKNOWN).await.unwrap();
        guard.actor_of_session(session.secret()).await.unwrap()
    }

    pub(super) async fn work(&self) {
        let guard = self.site.guard();
        let worker = Worker::new(
            guard.db().clone(),
            guard.clock().clone(),
            self.site.clone(),
            &crate::jobs(),
            self.site.bell(),
        );
        worker.run_due().await.unwrap();
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

/// Whether any file under the folder holds the bytes.
pub(super) fn readable(folder: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .any(|path| match path.is_dir() {
            true => readable(&path, needle),
            false => std::fs::read(path)
                .unwrap()
                .windows(needle.len())
                .any(|window| window == needle),
        })
}
