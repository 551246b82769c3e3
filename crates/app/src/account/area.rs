//! Owns: the first page of a person's area: their applications and what happens next, what else there is to see, the
//! area's menu. Doesn't own: the way in ([`super::mine`]), the page of one application ([`crate::applications`]).

use axum::response::Response;
use kernel::Locale;
use serde_json::{Value, json};
use web::{Error, Kit, MenuItem};

use crate::{
    applications::{mine::files, own},
    visit::Visit,
};

/// The pages of the area, in the order of its menu: the text's key and the address.
const PAGES: [(&str, &str); 7] = [
    ("account-menu-applications", "/me"),
    ("account-menu-kept", "/me/data"),
    ("account-menu-reads", "/me/reads"),
    ("account-menu-details", "/me/details"),
    ("account-security-title", "/me/security"),
    ("rights-menu", "/me/rights"),
    ("account-menu-leave", "/me/leave"),
];

/// The area's menu.
pub(crate) fn menu(kit: &Kit, locale: Locale) -> Vec<MenuItem> {
    let entry = |(key, href): &(&str, &str)| MenuItem::new(kit.text(locale, key, &[]), *href);
    PAGES.iter().map(entry).collect()
}

pub(super) async fn home(visit: Visit) -> Result<Response, Error> {
    visit.person()?;
    let own = own::all(&visit.site, &visit.actor).await?;
    let rows: Vec<Value> = own
        .iter()
        .map(|own| {
            json!({
                "id": own.application.id,
                "vacancy": own.vacancy,
                "stage": own.application.told(),
                "sent_at": own.application.submitted_at,
                "read_at": own.application.read_at,
                "until": own.until.as_ref().map(guard::keep::Until::last_day),
                "files": files(own),
            })
        })
        .collect();
    let read = super::reads::latest(&visit).await?;
    visit
        .draw(
            "account/me.html",
            json!({
                "applications": rows,
                "read": read,
                "duplicates": super::details::duplicates(&visit).await?.len(),
                "renewals": crate::privacy::renewal::asked(&visit).await?,
                "pool": crate::pool::own_view(&visit).await?,
            }),
        )
        .await
}
