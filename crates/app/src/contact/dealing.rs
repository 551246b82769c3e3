//! Owns: what who deals with a message does: pass it on as a client's request, address it, say what it is worth and undo
//! that, answer it. Doesn't own: who may see it ([`super::service`]), erasing it (`guard::keep`).

use charter::{Charter, Condition, Trigger};
use guard::{
    Actor, Error, Guard, Permit, Staff, View,
    send::{MailKind, NewMail},
};
use kernel::{Id, Timestamp};
use storage::Tx;

use super::{
    arrival::MAIL_FIELDS,
    letters, mailbox,
    model::{Message, Step, StepKind, Verdict},
    service::{addressees, on_duty, permit, readable, roles_under},
    store::{self, Reply, SealedReply},
};
use crate::{Site, account::people};

/// Whether a reader decides who else reads a message: who sees all of them does, where the charter names others for what
/// is a client's or is addressed to them.
pub(super) fn may_route(charter: &Charter, permit: &Permit, purpose: &str, condition: Condition) -> bool {
    permit.always(purpose) && roles_under(charter, purpose, condition).next().is_some()
}

/// Whether an answer can be mailed for that purpose.
pub(super) fn may_answer(guard: &Guard, purpose: &str) -> bool {
    guard.mail_carries(purpose, &MAIL_FIELDS)
}

/// Passes a message on as a client's request, or takes that back: whom the charter names for clients' requests reads it
/// from then on, or no more.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] to who doesn't see all messages, [`Error::TooLate`] when it is so already.
pub async fn pass_on(site: &Site, actor: &Actor, id: Id<Message>, is_client: bool) -> Result<(), Error> {
    let guard = site.guard();
    let (message, staff) = routed(guard, actor, id, Condition::ClientRequested).await?;
    if message.client_since.is_some() == is_client {
        return Err(Error::TooLate);
    }
    let now = guard.now();
    let mut tx = guard.begin().await?;
    store::set_client(&mut tx, id, is_client.then_some(now)).await?;
    let kind = if is_client {
        StepKind::Passed
    } else {
        StepKind::TakenBack
    };
    step(&mut tx, id, kind, now, staff).await?;
    Ok(tx.commit().await?)
}

/// Addresses a message to a member of staff, who reads it from then on; or to nobody any more.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] to who doesn't see all messages, [`Error::Invalid`] when it can't be
/// addressed to them, [`Error::TooLate`] when it is already.
pub async fn address(
    site: &Site,
    actor: &Actor,
    id: Id<Message>,
    to: Option<Id<Staff>>,
) -> Result<(), Error> {
    let guard = site.guard();
    let (message, staff) = routed(guard, actor, id, Condition::Addressed).await?;
    // What was judged has left the mailbox, or is about to: it isn't put into another.
    let is_over = message.verdict != Verdict::Pending
        && to.is_some()
        && mailbox::is_declared(&guard.charter(), &message.purpose);
    if message.addressee == to || is_over {
        return Err(Error::TooLate);
    }
    if let Some(to) = to
        && !addressees(guard, &message.purpose).await?.contains(&to)
    {
        return Err(Error::Invalid(
            "the charter has nobody read there what is addressed to them",
        ));
    }
    let now = guard.now();
    let mut tx = guard.begin().await?;
    store::set_addressee(&mut tx, id, to).await?;
    let kind = match to {
        Some(_) => StepKind::Addressed,
        None => StepKind::Unaddressed,
    };
    step(&mut tx, id, kind, now, staff).await?;
    Ok(tx.commit().await?)
}

/// The message, for who decides who else reads it under that condition.
async fn routed(
    guard: &Guard,
    actor: &Actor,
    id: Id<Message>,
    condition: Condition,
) -> Result<(Message, Id<Staff>), Error> {
    let message = readable(guard, actor, id).await?;
    let staff = on_duty(guard, actor)?;
    let permit = permit(guard, actor)?;
    if may_route(&guard.charter(), &permit, &message.purpose, condition) {
        Ok((message, staff))
    } else {
        Err(Error::Forbidden)
    }
}

/// A human says what a message is worth. Of no interest, its end begins when that can't be undone any more.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] without a duty, [`Error::TooLate`] when it was said already.
pub async fn judge(site: &Site, actor: &Actor, id: Id<Message>, verdict: Verdict) -> Result<(), Error> {
    let guard = site.guard();
    let message = readable(guard, actor, id).await?;
    let staff = on_duty(guard, actor)?;
    // What was answered was dealt with, and what is of no interest is taken back by undoing it.
    let stays = verdict == Verdict::Pending && message.answered_at.is_some();
    if stays || message.verdict == verdict || message.verdict == Verdict::Irrelevant {
        return Err(Error::TooLate);
    }
    let mut tx = guard.begin().await?;
    write_verdict(guard, &mut tx, &message, verdict, guard.now()).await?;
    let kind = match verdict {
        Verdict::Pending => StepKind::Undone,
        Verdict::Relevant => StepKind::Relevant,
        Verdict::Irrelevant => StepKind::Irrelevant,
    };
    step(&mut tx, id, kind, guard.now(), staff).await?;
    Ok(tx.commit().await?)
}

