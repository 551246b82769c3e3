//! Owns: a site in which messages are written, read and counted by a scenario. Doesn't own: the scenarios.

use bytes::Bytes;
use charter::{FormKind, Trigger};
use guard::{Actor, Error, collect::Collected, keep::Until};
use kernel::{Clock, Id, Locale, Timestamp};
use storage::sql;

use super::super::{
    arrival, dealing,
    model::Message,
    service::{self, Wanted},
};
use crate::{Site, confirm::Confirm, tests::doing};

pub(super) const PDF: &[u8] = b"%PDF-1.4\nan invented need\n%%EOF";

pub(super) struct Case {
    pub(super) site: Site,
    pub(super) folder: std::path::PathBuf,
    pub(super) clock: Clock,
}

impl Case {
    pub(super) async fn staff(&self, role: &str, email: &str) -> Actor {
        doing::staff(&self.site, role, email).await
    }

    /// Fills the contact form in: what everybody answers, but for those.
    pub(super) async fn fill(&self, extra: &[(&str, &str)]) -> Result<Collected, Error> {
        self.collected(extra, None).await
    }

    async fn collected(&self, extra: &[(&str, &str)], file: Option<&[u8]>) -> Result<Collected, Error> {
        let guard = self.site.guard();
        let form = guard
            .charter()
            .form_of(FormKind::Contact, Locale::Fr)
            .unwrap()
            .name
            .clone();
        let mut collecting = guard.collect(&form, Locale::Fr)?;
        let values = [
            ("given_name", "Élise"),
            ("family_name", "Vvtoken0002"),
            ("email", "elise.vvtoken0002@people.example"),
            ("phone", "06 39 98 00 02"),
            ("subject", "other"),
            ("message", "Bonjour vvtoken0002, et au revoir."),
        ];
        let is_extra = |name: &str| extra.iter().any(|(other, _)| *other == name);
        let usual = values.iter().filter(|(name, _)| !is_extra(name));
        for (name, value) in extra.iter().chain(usual) {
            if collecting.expects(name).is_ok() || is_extra(name) {
                collecting.text(name, (*value).to_owned()).await?;
            }
        }
        if let Some(file) = file {
            let bytes = futures_util::stream::iter([Ok(Bytes::copy_from_slice(file))]);
            collecting.file("documents", "Besoin.pdf", bytes).await?;
        }
        collecting.finish().await
    }

    /// Somebody writes a message with those answers, a second after the last.
    pub(super) async fn write(&self, extra: &[(&str, &str)]) -> Id<Message> {
        self.clock.advance(1);
        let Collected::Complete(answers) = self.fill(extra).await.unwrap() else {
            panic!("complete")
        };
        arrival::submit(&self.site, *answers, Locale::Fr, Confirm::No)
            .await
            .unwrap()
    }

    pub(super) async fn write_with_file(&self, file: &[u8]) -> Id<Message> {
        let Collected::Complete(answers) = self.collected(&[], Some(file)).await.unwrap() else {
            panic!("complete")
        };
        arrival::submit(&self.site, *answers, Locale::Fr, Confirm::No)
            .await
            .unwrap()
    }

    /// What somebody's list shows.
    pub(super) async fn list(&self, actor: &Actor, wanted: &Wanted) -> Vec<Id<Message>> {
        let page = service::list(&self.site, actor, wanted, None, 50).await.unwrap();
        page.rows.iter().map(|row| row.message.id).collect()
    }

    /// Answers with a reply of its own.
    pub(super) async fn answer(&self, actor: &Actor, id: Id<Message>, text: &str) -> Result<(), Error> {
        dealing::answer(&self.site, actor, id, self.site.guard().id(), text).await
    }

    pub(super) async fn message(&self, id: Id<Message>) -> Message {
        super::super::store::find(self.site.guard().db(), id)
            .await
            .unwrap()
            .unwrap()
    }

    pub(super) async fn until(&self, id: Id<Message>) -> Until {
        let guard = self.site.guard();
        guard.until(guard.db(), id.cast()).await.unwrap().unwrap()
    }

    /// When that happened to the message, if it did.
    pub(super) async fn moment(&self, id: Id<Message>, event: Trigger) -> Option<Timestamp> {
        let row = sql("SELECT at FROM moments WHERE dossier = $1 AND event = $2")
            .bind(id)
            .bind(event)
            .optional(self.site.guard().db())
            .await
            .unwrap();
        row.map(|row| row.get("at").unwrap())
    }

    pub(super) async fn work(&self) {
        doing::work(&self.site).await;
    }

    pub(super) async fn count(&self, table: &'static str) -> i64 {
        let query = match table {
            "dossiers" => {
                sql("SELECT COUNT(*) AS count FROM dossiers WHERE person NOT IN (SELECT id FROM staff)")
            }
            "contact_replies" => sql("SELECT COUNT(*) AS count FROM contact_replies"),
            _ => sql("SELECT COUNT(*) AS count FROM contact_messages"),
        };
        query
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
