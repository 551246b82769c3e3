//! Owns: the mails of a request's way: received, a proof asked, more time, answered, refused, a restriction lifted. They
//! name nobody and say nothing that is kept: a request may have come from anybody. Doesn't own: sending (`guard::send`).

use guard::{
    Error, Filed, Letter, Personal,
    rights::Request,
    send::{MailKind, NewMail},
};
use kernel::{Timestamp, Word as _};
use serde_json::json;
use storage::Tx;

use crate::{Site, letter};

/// Which mail.
#[derive(Clone, Copy)]
pub(super) enum Mail<'a> {
    Received,
    Identity(&'a str),
    Extended(&'a str),
    Answered(&'a str),
    Refused(&'a str),
    Lifted,
}

impl<'a> Mail<'a> {
    fn template(self) -> (&'static str, &'static str) {
        match self {
            Self::Received => ("rights/mail/received.txt", "rights-mail-received-subject"),
            Self::Identity(_) => ("rights/mail/identity.txt", "rights-mail-identity-subject"),
            Self::Extended(_) => ("rights/mail/extended.txt", "rights-mail-extended-subject"),
            Self::Answered(_) => ("rights/mail/answered.txt", "rights-mail-answered-subject"),
            Self::Refused(_) => ("rights/mail/refused.txt", "rights-mail-refused-subject"),
            Self::Lifted => ("rights/mail/lifted.txt", "rights-mail-lifted-subject"),
        }
    }

    fn text(self) -> Option<&'a str> {
        match self {
            Self::Identity(text) | Self::Extended(text) | Self::Answered(text) | Self::Refused(text) => {
                Some(text.trim())
            }
            Self::Received | Self::Lifted => None,
        }
    }
}

/// Queues the mail in the transaction of what it tells; gives false where there is no address, or the charter has no
/// way to mail one: then the desk writes by other means, and its page says so.
pub(super) async fn queue(
    site: &Site,
    tx: &mut Tx,
    (filed, to): (&Filed, Option<&Personal<String>>),
    request: &Request,
    mail: Mail<'_>,
) -> Result<bool, Error> {
    let guard = site.guard();
    let purpose = guard.rights_purpose()?;
    let Letter {
        subject,
        body,
        fields,
    } = write(site, request, mail);
    let Some(to) = to.filter(|_| guard.mail_carries(&purpose, &fields)) else {
        return Ok(false);
    };
    let mail = NewMail {
        kind: MailKind::Right,
        dossier: filed,
        purpose: &purpose,
        fields: &fields,
        to,
        subject,
        body,
        leaves_at: guard.now(),
        decision: None,
    };
    guard.queue_mail(tx, mail).await?;
    Ok(true)
}

fn write(site: &Site, request: &Request, mail: Mail<'_>) -> Letter {
    let charter = site.guard().charter();
    let controller = charter.controller();
    let locale = request.language;
    let kind = site
        .kit()
        .text(locale, &format!("right-{}", request.kind.word()), &[]);
    let day = |moment: Timestamp| json!(moment);
    let said: [letter::Said; 8] = [
        letter::own("kind", kind),
        letter::own("received_at", day(request.received_at)),
        letter::own("due", day(request.last_day())),
        letter::tells(&["exchange"], "text", mail.text()),
        letter::own("area", site.url(super::HERE)),
        letter::own("policy", site.url("/privacy#right")),
        letter::own("authority", controller.authority.clone()),
        letter::own("authority_url", controller.authority_url.clone()),
    ];
    let mut letter = letter::write(site, locale, mail.template(), said);
    if !letter.fields.contains(&"exchange") {
        letter.fields.push("exchange");
    }
    letter
}
