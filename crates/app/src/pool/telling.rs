//! Owns: telling somebody that they are held, from where and what their rights are, and asking whether they agree (GDPR
//! art. 14): a mail that a job queues, looked after until it has left. Whoever can't be told in time isn't kept. Doesn't
//! own: the answer ([`super::answering`]), the clock that ends what nobody answers (`guard::keep`).

use charter::Trigger;
use guard::{
    Error, Guard, View,
    keep::erase::{Scope, Why},
    send::{MailKind, MailState, NewMail},
};
use kernel::{Id, Locale, Timestamp, Word as _};
use platform::jobs::{JobToken, Outcome, Running};
use serde_json::json;

use super::{
    entering::step,
    model::{Came, Entry, State, StepKind},
    store,
};
use crate::{Site, account::people, letter};

/// The job that tells; its subject is the entry.
pub(super) const TELL: &str = "pool.tell";
/// The job that looks whether the mail has left.
pub(super) const LOOK: &str = "pool.look";
/// Whether it has left is looked at after so many seconds, and again.
const LOOK_SECONDS: i64 = 3_600;

/// The job that tells.
pub(super) fn tell(site: Site, token: JobToken) -> Running {
    Box::pin(async move {
        let Some(entry) = token.subject() else {
            return Outcome::Failed;
        };
        match write(&site, token, entry.cast()).await {
            // Erased meanwhile: there is nobody to tell.
            Ok(()) | Err(Error::NotFound) => Outcome::Done,
            Err(error) => {
                tracing::warn!(%error, "somebody in the pool can't be told now");
                Outcome::Insist
            }
        }
    })
}

/// The job that looks whether the mail has left.
pub(super) fn look(site: Site, token: JobToken) -> Running {
    Box::pin(async move {
        let Some(entry) = token.subject() else {
            return Outcome::Failed;
        };
        match check(site.guard(), entry.cast()).await {
            Ok(outcome) => outcome,
            Err(error) => {
                tracing::warn!(%error, "whether somebody in the pool was told can't be seen now");
                Outcome::Insist
            }
        }
    })
}

async fn write(site: &Site, token: JobToken, id: Id<Entry>) -> Result<(), Error> {
    let guard = site.guard();
    let Some(entry) = store::find(guard.db(), id).await? else {
        return Ok(());
    };
    if entry.state != State::Untold {
        return Ok(());
    }
    if guard.now() >= deadline(guard, &entry) {
        return end(guard, &entry).await;
    }
    let person = people::find(guard, &[entry.person])
        .await?
        .remove(&entry.person)
        .ok_or(Error::NotFound)?;
    let permit = guard.permit_for_job(token, MailKind::Sourced.word());
    let reading = guard.read(&permit, View::One, &[person.dossier()]).await?;
    let to = match person.email(&reading) {
        // There is no address to tell them at.
        Err(Error::NotFound) => return end(guard, &entry).await,
        to => to?,
    };
    let filed = guard.filed(entry.dossier()).await?;
    let now = guard.now();
    let mut tx = guard.begin().await?;
    // The month in which an answer is awaited begins when they are asked.
    guard
        .happened(&mut tx, entry.dossier(), Trigger::ConsentAsked, now)
        .await?;
    let until = guard.until(&mut tx, entry.dossier()).await?;
    let ends_at = until.as_ref().map_or(now, |until| until.at);
    let link = guard.make_renewal(&mut tx, entry.dossier(), ends_at).await?;
    let link = site.url(&format!("/pool/{}", link.secret()));
    let letter = letter::write(
        site,
        entry.language,
        ("pool/mail/sourced.txt", "pool-mail-sourced-subject"),
        [
            letter::tells(&["origin"], "source", source_words(site, &entry, entry.language)),
            letter::own("found", entry.came == Came::Found),
            letter::own("link", link),
            letter::own("until", json!(until.as_ref().map(guard::keep::Until::last_day))),
            letter::own("policy", site.url("/privacy")),
            letter::tells(&["exchange"], "contact", guard.charter().controller().dpo.clone()),
            letter::own("authority", json!(guard.charter().controller().authority)),
        ],
    );
    let mail = NewMail {
        kind: MailKind::Sourced,
        dossier: &filed,
        purpose: &entry.purpose,
        fields: &letter.fields,
        to: &to,
        subject: letter.subject,
        body: letter.body,
        leaves_at: now,
        decision: None,
    };
    match guard.queue_mail(&mut tx, mail).await {
        // The charter has no way to tell them.
        Err(Error::Refused(error)) => {
            tracing::error!(%error, "the charter lets nobody be told that they are in the pool");
            drop(tx);
            return end(guard, &entry).await;
        }
        queued => queued?,
    };
    if store::set_told(&mut tx, id, now).await? == 1 {
        step(&mut tx, id, StepKind::Told, now, None).await?;
        let at = now.plus_seconds(LOOK_SECONDS);
        guard.enqueue(&mut tx, LOOK, Some(id.cast()), at).await?;
        tx.commit().await?;
        site.ring();
    }
    Ok(())
}

/// Whether the mail has left. One that the server refuses for good, or that hasn't left in time, told nobody.
async fn check(guard: &Guard, id: Id<Entry>) -> Result<Outcome, Error> {
    let Some(entry) = store::find(guard.db(), id).await? else {
        return Ok(Outcome::Done);
    };
    if entry.state != State::Asked {
        return Ok(Outcome::Done);
    }
    let states = guard.mail_states(entry.dossier()).await?;
    let is_told = states
        .values()
        .any(|state| matches!(state, MailState::Sent | MailState::Kept));
    let waits = states
        .values()
        .any(|state| matches!(state, MailState::Queued | MailState::Sending | MailState::Held));
    if is_told {
        return Ok(Outcome::Done);
    }
    if waits && guard.now() < deadline(guard, &entry) {
        return Ok(Outcome::At(guard.now().plus_seconds(LOOK_SECONDS)));
    }
    end(guard, &entry).await.map(|()| Outcome::Done)
}

/// Until when somebody must have been told: the charter's time from when they were written down, and with it the law's
/// month (GDPR art. 14(3)(a)).
fn deadline(guard: &Guard, entry: &Entry) -> Timestamp {
    let charter = guard.charter();
    let within = charter.sourcing().and_then(|sourcing| sourcing.sourced);
    let month = kernel::Duration::months(1);
    within.unwrap_or(month).end(entry.added_at, guard.zone())
}

/// Nobody could be told: nothing is kept.
async fn end(guard: &Guard, entry: &Entry) -> Result<(), Error> {
    let mut tx = guard.begin().await?;
    guard
        .decide_erasure(&mut tx, Scope::Dossier, entry.id.cast(), Why::Due, None)
        .await?;
    Ok(tx.commit().await?)
}

/// Where somebody comes from, as the charter calls it.
pub(super) fn source_words(site: &Site, entry: &Entry, locale: Locale) -> String {
    let charter = site.guard().charter();
    let source = charter
        .sources()
        .iter()
        .find(|source| source.name == entry.source);
    let entity = source.and_then(|source| source.entity(locale)).map(str::to_owned);
    let kind = source.map(|source| charter::render::source_words(source.kind, locale).to_owned());
    entity.or(kind).unwrap_or_else(|| {
        let key = format!("pool-came-{}", entry.came.word());
        site.kit().text(locale, &key, &[])
    })
}
