//! The product. Owns: one folder per capability, from route to table; the list below is the table of contents.
//! Doesn't own: opening, sending, keeping and deciding (the doors of `guard`), the look (`web`).
//!
//! Across capabilities: the other's `service`, never its `store`; a test over the source forbids it.

pub mod account;
mod answers;
pub mod api;
pub mod applications;
pub mod archive;
pub mod capability;
pub mod confirm;
pub mod contact;
mod cursor;
mod desk;
mod edge;
mod figures;
mod files;
mod form;
mod letter;
pub mod partners;
pub mod pool;
pub mod privacy;
mod query;
mod review;
mod rights;
mod site;
mod system;
mod upkeep;
pub mod vacancies;
mod visit;

#[cfg(test)]
mod tests;

use axum::Router;
use charter::{Charter, CopyMode, Form, FormKind, PurposeKind, Service, render, vocabulary::ShareMode};
use guard::{Actor, Guard, Holdings, backup::Replay, export::Untold};
use kernel::Locale;
use platform::jobs::Handler;
use web::Texts;

pub use capability::{Audience, Capability, Route};
pub use site::{Face, Site};

/// The capabilities, in the order of the desk's menu.
#[must_use]
pub fn capabilities() -> [Capability; 11] {
    [
        applications::capability(),
        contact::capability(),
        pool::capability(),
        partners::capability(),
        vacancies::capability(),
        figures::capability(),
        privacy::capability(),
        rights::capability(),
        upkeep::capability(),
        account::capability(),
        api::capability(),
    ]
}

/// What they can do of all that a charter may declare. Keeping secure is the house's own; what leaves, leaves by mail. A
/// charter's database of candidates is the pool; its mailboxes are the inbox, and what waits apart waits in the pool's.
#[must_use]
pub fn offer() -> render::Offer {
    let served = capabilities();
    let served = served
        .iter()
        .flat_map(|capability| capability.purposes.iter().copied());
    render::Offer {
        purposes: served.chain([PurposeKind::Secure]).collect(),
        services: vec![Service::Hosting, Service::Mail, Service::Crm],
        shares: vec![ShareMode::PerApplication],
        copies: vec![CopyMode::Mailbox, CopyMode::Quarantine],
        apart: pool::service::PURPOSES.to_vec(),
        backups: None,
    }
}

/// As [`offer`], of a site under that charter of its: with the copies that its own backups are.
#[must_use]
pub fn offer_of(guard: &Guard, charter: &Charter) -> render::Offer {
    render::Offer {
        backups: guard.backups_under(charter),
        ..offer()
    }
}

/// The form of that kind and language, where its purpose is offered: the door takes no other.
#[must_use]
pub fn form_of(charter: &Charter, kind: FormKind, locale: Locale) -> Option<&Form> {
    charter
        .form_of(kind, locale)
        .filter(|form| offer().includes(charter, &form.rule.clause))
}

/// How much waits behind entries of the desk's menu, by their addresses.
pub(crate) async fn waiting(guard: &Guard, actor: &Actor) -> Result<Vec<(&'static str, u64)>, guard::Error> {
    let each = [
        (contact::INBOX, contact::review::waiting(guard, actor).await?),
        (pool::HERE, pool::service::to_review(guard, actor).await?),
        (rights::QUEUE, rights::waiting(guard, actor).await?),
        (upkeep::HERE, upkeep::waiting(guard, actor).await?),
    ];
    let each = each.into_iter().filter_map(|(href, count)| Some((href, count?)));
    let each = each.chain(privacy::waiting(guard, actor).await?);
    Ok(each.filter(|(_, count)| *count > 0).collect())
}

/// What all of them keep.
#[must_use]
pub fn holdings() -> Vec<Holdings> {
    capabilities()
        .iter()
        .map(|capability| capability.holdings)
        .collect()
}

/// The templates and texts of all of them.
#[must_use]
pub fn texts() -> Vec<Texts> {
    capabilities()
        .iter()
        .map(|capability| capability.texts)
        .chain([system::TEXTS, archive::TEXTS])
        .collect()
}

/// The jobs of all of them, and the doors' own.
#[must_use]
pub fn jobs() -> Vec<(&'static str, Handler<Site>)> {
    let own = capabilities();
    let own = own.iter().flat_map(|capability| capability.jobs.iter().copied());
    own.chain([
        (guard::send::DELIVER, site::deliver as Handler<Site>),
        (guard::keep::erase::ERASE, site::erase),
    ])
    .collect()
}

/// What the capabilities apply again to a restored backup.
pub const REPLAYS: &[Replay] = &[
    |guard, since| Box::pin(async move { applications::own::replay(&guard, &since).await }),
    |guard, _| Box::pin(async move { pool::arrival::replay(&guard).await }),
];

/// How each capability lets its own rows be as they were before a refusal that isn't told yet.
pub(crate) const UNTOLD: &[Untold] = &[applications::own::hide_untold];

/// Every address of a site.
#[must_use]
pub fn routes() -> Vec<Route> {
    capabilities()
        .iter()
        .flat_map(|capability| (capability.routes)())
        .chain(system::routes())
        .chain(archive::routes())
        .collect()
}

/// A site's router: its addresses behind the edge, which answers errors, checks where a change comes from and adds
/// the headers.
pub fn router(site: &Site) -> Router {
    let routed = routes().into_iter().fold(Router::new(), |router, route| {
        let takes = visit::Takes {
            audience: route.audience,
            fields: route.fields,
        };
        router.route(route.path, route.handler.layer(axum::Extension(takes)))
    });
    edge::wrap(routed, site)
}
