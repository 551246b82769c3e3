//! A site with dossiers, each with a file and a mail that waits. Doesn't own: what is asked of it.

use futures_util::TryStreamExt as _;
use kernel::{Clock, Id, Locale, Rng, Timestamp, Zone};
use storage::{Db, PublicText};

use super::*;
use crate::{
    Actor, Caller, Device, DossierId, Filed, Nature, NewStaff, Personal, Settings, actor::Who, files::Kept,
    send::MailKind,
};

pub(super) const CAREERS: &str = include_str!("../../../../../charters/careers.toml");
const PASSWORD: &str = "seven grey herons over Nantes";
const ADMIN: &str = "admin@staff.example";

/// A table's name and a record of it.
pub(super) type Row = (String, Vec<u8>);

/// Every row of a database.
pub(super) async fn rows(db: &Db) -> Vec<Row> {
    let mut snapshot = db.snapshot().await.unwrap();
    let mut rows = Vec::new();
    for shape in snapshot.shapes() {
        let records: Vec<Vec<u8>> = snapshot.records(&shape).unwrap().try_collect().await.unwrap();
        rows.extend(records.into_iter().map(|record| (shape.table.clone(), record)));
    }
    rows
}

/// The folders of a site, whether it is open or not.
pub(in crate::backup) struct Closed {
    folder: tempfile::TempDir,
    database: Option<String>,
    pub(super) clock: Clock,
    pub(super) dossiers: Vec<DossierId>,
}

/// A site that is open.
pub(in crate::backup) struct Case {
    pub(super) guard: Guard,
    pub(super) closed: Closed,
}

impl std::ops::Deref for Case {
    type Target = Closed;

    fn deref(&self) -> &Closed {
        &self.closed
    }
}

impl Closed {
    pub(super) fn settings(&self) -> Settings {
        let mut settings = self.settings_in("careers");
        settings.database.clone_from(&self.database);
        settings
    }

    /// The same site's keys, and another folder.
    pub(super) fn settings_in(&self, name: &str) -> Settings {
        let folder = self.folder.path();
        Settings {
            name: "careers".to_owned(),
            folder: folder.join("sites").join(name),
            database: None,
            keys: folder.join("keys").display().to_string(),
            master_key: folder.join("master/master.key"),
            mail_from: "Groupe <jobs@groupe.example>".to_owned(),
            smtp: None,
            zone: Zone::paris(),
            clock: self.clock.clone(),
            rng: Rng::system(),
            holdings: Vec::new(),
        }
    }

    pub(super) fn target(&self, name: &str) -> String {
        self.folder
            .path()
            .join("backups")
            .join(name)
            .display()
            .to_string()
    }

    /// What opens of the file of the nth dossier.
    pub(super) async fn file(&self, guard: &Guard, nth: usize) -> Option<Vec<u8>> {
        let dossier = self.dossiers[nth];
        let listed = guard.files_of(dossier).await.unwrap().pop()?;
        let key = guard.filed(dossier).await.ok()?.key;
        let mut file = guard.files.read(dossier, listed.id).await.ok()?;
        let (mut sealed, mut plain) = (Vec::new(), Vec::new());
        tokio::io::AsyncReadExt::read_to_end(&mut file, &mut sealed)
            .await
            .ok()?;
        let mut opener = key.file_opener(listed.id);
        opener.push(&sealed, &mut plain).ok()?;
        opener.finish(&mut plain).ok()?;
        Some(plain)
    }

    pub(super) async fn open_in(self, name: &str) -> Case {
        let guard = Guard::open(self.settings_in(name)).await.unwrap();
        Case { guard, closed: self }
    }
}

impl Case {
    /// When the data's target was looked over last.
    pub(super) async fn data_looked_at(&self) -> Option<Timestamp> {
        let BackupsState(kinds) = self.guard.backups_state().await.unwrap();
        let data = kinds.into_iter().find(|last| last.kind == BackupKind::Data);
        data.and_then(|data| data.looked_at)
    }

    pub(super) async fn of(at: Location, dossiers: usize) -> Self {
        Self::under(CAREERS, at, dossiers).await
    }

    /// The same under another charter.
    pub(super) async fn under(charter: &str, at: Location, dossiers: usize) -> Self {
        let closed = Closed {
            folder: tempfile::tempdir().unwrap(),
            database: match at {
                Location::Postgres(url) => Some(url),
                Location::Sqlite(_) => None,
            },
            clock: Clock::manual(Timestamp::parse("2026-11-21T09:00:00Z").unwrap()),
            dossiers: Vec::new(),
        };
        let settings = closed.settings();
        std::fs::create_dir_all(settings.master_key.parent().unwrap()).unwrap();
        crate::open::make_master_key(&settings.master_key, &settings.rng).unwrap();
        let folder = settings.folder.clone();
        let guard = Guard::found(settings, Nature::Demo, charter, Locale::Fr)
            .await
            .unwrap();
        std::fs::create_dir_all(folder.join("theme/texts")).unwrap();
        std::fs::write(folder.join("theme/texts/fr.ftl"), "menu-jobs = Offres").unwrap();
        let configured = "title = 'Careers'\nhosts = ['jobs.example']\nurl = 'https://jobs.example'\n[mail]\nfrom = 'a@b.example'\n";
        std::fs::write(folder.join("site.toml"), configured).unwrap();
        let mut case = Self { guard, closed };
        for nth in 0..dossiers {
            let id = case.add(nth).await;
            case.closed.dossiers.push(id);
        }
        case
    }

