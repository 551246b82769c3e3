//! Owns: `vivier demo`: two sites with invented people on one port, an index page with sign-ins, the mails kept to be
//! looked at. Doesn't own: anything a real site does; a demo is marked as one in its key store when it is made.

mod cv;
mod index;
mod messages;
mod offers;
mod people;
mod pool;
mod seed;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use app::Site;
use clap::Args;
use guard::{Guard, Nature, NewToken, Scope};
use kernel::{Clock, Locale, Rng, Word as _};
use platform::config::{self, MailFile, SiteFile};
use serde::Serialize;
use tokio::net::TcpListener;

use crate::{hosts::Hosts, output, place::Place};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Folder to keep the demo in; one that holds a demo goes on. Without it everything goes at exit.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Address to serve on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// SMTP server (host:port) to send the mails to, instead of keeping them.
    #[arg(long)]
    smtp: Option<String>,
    /// One JSON line on standard output once it serves.
    #[arg(long)]
    json: bool,
}

/// A demo site: its name, its charter, its colour.
struct Kind {
    name: &'static str,
    title: &'static str,
    charter: &'static str,
    accent: &'static str,
    /// Role, given name and family name of its staff.
    staff: &'static [(&'static str, &'static str, &'static str)],
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "careers",
        title: "Groupe Exemple",
        charter: include_str!("../../../../charters/careers.toml"),
        accent: "#0b6b57",
        staff: &[
            ("recruiter", "Camille", "Exemplaire"),
            ("recruiter", "Noé", "Modèle"),
            ("sales", "Sacha", "Maquette"),
            ("it", "Inès", "Prototype"),
            ("dpo", "Dominique", "Gabarit"),
            ("admin", "Ariel", "Patron"),
        ],
    },
    Kind {
        name: "agency",
        title: "Cabinet Exemple",
        charter: include_str!("../../../../charters/agency.toml"),
        accent: "#8a3b12",
        staff: &[
            ("consultant", "Claude", "Esquisse"),
            ("consultant", "Lou", "Ébauche"),
            ("webmaster", "Will", "Épure"),
            ("it", "Yaël", "Croquis"),
            ("dpo", "Dana", "Calque"),
            ("admin", "Andrea", "Trame"),
        ],
    },
];

/// Every invented member of staff signs in with it. A demo holds nobody's data.
const PASSWORD: &str = "vivier-demo-exemple";

#[derive(Serialize)]
struct Said {
    sites: Vec<SaidSite>,
}

#[derive(Serialize, Clone)]
struct SaidSite {
    name: &'static str,
    /// For people; a program goes by the name.
    #[serde(skip)]
    title: &'static str,
    url: String,
    dir: PathBuf,
    users: Vec<SaidUser>,
}

