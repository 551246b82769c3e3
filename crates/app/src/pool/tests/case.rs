//! Owns: a site in which people apply, write, are found and kept by a scenario. Doesn't own: the scenarios.

use bytes::Bytes;
use charter::{FormKind, Trigger};
use futures_util::TryStreamExt as _;
use guard::{Actor, Error, Permit, Person, collect::Collected, files::Listed, keep::Until};
use kernel::{Clock, Duration, Id, Locale, Timestamp};
use storage::sql;

use super::super::{
    entering,
    model::Entry,
    service::{self, Wanted},
    store,
};
use crate::{
    Site,
    applications::{
        self,
        model::{Application, Source},
    },
    confirm::Confirm,
    contact::model::Message,
    tests::doing,
    vacancies::{self, Vacancy},
};

pub(super) const PDF: &[u8] = b"%PDF-1.4\nthe invented life of vvtoken0003\n%%EOF";

pub(super) struct Case {
    pub(super) site: Site,
    pub(super) folder: std::path::PathBuf,
    pub(super) clock: Clock,
}

impl Case {
    /// A word of everybody's name.
    #[expect(clippy::unused_self, reason = "read as the case's")]
    pub(super) fn words(&self) -> &'static str {
        "Vvtoken0003"
    }

    pub(super) async fn staff(&self, role: &str, email: &str) -> Actor {
        doing::staff(&self.site, role, email).await
    }

    /// A consultant, with an open vacancy of theirs.
    pub(super) async fn recruiter(&self) -> Actor {
        let actor = self.staff("consultant", "c@cabinet.example").await;
        doing::vacancy(&self.site, &actor).await;
        actor
    }

    pub(super) async fn vacancy(&self) -> Id<Vacancy> {
        vacancies::service::titles(self.site.guard()).await.unwrap()[0].0
    }

    pub(super) async fn close_all(&self) {
        let guard = self.site.guard();
        let actor = self.staff("consultant", "c2@cabinet.example").await;
        let vacancy = self.vacancy().await;
        vacancies::service::close(guard, &actor, vacancy).await.unwrap();
        self.site.publish().await.unwrap();
    }

    /// Fills the unsolicited form in, with the pool's box ticked or not.
    pub(super) async fn fill(&self, ticked: bool) -> Result<Collected, Error> {
        let guard = self.site.guard();
        let kind = FormKind::UnsolicitedApplication;
        let form = guard.charter().form_of(kind, Locale::Fr).unwrap().name.clone();
        let mut collecting = guard.collect(&form, Locale::Fr)?;
        let values = [
            ("given_name", "Élise"),
            ("family_name", self.words()),
            ("email", "elise.vvtoken0003@people.example"),
            ("phone", "06 39 98 00 03"),
            ("subject", "Soudure"),
            ("motivation", "Souder vvtoken0003, souder encore."),
        ];
        for (name, value) in values {
            if collecting.expects(name).is_ok() {
                collecting.text(name, value.to_owned()).await?;
            }
        }
        if ticked {
            collecting.text("_agree.pool", "yes".to_owned()).await?;
        }
        let bytes = futures_util::stream::iter([Ok(Bytes::from_static(PDF))]);
        collecting.file("cv", "Élise.pdf", bytes).await?;
        collecting.finish().await
    }

    pub(super) async fn apply(&self, ticked: bool) -> (Id<Application>, Id<Person>) {
        let Collected::Complete(answers) = self.fill(ticked).await.unwrap() else {
            panic!("complete")
        };
        let person = answers.person();
        let id =
            applications::service::submit(&self.site, *answers, None, Source::Site, Locale::Fr, Confirm::No)
                .await
                .unwrap();
        (id, person)
    }

    /// Somebody writes by the contact form.
    pub(super) async fn write(&self, subject: &str) -> Id<Message> {
        let values = [
            ("given_name", "Élise"),
            ("family_name", self.words()),
            ("email", "elise.vvtoken0003@people.example"),
            ("phone", "06 39 98 00 03"),
            ("subject", subject),
            ("message", "Je soude, vvtoken0003."),
        ];
        doing::write(&self.site, &values).await
    }

    /// A recruiter writes somebody down whom they found.
    pub(super) async fn found(
        &self,
        actor: &Actor,
        source: &str,
        extra: &[(&str, &str)],
    ) -> Result<Option<Id<Entry>>, Error> {
        let mut collecting = self.site.guard().collect_from(source, "pool", Locale::Fr)?;
        let usual = [
            ("given_name", "Élise"),
            ("family_name", self.words()),
            ("email", "elise.vvtoken0003@people.example"),
        ];
        let is_extra = |name: &str| extra.iter().any(|(other, _)| *other == name);
        for (name, value) in usual.iter().filter(|(name, _)| !is_extra(name)).chain(extra) {
            collecting.text(name, (*value).to_owned()).await?;
        }
        let Collected::Complete(answers) = collecting.finish().await? else {
            return Ok(None);
        };
        entering::found(&self.site, actor, source, *answers, Locale::Fr)
            .await
            .map(Some)
    }

    pub(super) async fn person(&self, person: Id<Person>) -> Actor {
        doing::person(&self.site, person).await
    }

    /// What somebody's list shows.
    pub(super) async fn list(&self, actor: &Actor, wanted: &Wanted) -> Vec<Id<Entry>> {
        let page = service::list(&self.site, actor, wanted, None, 50).await.unwrap();
        page.rows.iter().map(|row| row.entry.id).collect()
    }

    pub(super) async fn entry(&self, id: Id<Entry>) -> Option<Entry> {
        store::find(self.site.guard().db(), id).await.unwrap()
    }

    pub(super) async fn until(&self, id: Id<Entry>) -> Option<Until> {
        let guard = self.site.guard();
        guard.until(guard.db(), id.cast()).await.unwrap()
    }

    /// The midnight that ends the day so many months later.
    pub(super) fn after(&self, at: Timestamp, months: i16) -> Timestamp {
        Duration::months(months).end(at, self.site.guard().zone())
    }

    /// When that happened to an entry, if it did.
    pub(super) async fn moment(&self, id: Id<Entry>, event: Trigger) -> Option<Timestamp> {
        let row = sql("SELECT at FROM moments WHERE dossier = $1 AND event = $2")
            .bind(id)
            .bind(event)
            .optional(self.site.guard().db())
            .await
            .unwrap();
        row.map(|row| row.get("at").unwrap())
    }

    /// The secret of the newest link of that kind that a mail carries.
    pub(super) async fn link(&self, path: &str) -> String {
        let mails = self.site.guard().demo_mails(50).await.unwrap();
        let bodies = mails
            .iter()
            .map(|mail| serde_json::to_string(&mail.body).unwrap());
        let start = format!("http://jobs.example{path}");
        let link = bodies.into_iter().find_map(|body| {
            let (_, rest) = body.split_once(&start)?;
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
            Some(rest[..end.unwrap_or(rest.len())].to_owned())
        });
        link.expect("a mail with such a link")
    }

    pub(super) async fn bytes(&self, permit: &Permit, file: &Listed) -> Vec<u8> {
        let file = self.site.guard().open_file(permit, file.id).await.unwrap();
        let chunks: Vec<Bytes> = file.bytes.try_collect().await.unwrap();
        chunks.concat()
    }

    pub(super) async fn work(&self) {
        doing::work(&self.site).await;
    }

    /// What the house does by itself.
    pub(super) async fn sweep(&self) {
        self.site.guard().tend_once(true).await.unwrap();
        self.work().await;
    }

    /// Moves the clock to that moment.
    pub(super) fn go_to(&self, at: Timestamp) {
        let by = at.as_millis() - self.site.guard().now().as_millis();
        self.clock.advance(by / 1_000);
    }

    pub(super) async fn count_inbox(&self) -> i64 {
        sql("SELECT COUNT(*) AS count FROM pool_inbox")
            .one(self.site.guard().db())
            .await
            .unwrap()
            .get("count")
            .unwrap()
    }

    /// Whether any file of the site holds the bytes.
    pub(super) fn readable(&self, needle: &[u8]) -> bool {
        doing::readable(&self.folder, needle)
    }
}
