//! Account: staff sign in by password, people by a link to their own mailbox or by a password; the person's area; what
//! one does with one's own account, and the administrator with the staff's. Owns: people's rows, the sign-in pages, the
//! area's pages. Doesn't own: sessions, links, passwords, roles (`guard`), applications.

pub(crate) mod address;
mod api;
mod area;
mod details;
mod kept;
mod leave;
mod mine;
mod passkeys;
pub mod people;
mod reads;
mod recovery;
mod second;
mod security;
mod sign_in;
mod team;
mod tries;

use charter::PurposeKind;
use guard::{
    Column::{Personal, Plain},
    Holdings, Table,
};
use kernel::Locale;
use storage::Migration;
use web::Texts;

use self::{
    security::{DESK, ME},
    sign_in::{PERSON, STAFF},
};
use crate::{
    Audience, Capability, Route,
    visit::{Posted, Visit},
};

pub(crate) use area::menu as area_menu;

/// What this capability answers.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "account",
        purposes: &[PurposeKind::ManageAccount],
        routes,
        jobs: &[],
        holdings: HOLDINGS,
        texts: TEXTS,
        menu: team::menu,
    }
}

fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let mut routes = Vec::from(api::routes());
    routes.extend([
        Route::new(
            Audience::Public,
            "/sign-in",
            get(|visit: Visit| sign_in::ask(visit, &STAFF))
                .post(|posted: Posted| sign_in::enter(posted, &STAFF)),
        )
        .takes(&["email", "password", "to"]),
        Route::new(
            Audience::Public,
            "/sign-in/code",
            get(second::ask).post(second::give),
        )
        .takes(&["code", "to"]),
        Route::new(
            Audience::Public,
            "/sign-in/app",
            get(|visit: Visit| second::app(visit, second::SETUP))
                .post(|posted: Posted| second::set_app(posted, second::SETUP)),
        )
        .takes(&["code", "to", "current_app"]),
        Route::new(
            Audience::Public,
            "/sign-in/app/passkey/start",
            post(passkeys::begin_on_the_way),
        )
        .takes(&["to"]),
        Route::new(
            Audience::Public,
            "/sign-in/app/passkey",
            post(passkeys::keep_on_the_way),
        )
        .takes(&["state", "credential", "to"]),
        Route::new(
            Audience::Public,
            "/sign-in/passkey/start",
            post(passkeys::begin_entering),
        )
        .takes(&["to"]),
        Route::new(Audience::Public, "/sign-in/passkey", post(passkeys::enter)).takes(&[
            "state",
            "credential",
            "to",
        ]),
        Route::new(
            Audience::Public,
            "/sign-in/recover",
            get(|visit: Visit| recovery::ask(visit, &STAFF))
                .post(|posted: Posted| recovery::send(posted, &STAFF)),
        )
        .takes(&["email"]),
        Route::new(Audience::Public, "/password/sent", get(recovery::sent)),
        Route::new(
            Audience::Public,
            "/password/{token}",
            get(recovery::choose).post(recovery::set),
        )
        .takes(&["password"]),
        Route::new(Audience::Public, "/sign-out", post(sign_in::leave)),
        Route::new(Audience::Public, "/me/sign-in", get(mine::ask).post(mine::send)).takes(&["email", "to"]),
        Route::new(Audience::Public, "/me/sign-in/sent", get(mine::sent)),
        Route::new(
            Audience::Public,
            "/me/sign-in/password",
            get(|visit: Visit| sign_in::ask(visit, &PERSON))
                .post(|posted: Posted| sign_in::enter(posted, &PERSON)),
        )
        .takes(&["email", "password", "to"]),
        Route::new(
            Audience::Public,
            "/me/sign-in/recover",
            get(|visit: Visit| recovery::ask(visit, &PERSON))
                .post(|posted: Posted| recovery::send(posted, &PERSON)),
        )
        .takes(&["email"]),
        Route::new(Audience::Public, "/follow/{token}", get(mine::follow)),
        Route::new(Audience::Person, "/me", get(area::home)),
        Route::new(Audience::Person, "/me/data", get(kept::page)),
        Route::new(Audience::Person, "/me/reads", get(reads::list)),
        Route::new(Audience::Person, "/me/details", get(details::page)),
        Route::new(Audience::Person, "/me/language", post(details::language)).takes(&["language"]),
        Route::new(Audience::Person, "/me/people/{id}/join", post(details::join)),
        Route::new(Audience::Person, "/me/people/{id}/part", post(details::part)),
        Route::new(Audience::Person, "/me/address", post(address::ask)).takes(&["email"]),
        Route::new(Audience::Person, "/me/address/cancel", post(address::cancel)),
        Route::new(
            Audience::Public,
            "/me/address/confirm/{token}",
            get(address::look).post(address::confirm),
        ),
        Route::new(Audience::Public, "/me/address/waiting", get(address::waiting)),
        Route::new(Audience::Public, "/me/address/changed", get(address::changed)),
        Route::new(Audience::Person, "/me/leave", get(leave::page)),
        Route::new(Audience::Person, "/me/leave/withdraw", post(leave::withdraw)),
        Route::new(Audience::Person, "/me/leave/sign-out", post(leave::sign_out)),
        Route::new(
            Audience::Person,
            "/me/security",
            get(|visit: Visit| security::show(visit, &ME)),
        ),
        Route::new(
            Audience::Person,
            "/me/security/password",
            post(|posted: Posted| security::change_password(posted, &ME)),
        )
        .takes(&["current", "password"]),
        Route::new(
            Audience::Person,
            "/me/security/sessions",
            post(|posted: Posted| security::end_sessions(posted, &ME)),
        )
        .takes(&["end"]),
        Route::new(
            Audience::Person,
            "/me/security/passkeys/start",
            post(|posted: Posted| passkeys::begin(posted, &ME)),
        )
        .takes(&["current_passkey"]),
        Route::new(
            Audience::Person,
            "/me/security/passkeys",
            post(|posted: Posted| passkeys::keep(posted, &ME)),
        )
        .takes(&["state", "credential", "current_passkey"]),
        Route::new(
            Audience::Person,
            "/me/security/passkeys/remove",
            post(|posted: Posted| passkeys::remove(posted, &ME)),
        )
        .takes(&["passkey", "current_removal"]),
        Route::new(
            Audience::Staff,
            "/desk/account/passkeys/start",
            post(|posted: Posted| passkeys::begin(posted, &DESK)),
        )
        .takes(&["current_passkey"]),
        Route::new(
            Audience::Staff,
            "/desk/account/passkeys",
            post(|posted: Posted| passkeys::keep(posted, &DESK)),
        )
        .takes(&["state", "credential", "current_passkey"]),
        Route::new(
            Audience::Staff,
            "/desk/account/passkeys/remove",
            post(|posted: Posted| passkeys::remove(posted, &DESK)),
        )
        .takes(&["passkey", "current_removal"]),
        Route::new(
            Audience::Staff,
            "/desk/account/app",
            get(|visit: Visit| second::app(visit, "/desk/account/app"))
                .post(|posted: Posted| second::set_app(posted, "/desk/account/app")),
        )
        .takes(&["code", "to", "current_app"]),
        Route::new(
            Audience::Staff,
            "/desk/account/app/remove",
            post(second::remove_app),
        )
        .takes(&["current_app"]),
        Route::new(Audience::Staff, "/desk/account/codes", post(second::codes)).takes(&["current_app"]),
        Route::new(
            Audience::Staff,
            "/desk/staff/{id}/reset",
            post(team::reset_factors),
        ),
        Route::new(
            Audience::Staff,
            "/desk/account",
            get(|visit: Visit| security::show(visit, &DESK)),
        ),
        Route::new(
            Audience::Staff,
            "/desk/account/password",
            post(|posted: Posted| security::change_password(posted, &DESK)),
        )
        .takes(&["current", "password"]),
        Route::new(
            Audience::Staff,
            "/desk/account/sessions",
            post(|posted: Posted| security::end_sessions(posted, &DESK)),
        )
        .takes(&["end"]),
        Route::new(Audience::Staff, "/desk/staff", get(team::list).post(team::invite)).takes(&[
            "given_name",
            "family_name",
            "email",
            "role",
        ]),
        Route::new(
            Audience::Staff,
            "/desk/staff/{id}/invite",
            post(team::invite_again),
        ),
        Route::new(Audience::Staff, "/desk/staff/{id}/role", post(team::change_role)).takes(&["role"]),
        Route::new(Audience::Staff, "/desk/staff/{id}/end", post(team::end)),
        Route::new(Audience::Demo, "/demo/sign-in/{id}", get(sign_in::demo)),
    ]);
    routes
}

