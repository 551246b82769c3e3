//! Owns: how a message comes in: filed once, routed as the form and the charter say, acknowledged by mail. Doesn't own:
//! receiving the form (`guard::collect`), its page ([`super::pages`]).

use guard::{
    Error, Guard, Personal, Staff,
    collect::Answers,
    keep::Until,
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
    mut answers: Answers,
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
    let to = confirm.address(&answers);
    let tx = file(site, &message, &answers, to.as_ref()).await?;
    if !confirm.commit(tx, guard, &mut answers, to.as_ref()).await? {
        let tx = file(site, &message, &answers, None).await?;
        answers.commit(tx).await?;
    }
    site.ring();
    Ok(message.id)
}

/// Writes a message and, where it is to be acknowledged to an address, the mail that does.
async fn file(
    site: &Site,
    message: &Message,
    answers: &Answers,
    to: Option<&Personal<String>>,
) -> Result<Tx, Error> {
    let guard = site.guard();
    let mut tx = guard.begin().await?;
    let until = answers.file(&mut tx).await?;
    people::add(&mut tx, guard, answers, message.language).await?;
    store::insert(&mut tx, message).await?;
    let steps = [
        Some(StepKind::Arrived),
        message.addressee.map(|_| StepKind::Addressed),
    ];
    for kind in steps.into_iter().flatten() {
        let step = Step {
            kind,
            at: message.submitted_at,
            staff: None,
        };
        store::insert_step(&mut tx, message.id, &step).await?;
    }
    OF_MESSAGES.file(&mut tx, guard, answers).await?;
    if let Some(to) = to {
        acknowledge(site, &mut tx, answers, to, message.language, until.as_ref()).await?;
    }
    Ok(tx)
}

/// Queues the mail that says a message arrived, where a declared processor may carry one.
async fn acknowledge(
    site: &Site,
    tx: &mut Tx,
    answers: &Answers,
    to: &Personal<String>,
    locale: Locale,
    until: Option<&Until>,
) -> Result<(), Error> {
    let guard = site.guard();
    let purpose = &answers.form.purpose;
    if !guard.mail_carries(purpose, &MAIL_FIELDS) {
        return Ok(());
    }
    let (subject, body) = letters::acknowledgement(site, locale, until);
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