#[derive(Serialize, Clone)]
struct SaidUser {
    role: String,
    email: String,
    password: Option<&'static str>,
    sign_in_url: String,
    token: Option<String>,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let listener = TcpListener::bind(&arguments.listen).await.with_context(|| {
        format!(
            "can't serve on {}; choose another with --listen",
            arguments.listen
        )
    })?;
    let port = listener.local_addr()?.port();
    // Kept until the end of this function: it goes at exit.
    let throw_away = if arguments.data.is_none() {
        Some(tempfile::tempdir()?)
    } else {
        None
    };
    let data = match (&arguments.data, &throw_away) {
        (Some(data), _) => data.clone(),
        (None, Some(folder)) => folder.path().to_owned(),
        (None, None) => anyhow::bail!("no folder for the demo"),
    };
    std::fs::create_dir_all(data.join("master"))?;
    let place = Place {
        sites: data.join("sites"),
        keys: data.join("keys").display().to_string(),
        master_key: data.join("master").join("master.key"),
    };
    guard::open::make_master_key(&place.master_key, &Rng::system())?;
    let (clock, _) = config::clock()?;
    let [careers, agency] = &KINDS;
    let smtp = arguments.smtp.as_deref();
    let (careers, agency) = tokio::try_join!(
        open(&place, careers, port, smtp, &clock),
        open(&place, agency, port, smtp, &clock)
    )?;
    let mut hosts = Hosts::default();
    let mut said = Said { sites: Vec::new() };
    let mut sites: Vec<Site> = Vec::new();
    for (kind, guard, file) in [careers, agency] {
        let site = place.start(guard.clone(), &file).await?;
        hosts.add(&file.hosts, &app::router(&site));
        said.sites.push(tell(kind, &guard, &file, &place).await?);
        sites.push(site);
    }
    hosts.rest(index::router(said.sites.clone(), sites)?);
    if arguments.json {
        output::say(&serde_json::to_string(&said)?);
    } else {
        output::say(&format!(
            "Vivier's demo is at http://localhost:{port}/ (password for all: {PASSWORD})"
        ));
        for site in &said.sites {
            output::say(&format!("  {:<16} {}", site.title, site.url));
        }
        output::say("Stop it with Ctrl-C.");
    }
    hosts.serve(listener).await?;
    for guard in said.sites.iter().map(|site| site.name) {
        tracing::debug!(site = guard, "stopped");
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the demo's site, or founds and peoples it; its `site.toml` is written anew for this port, but for the backups
/// that somebody tries with it.
async fn open<'k>(
    place: &Place,
    kind: &'k Kind,
    port: u16,
    smtp: Option<&str>,
    clock: &Clock,
) -> anyhow::Result<(&'k Kind, Guard, SiteFile)> {
    let host = format!("{}.localhost", kind.name);
    let folder = place.folder(kind.name);
    let file = SiteFile {
        title: kind.title.to_owned(),
        url: format!("http://{host}:{port}"),
        hosts: vec![host],
        zone: "Europe/Paris".to_owned(),
        language: None,
        database: None,
        accent: Some(kind.accent.to_owned()),
        backup: SiteFile::read(&folder).ok().and_then(|before| before.backup),
        mail: MailFile {
            from: format!("{} <jobs@{}.example>", kind.title, kind.name),
            smtp: smtp.map(|smtp| format!("smtp://{smtp}")),
        },
    };
    if !folder.join("peopled").is_file() {
        // One that was stopped while it was being made is made anew.
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
            for end in ["", "-wal", "-shm"] {
                drop(std::fs::remove_file(format!(
                    "{}/{}.keys.db{end}",
                    place.keys, kind.name
                )));
            }
        }
        seed::found(place, kind, &file, clock).await?;
        std::fs::write(folder.join("charter.toml"), kind.charter)?;
        std::fs::write(folder.join("peopled"), "")?;
    }
    std::fs::write(folder.join("site.toml"), file.to_toml())?;
    let guard = Guard::open(place.settings(kind.name, &file, clock.clone())).await?;
    Ok((kind, guard, file))
}

/// The address of a demo's member of staff: the role's, numbered from the second on.
fn email(kind: &Kind, nth: usize) -> String {
    let (role, ..) = kind.staff[nth];
    let before = kind.staff[..nth]
        .iter()
        .filter(|(other, ..)| *other == role)
        .count();
    let number = if before == 0 {
        String::new()
    } else {
        (before + 1).to_string()
    };
    format!("{role}{number}@{}.example", kind.name)
}

/// What the index page and `--json` say of a site: staff by role, and one candidate with a link.
async fn tell(
    kind: &'static Kind,
    guard: &Guard,
    file: &SiteFile,
    place: &Place,
) -> anyhow::Result<SaidSite> {
    let members = guard.demo_staff().await?;
    let mut users = Vec::new();
    for (nth, (role, ..)) in kind.staff.iter().enumerate() {
        let before = kind.staff[..nth]
            .iter()
            .filter(|(other, ..)| other == role)
            .count();
        // The administrator may have changed a role, or ended an account.
        let mut others = members.iter().filter(|(_, other)| other == role);
        let Some((member, _)) = others.nth(before) else {
            continue;
        };
        let token = guard
            .make_api_token(NewToken {
                staff: *member,
                name: "demo",
                scopes: Scope::ALL,
                ends_at: guard.now().plus_seconds(30 * 86_400),
            })
            .await?;
        users.push(SaidUser {
            role: (*role).to_owned(),
            email: email(kind, nth),
            password: Some(PASSWORD),
            sign_in_url: format!("{}/demo/sign-in/{member}", file.url),
            token: Some(token.secret().to_owned()),
        });
    }
    let person = seed::first_person(kind);
    if let Some(id) = guard.find_people(&person.email).await?.first() {
        let mut tx = guard.begin().await?;
        let link = guard
            .make_link(&mut tx, *id, None, guard.now().plus_seconds(30 * 86_400))
            .await?;
        tx.commit().await?;
        users.push(SaidUser {
            role: "candidate".to_owned(),
            email: person.email,
            password: None,
            sign_in_url: format!("{}/follow/{}", file.url, link.secret()),
            token: None,
        });
    }
    let dir = std::fs::canonicalize(place.folder(kind.name))?;
    Ok(SaidSite {
        name: kind.name,
        title: kind.title,
        url: file.url.clone(),
        dir,
        users,
    })
}

/// The language of the messages that founding may give.
const LOCALE: Locale = Locale::En;
/// A demo's nature.
const NATURE: Nature = Nature::Demo;
