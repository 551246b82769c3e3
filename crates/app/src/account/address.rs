//! Owns: changing one's address: asking, the mail to each mailbox, the page with the button, carrying it out. Doesn't
//! own: what proves a mailbox (`guard`).

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use guard::{
    AddressChange, AddressFlaw, Filed, Letter, LinkToken, Mailbox, NewAddress, Personal, Proven, View,
    send::{MailKind, NewMail},
};
use kernel::Timestamp;
use serde_json::json;
use storage::Tx;
use web::{Error, Errors, FieldKind, FieldView, FormView};

use super::{details, mine, people};
use crate::{
    Site, applications, letter,
    visit::{Posted, Visit},
};

/// Both links work for so many seconds.
const SECONDS: i64 = 86_400;

/// The form, with what was typed.
pub(super) fn form(visit: &Visit, typed: &str) -> FormView {
    let field = FieldView::new("email", FieldKind::Email, visit.text("account-address-new"))
        .autocomplete("email")
        .value(typed);
    FormView::new("/me/address", vec![field])
}

pub(super) async fn ask(posted: Posted) -> Result<Response, Error> {
    let (visit, typed) = (&posted.visit, posted.field("email"));
    visit.person()?;
    let guard = visit.site.guard();
    let ends_at = guard.now().plus_seconds(SECONDS);
    match guard
        .new_address(&visit.actor, typed, ends_at, &visit.caller)
        .await?
    {
        Ok(new) => {
            send(visit, &new).await?;
            Ok(Redirect::to("/me/details?done=address-asked#address").into_response())
        }
        Err(flaw) => {
            let key = match flaw {
                AddressFlaw::NotAnEmail => "account-need-email",
                AddressFlaw::Same => "account-address-same",
                AddressFlaw::TooSoon => "account-address-too-soon",
            };
            let mut errors = Errors::default();
            errors.add("email", visit.text(key));
            let form = form(visit, typed).with_errors(errors);
            details::draw(visit, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
    }
}

pub(super) async fn cancel(posted: Posted) -> Result<Redirect, Error> {
    posted.visit.person()?;
    posted
        .visit
        .site
        .guard()
        .cancel_address(&posted.visit.actor)
        .await?;
    Ok(Redirect::to("/me/details?done=address-cancelled#address"))
}

/// The page of a link, in whichever browser: it changes nothing by being opened.
pub(super) async fn look(visit: Visit, Path(token): Path<String>) -> Result<Response, Error> {
    match visit.site.guard().asked_address(&token).await {
        Ok(mailbox) => {
            let context = json!({ "state": "ask", "old": mailbox == Mailbox::Old, "action": visit.path });
            visit.draw("account/address.html", context).await
        }
        Err(guard::Error::NotFound) => over(&visit).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn confirm(Path(token): Path<String>, posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    let guard = visit.site.guard();
    let change = match guard.prove_address(&token).await {
        Ok(Proven::One(mailbox)) => {
            let to = match mailbox {
                Mailbox::Old => "/me/address/waiting?for=new",
                Mailbox::New => "/me/address/waiting?for=old",
            };
            return Ok(Redirect::to(to).into_response());
        }
        Ok(Proven::Both(change)) => change,
        Err(guard::Error::NotFound) => return over(visit).await,
        Err(error) => return Err(error.into()),
    };
    let own = visit
        .actor
        .person()
        .is_some_and(|person| change.people().contains(&person));
    carry_out(&visit.site, &change, visit.session.as_deref().filter(|_| own)).await?;
    Ok(Redirect::to("/me/address/changed").into_response())
}

/// Changes the address of everybody it is about; every session ends but that of the spared cookie.
pub(crate) async fn carry_out(
    site: &Site,
    change: &AddressChange,
    spared: Option<&str>,
) -> Result<(), guard::Error> {
    let guard = site.guard();
    guard.move_mailbox(change).await?;
    let mut tx = guard.begin().await?;
    for identity in &change.identities {
        people::set_email(&mut tx, guard, identity, &change.address).await?;
    }
    guard.address_changed(&mut tx, change, spared).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn waiting(visit: Visit) -> Result<Response, Error> {
    let old = visit.query.contains("for=old");
    visit
        .draw(
            "account/address.html",
            json!({ "state": "waiting", "old": old, "action": null }),
        )
        .await
}

pub(super) async fn changed(visit: Visit) -> Result<Response, Error> {
    visit
        .draw(
            "account/address.html",
            json!({ "state": "changed", "old": false, "action": null }),
        )
        .await
}

/// The link is none, was replaced or has ended: what to do.
async fn over(visit: &Visit) -> Result<Response, Error> {
    let context = json!({ "state": "over", "old": false, "action": null });
    visit
        .draw_with(StatusCode::NOT_FOUND, "account/address.html", context)
        .await
}

/// One mail to each mailbox, in the transaction that lets the change wait. The one to the new mailbox names nobody and
/// no other address: it isn't proven yet.
async fn send(visit: &Visit, new: &NewAddress) -> Result<(), Error> {
    let (site, guard) = (&visit.site, visit.site.guard());
    let person = visit.actor.person().ok_or(Error::SignIn)?;
    let purpose = mine::purpose(guard).ok_or(Error::NotFound)?;
    let sealed = people::find(guard, &[person]).await?.remove(&person);
    let sealed = sealed.ok_or(Error::NotFound)?;
    let permit = applications::service::permit(guard, &visit.actor)?;
    let reading = guard.read(&permit, View::One, &[sealed.dossier()]).await?;
    let (old, identity) = (sealed.email(&reading)?, guard.filed(sealed.dossier()).await?);
    let shown = permit.show(new.to.clone());
    let written = |link: &LinkToken, name: &str| {
        let link = site.url(&format!("/me/address/confirm/{}", link.secret()));
        let template = format!("account/mail/{name}.txt");
        let said = [
            letter::own("link", link),
            letter::tells(&["email"], "address", json!(shown)),
        ];
        let words = (template.as_str(), "account-mail-address-subject");
        letter::write(site, sealed.language, words, said)
    };
    let letters = [
        (&old, written(&new.old, "address_old")),
        (&new.to, written(&new.new, "address_new")),
    ];
    let mut tx = guard.begin().await?;
    guard.await_address(&mut tx, new).await?;
    for (to, letter) in letters {
        queue(site, &mut tx, (&identity, &purpose), to, letter).await?;
    }
    tx.commit().await.map_err(guard::Error::from)?;
    site.ring();
    Ok(())
}

async fn queue(
    site: &Site,
    tx: &mut Tx,
    (dossier, purpose): (&Filed, &str),
    to: &Personal<String>,
    letter: Letter,
) -> Result<(), Error> {
    let now: Timestamp = site.guard().now();
    let mail = NewMail {
        kind: MailKind::Address,
        dossier,
        purpose,
        fields: &letter.fields,
        to,
        subject: letter.subject,
        body: letter.body,
        leaves_at: now,
        decision: None,
    };
    site.guard().queue_mail(tx, mail).await?;
    Ok(())
}