/// Takes "of no interest" back within its quarter of an hour: the message stands where it stood.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] without a duty, [`Error::TooLate`] after the window.
pub async fn undo(site: &Site, actor: &Actor, id: Id<Message>) -> Result<(), Error> {
    let guard = site.guard();
    let message = readable(guard, actor, id).await?;
    let staff = on_duty(guard, actor)?;
    let now = guard.now();
    if message.undo_until().is_none_or(|until| now >= until) {
        return Err(Error::TooLate);
    }
    let mut tx = guard.begin().await?;
    match message.answered_at {
        Some(at) => write_verdict(guard, &mut tx, &message, Verdict::Relevant, at).await?,
        None => write_verdict(guard, &mut tx, &message, Verdict::Pending, now).await?,
    }
    step(&mut tx, id, StepKind::Undone, now, staff).await?;
    Ok(tx.commit().await?)
}

/// Writes what was found, and what its clock may count from.
pub(super) async fn write_verdict(
    guard: &Guard,
    tx: &mut Tx,
    message: &Message,
    to: Verdict,
    at: Timestamp,
) -> Result<(), Error> {
    let judged = Message {
        verdict: to,
        judged_at: (to != Verdict::Pending).then_some(at),
        ..message.clone()
    };
    if store::set_verdict(tx, message.id, (message.verdict, to), judged.judged_at).await? == 0 {
        return Err(Error::TooLate);
    }
    match message.verdict {
        Verdict::Pending => {}
        Verdict::Relevant => guard.unhappened(tx, message.dossier(), Trigger::Judged).await?,
        Verdict::Irrelevant => {
            guard
                .unhappened(tx, message.dossier(), Trigger::JudgedIrrelevant)
                .await?;
        }
    }
    let judged_at = judged.undo_until().or(judged.judged_at);
    let charter = guard.charter();
    if let Some(ends) = judged_at.and_then(|at| mailbox::ends(guard, &charter, &message.purpose, at)) {
        guard
            .enqueue(tx, mailbox::EMPTY, Some(message.id.cast()), ends)
            .await?;
    }
    match (to, judged.undo_until()) {
        (Verdict::Pending, _) => Ok(()),
        (Verdict::Irrelevant, Some(ends)) => {
            guard
                .happened(tx, message.dossier(), Trigger::JudgedIrrelevant, ends)
                .await
        }
        _ => guard.happened(tx, message.dossier(), Trigger::Judged, at).await,
    }
}

/// Answers a message by mail, and keeps the answer with it. Who answers has found it relevant; our answer is no contact
/// of the person. The id of the reply was chosen before, so that a form sent twice is sent once.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] without a duty, [`Error::Refused`] when the charter has no way to mail one,
/// [`Error::TooLate`] when the message is of no interest.
pub async fn answer(
    site: &Site,
    actor: &Actor,
    id: Id<Message>,
    reply: Id<Reply>,
    text: &str,
) -> Result<(), Error> {
    let guard = site.guard();
    let message = readable(guard, actor, id).await?;
    let staff = on_duty(guard, actor)?;
    if message.verdict == Verdict::Irrelevant {
        return Err(Error::TooLate);
    }
    let permit = permit(guard, actor)?;
    let dossier = guard.filed(message.dossier()).await?;
    let person = people::find(guard, &[message.person])
        .await?
        .remove(&message.person)
        .ok_or(Error::NotFound)?;
    let reading = guard.read(&permit, View::One, &[person.dossier()]).await?;
    let to = person.email(&reading)?;
    let (subject, body) = letters::answer(site, message.language, text, message.submitted_at);
    let now = guard.now();
    let mut tx = guard.begin().await?;
    let mail = NewMail {
        kind: MailKind::Answer,
        dossier: &dossier,
        purpose: &message.purpose,
        fields: &MAIL_FIELDS,
        to: &to,
        subject,
        body,
        leaves_at: now,
        decision: None,
    };
    let sealed = SealedReply {
        id: reply,
        staff,
        mail: guard.queue_mail(&mut tx, mail).await?,
        text: dossier.seal_own("contact_replies", "text", reply, text),
        written_at: now,
    };
    store::insert_reply(&mut tx, id, sealed, guard.charter().version()).await?;
    store::mark_answered(&mut tx, id, now).await?;
    if message.verdict == Verdict::Pending {
        write_verdict(guard, &mut tx, &message, Verdict::Relevant, now).await?;
    }
    step(&mut tx, id, StepKind::Answered, now, staff).await?;
    tx.commit().await?;
    site.ring();
    Ok(())
}

pub(super) async fn step(
    tx: &mut Tx,
    message: Id<Message>,
    kind: StepKind,
    at: Timestamp,
    staff: Id<Staff>,
) -> Result<(), Error> {
    let step = Step {
        kind,
        at,
        staff: Some(staff),
    };
    Ok(store::insert_step(tx, message, &step).await?)
}