    /// The plain bytes of a dossier's file; the fourth one's has several chunks.
    pub(super) fn content(nth: usize) -> Vec<u8> {
        let length = if nth == 4 { 200_000 } else { 20_000 };
        Rng::seeded(nth as u64).bytes::<64>().repeat(length / 64)
    }

    async fn add(&self, nth: usize) -> DossierId {
        let guard = &self.guard;
        let id: DossierId = guard.id();
        let key = guard.vault.make_keys(&[id], &[]).await.unwrap().remove(0);
        let filed = Filed {
            key: key.clone(),
            person: id.cast(),
        };
        let kept = Kept {
            id: guard.id(),
            field: "cv".to_owned(),
            kind: charter::FileType::Pdf,
            size: Self::content(nth).len() as u64,
            name: format!("cv-{nth}.pdf"),
        };
        let mut incoming = guard.files.begin(id, kept.id);
        let (mut sealer, mut sealed) = (key.file_sealer(kept.id), Vec::new());
        sealer.push(&Self::content(nth), &mut sealed);
        sealer.finish(&mut sealed);
        incoming.write(&sealed).await.unwrap();
        incoming.whole().await.unwrap().settle().await.unwrap();
        let charter = guard.charter();
        let purpose = charter
            .purposes()
            .iter()
            .find(|one| one.kind == charter::PurposeKind::Apply)
            .unwrap();
        let mut tx = guard.begin().await.unwrap();
        guard
            .file_dossiers(
                &mut tx,
                &[&filed],
                &purpose.name,
                &charter,
                &[charter::Trigger::LastContact],
            )
            .await
            .unwrap();
        guard.file_file(&mut tx, &key, &kept, &charter).await.unwrap();
        let to = Personal::new(format!("{nth}@exemple.fr"));
        let mail = NewMail {
            kind: MailKind::Confirmation,
            dossier: &filed,
            purpose: &purpose.name,
            fields: &["email"],
            to: &to,
            subject: "Reçue".to_owned(),
            body: "Bonjour".to_owned(),
            leaves_at: guard.now(),
            decision: None,
        };
        guard.queue_mail(&mut tx, mail).await.unwrap();
        tx.commit().await.unwrap();
        guard.vault.settle(&[id]).await.unwrap();
        id
    }

    /// Somebody of whom something is kept for that purpose, with their consent or without: who they are, and that.
    pub(super) async fn add_person(&self, purpose: &str, consents: bool) -> (Id<crate::Person>, DossierId) {
        let guard = &self.guard;
        let ids: [DossierId; 2] = [guard.id(), guard.id()];
        let keys = guard.vault.make_keys(&ids, &[]).await.unwrap();
        let person: Id<crate::Person> = ids[0].cast();
        let filed: Vec<Filed> = keys.into_iter().map(|key| Filed { key, person }).collect();
        let given = consents.then_some(charter::Trigger::ConsentGiven);
        let events: Vec<_> = [charter::Trigger::Submitted, charter::Trigger::LastContact]
            .into_iter()
            .chain(given)
            .collect();
        let mut tx = guard.begin().await.unwrap();
        let both: Vec<&Filed> = filed.iter().collect();
        guard
            .file_dossiers(&mut tx, &both, purpose, &guard.charter(), &events)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        guard.vault.settle(&ids).await.unwrap();
        (person, ids[1])
    }

    pub(super) async fn journal(&self, nth: usize, kind: JournalKind) {
        let entry = JournalEntry {
            kind,
            subject: Some(self.guard.vault.subject(self.dossiers[nth])),
            scope: PublicText::new("dossier"),
        };
        self.guard.vault.record_journal(&[entry]).await.unwrap();
    }

    /// As erasing goes: journal, key, rows.
    pub(super) async fn erase(&self, nth: usize) {
        let id = self.dossiers[nth];
        self.journal(nth, JournalKind::Erased).await;
        self.guard.vault.destroy(&[id]).await.unwrap();
        self.guard.remove_rows(&[id]).await.unwrap();
        self.guard.files.remove_all(id).await.unwrap();
    }

    pub(super) async fn close(self) -> Closed {
        self.guard.close().await;
        self.closed
    }

    async fn add_admin(&self) {
        let new = NewStaff {
            role: "admin",
            given_name: "Camille",
            family_name: "Exemple",
            email: ADMIN,
            password: PASSWORD,
        };
        let _: Id<crate::Staff> = self.guard.add_staff(new).await.unwrap();
    }

    /// The secret of a session of the administrator's.
    pub(super) async fn sign_in(&self, kind: AccountKind) -> String {
        self.add_admin().await;
        self.enter(kind).await
    }

    async fn enter(&self, kind: AccountKind) -> String {
        let caller = Caller {
            address: "192.0.2.9".parse().unwrap(),
            device: Device::of("Firefox"),
            known: None,
        };
        let entered = self.guard.sign_in(kind, ADMIN, PASSWORD, &caller).await.unwrap();
        entered.session.secret().to_owned()
    }

    /// Somebody with the duty to protect, in a session of their own.
    pub(super) async fn admin(&self) -> Actor {
        let session = self.enter(AccountKind::Staff).await;
        let actor = self.guard.actor_of_session(&session).await.unwrap();
        match actor.who() {
            Who::Staff { id, .. } | Who::Halfway { id, .. } => protecting(*id),
            who => panic!("{who:?}"),
        }
    }

    /// The same, of nobody who has an account.
    pub(super) fn protector(&self) -> Actor {
        protecting(self.guard.id())
    }
}

fn protecting(id: Id<crate::Staff>) -> Actor {
    Actor::new(Who::Staff {
        id,
        role: "dpo".to_owned(),
        human: true,
    })
}
