//! Owns: the words of the mail that tells somebody to whom something of theirs was given. Doesn't own: sending it
//! (`guard::send`).

use guard::{Letter, share::Recipient};
use serde_json::json;

use super::{pages::labels, service::Giving};
use crate::{Site, letter};

/// In the language of its person.
pub(super) fn shared(site: &Site, giving: &Giving, to: &Recipient) -> Letter {
    let row = &giving.opened.row;
    let locale = row.person.language;
    let charter = site.guard().charter();
    let title = row.vacancy.as_ref().map(|vacancy| &vacancy.offer.title);
    let clause = format!("{}#{}", site.url("/privacy"), giving.share.rule.clause);
    let mut letter = letter::write(
        site,
        locale,
        ("partners/mail/shared.txt", "partners-mail-subject"),
        [
            letter::tells(&["vacancy"], "vacancy", json!(title)),
            letter::own("recipient", to.name.as_str()),
            letter::own("contact", to.contact.as_str()),
            letter::own("fields", labels(&charter, &giving.fields, locale).join(", ")),
            letter::own("area", site.url("/me/rights")),
            letter::own("policy", clause),
        ],
    );
    letter.fields.push("exchange");
    letter
}
