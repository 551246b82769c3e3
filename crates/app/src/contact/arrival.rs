//! Owns: how a message comes in: filed once, routed as the form and the charter say, acknowledged by mail. Doesn't own:
//! receiving the form (`guard::collect`), its page ([`super::pages`]).

use guard::{
    Error, Guard, Personal, Staff,
    collect::Answers,
    send::{MailKind, NewMail},
};
use kernel::{Id, Locale};
use storage::Tx;

use super::{
    letters,
    model::{Message, Sender, Step, StepKind, Verdict},
    service::addressees,
    store,
};
use crate::{Site, account::people, answers::OF_MESSAGES, confirm::Confirm};

/// What a mail about a message carries.
pub(super) const MAIL_FIELDS: [&str; 2] = ["email", "exchange"];

/// Files a complete form as a message and, where the charter has a way to, tells its sender that it arrived.
///
/// # Errors
/// The storage's.
pub async fn submit(
    site: &Site,
    answers: Answers,
    locale: Locale,
    confirm: Confirm<'_>,
) -> Result<Id<Message>, Error> {
    let guard = site.guard();
    let now = guard.now();
    let sender = Sender::of(answers.choice("subject"), &answers.given());
    let message = Message {
        id: answers.dossier.id().cast(),
        person: answers.person(),
        purpose: answers.form.purpose.clone(),
        language: locale,
        sender,
        client_since: (sender == Sender::Client).then_some(now),
        addressee: only_addressee(guard, &answers.form.purpose, sender).await?,
        verdict: Verdict::Pending,
        judged_at: None,
        submitted_at: now,
        read_at: None,
        answered_at: None,
    };
    let mut tx = guard.begin().await?;
    let confirmed = confirm.address(&mut tx, guard, &answers).await?;
    answers.file(&mut tx).await?;
    people::add(&mut tx, guard, &answers, locale).await?;
    store::insert(&mut tx, &message).await?;
    let steps = [
        Some(StepKind::Arrived),
        message.addressee.map(|_| StepKind::Addressed),
    ];
    for kind in steps.into_iter().flatten() {
        let step = Step {
            kind,
            at: now,
            staff: None,
        };
        store::insert_step(&mut tx, message.id, &step).await?;
    }
    OF_MESSAGES.file(&mut tx, guard, &answers).await?;
    if let Some(to) = confirmed {
        acknowledge(site, &mut tx, &answers, &to, locale).await?;
    }
    answers.commit(tx).await?;
    site.ring();
    Ok(message.id)
}

/// Queues the mail that says a message arrived, where a declared processor may carry one.
async fn acknowledge(
    site: &Site,
    tx: &mut Tx,
    answers: &Answers,
    to: &Personal<String>,
    locale: Locale,
) -> Result<(), Error> {
    let guard = site.guard();
    let purpose = &answers.form.purpose;
    if !guard.mail_carries(purpose, &MAIL_FIELDS) {
        return Ok(());
    }
    let until = guard.until(&mut *tx, answers.dossier.id()).await?;
    let (subject, body) = letters::acknowledgement(site, locale, until.as_ref());
    let mail = NewMail {
        kind: MailKind::Acknowledgement,
        dossier: &answers.dossier,
        purpose,
        fields: &MAIL_FIELDS,
        to,
        subject,
        body,
        leaves_at: guard.now(),
        decision: None,
    };
    guard.queue_mail(tx, mail).await?;
    Ok(())
}

/// To whom a message goes by itself: a candidate's or a client's, where one member of staff alone may be addressed.
async fn only_addressee(guard: &Guard, purpose: &str, sender: Sender) -> Result<Option<Id<Staff>>, Error> {
    if sender == Sender::Other {
        return Ok(None);
    }
    Ok(match addressees(guard, purpose).await?.as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}
