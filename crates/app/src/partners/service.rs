//! Owns: giving an application to somebody: what would go, and the act itself. Doesn't own: what may be given
//! (`guard::share`), the file ([`super::file`]).

use charter::{Charter, Duty, Share, vocabulary::ShareNotice};
use guard::{
    Actor, Error, View,
    send::{MailKind, NewMail},
    share::{self, NewSharing, Recipient, Sharing},
};
use kernel::Id;

use super::letters;
use crate::{
    Site,
    account::people,
    applications::{
        model::Application,
        service::{self as applications, Opened},
    },
};

/// An application that can be given to somebody, and what of it.
pub struct Giving {
    /// The application, opened.
    pub opened: Opened,
    /// By which of the charter's shares.
    pub share: Share,
    /// Which of the charter's fields would go: what is there, and the share receives.
    pub fields: Vec<String>,
}

impl Giving {
    /// Whether its person is told of each time; the charter may leave it at its policy.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.share.notice != ShareNotice::Policy
    }

    /// Whether nobody can be told who has to be.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        self.is_told() && self.opened.row.person.email.is_none()
    }
}

/// The charter's shares by which the actor may give that application, as it stands.
pub fn shares<'c>(
    charter: &'c Charter,
    actor: &Actor,
    application: &'c Application,
) -> impl Iterator<Item = &'c Share> {
    let may = application.stage.is_open() && actor.is_human() && actor.has(charter, Duty::Recruit);
    share::of_purpose(charter, &application.purpose).filter(move |_| may)
}

/// Opens an application that is to be given by that share.
///
/// # Errors
/// [`Error::NotFound`] when this reader may not see it, it has ended, or the charter doesn't share it so;
/// [`Error::Forbidden`] to who doesn't recruit.
pub async fn prepare(site: &Site, actor: &Actor, id: Id<Application>, share: &str) -> Result<Giving, Error> {
    let charter = site.guard().charter();
    actor.on_duty(&charter, Duty::Recruit)?;
    let opened = applications::open(site, actor, id).await?;
    let share = shares(&charter, actor, &opened.row.application).find(|one| one.name == share);
    let share = share.ok_or(Error::NotFound)?.clone();
    let purpose = &opened.row.application.purpose;
    let goes = |field: &&str| charter.may_share(&share.name, purpose, &[field]).is_ok();
    let fields = held(&opened).into_iter().filter(goes).map(str::to_owned);
    Ok(Giving {
        fields: fields.collect(),
        share,
        opened,
    })
}

/// The charter's fields of which an opened application holds something.
fn held(opened: &Opened) -> Vec<&str> {
    let identity = opened.row.person.identity().map(|(field, _)| field);
    let vacancy = opened.row.vacancy.as_ref().map(|_| "vacancy");
    let answers = opened.held.answers.iter().map(|(field, _)| field.as_str());
    let files = opened.held.files.iter().map(|(file, _)| file.field.as_str());
    let mut held: Vec<&str> = identity.chain(vacancy).collect();
    for field in answers.chain(files) {
        if !held.contains(&field) {
            held.push(field);
        }
    }
    held
}

/// Gives it: recorded, and its person told by mail, in one transaction.
///
/// # Errors
/// The door's; [`Error::TooLate`] when it has ended, or its person has to be told and can't be.
pub async fn give(site: &Site, actor: &Actor, giving: &Giving, to: &Recipient) -> Result<Id<Sharing>, Error> {
    let guard = site.guard();
    if giving.is_unreachable() {
        return Err(Error::TooLate);
    }
    let application = &giving.opened.row.application;
    let dossier = guard.filed(application.dossier()).await?;
    let permit = applications::permit(guard, actor)?;
    let person = people::find(guard, &[application.person])
        .await?
        .remove(&application.person)
        .ok_or(Error::NotFound)?;
    let reading = guard.read(&permit, View::One, &[person.dossier()]).await?;
    let address = giving.is_told().then(|| person.email(&reading)).transpose()?;
    let fields: Vec<&str> = giving.fields.iter().map(String::as_str).collect();
    let letter = letters::shared(site, giving, to);
    let letter = address.as_ref().map(|address| NewMail {
        kind: MailKind::Shared,
        dossier: &dossier,
        purpose: &application.purpose,
        fields: &letter.fields,
        to: address,
        subject: letter.subject,
        body: letter.body,
        leaves_at: guard.now(),
        decision: None,
    });
    let new = NewSharing {
        share: &giving.share.name,
        fields: &fields,
        to,
        letter,
    };
    let mut tx = guard.begin().await?;
    // The page may have been open for a while.
    applications::still_open(&mut tx, application.id).await?;
    let id = guard.share(&mut tx, actor, &dossier, new).await?;
    tx.commit().await?;
    site.ring();
    Ok(id)
}
