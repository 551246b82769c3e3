//! Owns: the words of the mails about an application. Doesn't own: sending them (`guard::send`).

use guard::{LinkToken, decide::Reason, keep::Until};
use kernel::{Locale, Word as _};
use serde_json::json;

use crate::{Site, account::people::ShownPerson, vacancies::Vacancy};

/// The mail that confirms an application. It names nobody: the mailbox isn't proven yet, and what a stranger typed as
/// a name must not reach another person's mailbox under our sender.
pub(super) fn confirmation(
    site: &Site,
    locale: Locale,
    vacancy: Option<&Vacancy>,
    link: &LinkToken,
    until: Option<&Until>,
) -> (String, String) {
    let context = json!({
        "site": site.title(),
        "vacancy": vacancy.map(|vacancy| &vacancy.offer.title),
        "link": site.url(&format!("/follow/{}", link.secret())),
        "until": until.map(Until::last_day),
        "policy": site.url("/privacy"),
    });
    write(site, locale, "confirmation", &context)
}

/// The mail that tells a refusal, in the person's language.
pub(super) fn refusal(
    site: &Site,
    person: &ShownPerson,
    vacancy: Option<&Vacancy>,
    reason: Reason,
) -> (String, String) {
    let context = json!({
        "site": site.title(),
        "name": person.name,
        "vacancy": vacancy.map(|vacancy| &vacancy.offer.title),
        "reason": site.kit().text(person.language, &format!("application-refusal-{}", reason.word()), &[]),
        "policy": site.url("/privacy"),
    });
    write(site, person.language, "refusal", &context)
}

fn write(site: &Site, locale: Locale, name: &str, context: &serde_json::Value) -> (String, String) {
    let subject = site.kit().text(
        locale,
        &format!("application-mail-{name}-subject"),
        &[("site", site.title().into())],
    );
    let body = site
        .kit()
        .mail(locale, &format!("applications/mail/{name}.txt"), context);
    (
        subject,
        body.unwrap_or_else(|error| {
            // The test over all templates draws this one; an operator's own may be broken.
            tracing::error!(%error, "a letter can't be written");
            String::new()
        }),
    )
}
