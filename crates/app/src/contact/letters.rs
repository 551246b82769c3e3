//! Owns: the words of the mails about a message. Doesn't own: sending them (`guard::send`).

use guard::keep::Until;
use kernel::{Locale, Timestamp};
use serde_json::{Value, json};

use crate::Site;

/// The mail that says a message arrived. It names nobody and repeats nothing: the mailbox isn't proven, and what a
/// stranger types must not reach another person's mailbox under our sender.
pub(super) fn acknowledgement(site: &Site, locale: Locale, until: Option<&Until>) -> (String, String) {
    let context = json!({
        "site": site.title(),
        "until": until.map(Until::last_day),
        "policy": site.url("/privacy"),
    });
    write(site, locale, "acknowledgement", &context)
}

/// The mail that carries an answer, in the language the person wrote in.
pub(super) fn answer(site: &Site, locale: Locale, text: &str, sent_at: Timestamp) -> (String, String) {
    let context = json!({
        "site": site.title(),
        "text": text,
        "sent_at": sent_at,
        "policy": site.url("/privacy"),
    });
    write(site, locale, "answer", &context)
}

fn write(site: &Site, locale: Locale, name: &str, context: &Value) -> (String, String) {
    let subject = site.kit().text(
        locale,
        &format!("contact-mail-{name}-subject"),
        &[("site", site.title().into())],
    );
    let body = site
        .kit()
        .mail(locale, &format!("contact/mail/{name}.txt"), context);
    (
        subject,
        body.unwrap_or_else(|error| {
            // The test over all templates draws this one; an operator's own may be broken.
            tracing::error!(%error, "a letter can't be written");
            String::new()
        }),
    )
}