const HOLDINGS: Holdings = Holdings {
    capability: "account",
    migrations: &[
        Migration {
            name: "account/0001_people",
            sql: include_str!("migrations/0001_people.sql"),
        },
        Migration {
            name: "account/0002_version",
            sql: include_str!("migrations/0002_version.sql"),
        },
    ],
    tables: &[Table {
        name: "people",
        columns: &[
            ("id", Plain),
            ("language", Plain),
            ("given_name", Personal("given_name")),
            ("family_name", Personal("family_name")),
            ("email", Personal("email")),
            ("phone", Personal("phone")),
            ("added_at", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["id"],
    }],
    facts: &[],
};

const TEXTS: Texts = Texts {
    templates: &[
        ("account/enter.html", include_str!("templates/enter.html")),
        ("account/sign_in.html", include_str!("templates/sign_in.html")),
        ("account/link.html", include_str!("templates/link.html")),
        ("account/link_sent.html", include_str!("templates/link_sent.html")),
        ("account/me.html", include_str!("templates/me.html")),
        ("account/kept.html", include_str!("templates/kept.html")),
        ("account/reads.html", include_str!("templates/reads.html")),
        ("account/leave.html", include_str!("templates/leave.html")),
        ("account/details.html", include_str!("templates/details.html")),
        ("account/address.html", include_str!("templates/address.html")),
        (
            "account/mail/address_old.txt",
            include_str!("templates/mail/address_old.txt"),
        ),
        (
            "account/mail/address_new.txt",
            include_str!("templates/mail/address_new.txt"),
        ),
        ("account/mail/link.txt", include_str!("templates/mail/link.txt")),
        (
            "account/sign_in_person.html",
            include_str!("templates/sign_in_person.html"),
        ),
        ("account/recovery.html", include_str!("templates/recovery.html")),
        (
            "account/recovery_sent.html",
            include_str!("templates/recovery_sent.html"),
        ),
        ("account/password.html", include_str!("templates/password.html")),
        (
            "account/password_over.html",
            include_str!("templates/password_over.html"),
        ),
        ("account/security.html", include_str!("templates/security.html")),
        (
            "account/desk_account.html",
            include_str!("templates/desk_account.html"),
        ),
        (
            "account/security_parts.html",
            include_str!("templates/security_parts.html"),
        ),
        (
            "account/passkey_enter.html",
            include_str!("templates/passkey_enter.html"),
        ),
        ("account/code.html", include_str!("templates/code.html")),
        ("account/app.html", include_str!("templates/app.html")),
        ("account/codes.html", include_str!("templates/codes.html")),
        ("account/staff.html", include_str!("templates/staff.html")),
        (
            "account/mail/recovery.txt",
            include_str!("templates/mail/recovery.txt"),
        ),
        (
            "account/mail/invitation.txt",
            include_str!("templates/mail/invitation.txt"),
        ),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
