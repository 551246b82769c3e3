//! Owns: the desk's table of applications of people whose names lie in plain columns, drawn as
//! `app/applications/desk.rs` draws it, all but keys, seals and the record of the reading; and those columns. Doesn't
//! own: measuring it ([`crate::names`]).

use std::{collections::HashMap, path::Path};

use anyhow::Context as _;
use app::{
    Site,
    applications::{
        model::{Application, Stage},
        service::{self, PURPOSES, Wanted},
    },
    vacancies::{self, Vacancy},
};
use axum::{
    Router,
    extract::RawQuery,
    http::{HeaderMap, StatusCode},
    response::Html,
    routing::get,
};
use charter::SESSION_TRACKER;
use guard::{Actor, DossierId, Guard, Permit, Person, Shown};
use kernel::{Cursor, Id, Locale, Page as Rows, Word as _};
use serde_json::{Value, json};
use storage::{Bind as _, Db, LIST, Location, Migration, PublicText, Row, sql};
use web::{Page, Slot, Viewer, cookie};

/// The page of the product.
pub(crate) const DESK: &str = "/desk/applications";
/// Its peer.
pub(crate) const PLAIN: &str = "/bench/applications";
/// Rows on a page of the desk.
const SIZE: usize = 50;
/// So many pages are walked, over and over: more people than the cache holds keys.
const PAGES: usize = 600;
const LOCALE: Locale = Locale::En;

const PEOPLE: &[Migration] = &[Migration {
    name: "peer/0001_people",
    sql: "CREATE TABLE people (id TEXT PRIMARY KEY, given_name TEXT, family_name TEXT, email TEXT, phone TEXT);",
}];

/// The plain columns, beside the site.
pub(crate) async fn open(folder: &Path) -> anyhow::Result<Db> {
    let db = Db::open(&Location::Sqlite(folder.join("people.db"))).await?;
    db.migrate(PEOPLE).await?;
    Ok(db)
}

/// Writes the names on the first pages of the desk's list down in plain; gives what follows the list's address for each of
/// these pages, full ones only.
pub(crate) async fn unseal(site: &Site, people: &Db, cookie: &str) -> anyhow::Result<Vec<String>> {
    let guard = site.guard();
    let (_, secret) = cookie.split_once('=').context("a session")?;
    let actor = guard.actor_of_session(secret).await?;
    let (mut places, mut after) = (Vec::new(), None);
    while places.len() < PAGES {
        let page = service::list(site, &actor, &Wanted::default(), after.as_ref(), SIZE).await?;
        let mut tx = people.begin().await?;
        for some in page.rows.chunks(LIST / 5) {
            let rows = some.iter().map(|row| {
                let person = &row.person;
                let each = [
                    &person.given_name,
                    &person.family_name,
                    &person.email,
                    &person.phone,
                ];
                let [given_name, family_name, email, phone] = each.map(|one| text(one.as_ref()).value());
                [
                    row.application.person.value(),
                    given_name,
                    family_name,
                    email,
                    phone,
                ]
            });
            sql("INSERT INTO people (id, given_name, family_name, email, phone) VALUES $rows")
                .bind_rows(rows)
                .run(&mut tx)
                .await?;
        }
        tx.commit().await?;
        let Some(next) = page.next else {
            break;
        };
        places.push(
            after
                .as_ref()
                .map_or_else(String::new, |place| query(guard, place)),
        );
        after = Some(next);
    }
    Ok(places)
}

/// What an opened value shows on a page.
fn text(shown: Option<&Shown<String>>) -> Option<PublicText> {
    let value = serde_json::to_value(shown).ok()?;
    value.as_str().map(PublicText::new)
}

/// The end of a page's address, sealed as `app/cursor.rs` does.
fn query(guard: &Guard, place: &Cursor) -> String {
    let mut seal = guard.seal_of("cursor", format!("{place} {DESK}?").as_bytes());
    seal.truncate(32);
    format!("?after={place}.{seal}")
}

/// The peer's page.
pub(crate) fn routes(site: &Site, people: &Db) -> Router {
    let (site, people) = (site.clone(), people.clone());
    let draw = move |headers: HeaderMap, RawQuery(asked): RawQuery| {
        let (site, people) = (site.clone(), people.clone());
        async move {
            let drawn = draw(&site, &people, &headers, asked.as_deref().unwrap_or_default()).await;
            let wrong = |error: anyhow::Error| (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:?}"));
            drawn.map(Html).map_err(wrong)
        }
    };
    Router::new().route(PLAIN, get(draw))
}

async fn draw(site: &Site, people: &Db, headers: &HeaderMap, asked: &str) -> anyhow::Result<String> {
    let guard = site.guard();
    let session = cookie::read(headers, SESSION_TRACKER, false).context("a session")?;
    let actor = guard.actor_of_session(session).await?;
    let permit = guard.permit(&actor, &PURPOSES)?;
    let after = after(guard, asked);
    let mut page = list(guard, &permit, &actor, after.as_ref()).await?;
    let dossiers: Vec<DossierId> = page.rows.iter().map(Application::dossier).collect();
    let reached = guard.reached(&permit, &dossiers).await?;
    page.rows.retain(|one| reached.contains(&one.dossier()));
    let persons: Vec<Id<Person>> = page.rows.iter().map(|one| one.person).collect();
    let names = names(people, &persons).await?;
    let wanted: Vec<Id<Vacancy>> = page.rows.iter().filter_map(|one| one.vacancy).collect();
    let offers = vacancies::service::find_all(guard, &wanted).await?;
    let rows: Vec<Value> = page
        .rows
        .iter()
        .map(|one| row(site, one, &names, &offers))
        .collect();
    let context = json!({
        "q": "",
        "chips": [],
        "filters": filters(site).await?,
        "total": page.next.is_none().then_some(rows.len()),
        "rows": rows,
        "next": page.next.as_ref().map(|place| format!("{DESK}{}", query(guard, place))),
        "first": after.is_some().then_some(DESK),
        "unsettled": service::unsettled_mails(site, &actor).await?,
        "panel": null,
        "only": null,
    });
    let frame = frame(site, &actor, session, asked).await?;
    Ok(site
        .kit()
        .render(LOCALE, "applications/desk.html", &frame, context)?)
}

/// The place that the address names, when its seal is right.
fn after(guard: &Guard, asked: &str) -> Option<Cursor> {
    let (place, _) = asked.strip_prefix("after=")?.rsplit_once('.')?;
    let place = place.parse().ok()?;
    (query(guard, &place).get(1..) == Some(asked)).then_some(place)
}

async fn list(
    guard: &Guard,
    permit: &Permit,
    actor: &Actor,
    after: Option<&Cursor>,
) -> anyhow::Result<Rows<Application>> {
    let (at, id) = after.map_or((i64::MAX, "g"), |cursor| (cursor.key, cursor.id.as_str()));
    let rows = sql(
        "SELECT a.id, a.person, a.vacancy, a.recruiter, a.purpose, a.source, a.language, a.stage, a.stage_since, \
         a.submitted_at, a.read_at FROM applications a WHERE (a.submitted_at < $1 OR (a.submitted_at = $1 AND a.id < $2)) \
         AND (a.purpose IN ($list) OR (a.recruiter = $3 AND a.purpose IN ($list))) \
         ORDER BY a.submitted_at DESC, a.id DESC LIMIT $4",
    )
    .bind(at)
    .bind(PublicText::new(id))
    .bind(actor.staff())
    .bind(i64::try_from(SIZE + 1)?)
    .bind_list(permit.purposes().map(PublicText::new))
    .bind_list(std::iter::empty::<PublicText>())
    .all(guard.db())
    .await?;
    let rows = rows.iter().map(read).collect::<Result<_, storage::Error>>()?;
    Ok(Rows::cut(rows, SIZE, |one: &Application| Cursor {
        key: one.submitted_at.as_millis(),
        id: one.id.to_string(),
    }))
}

fn read(row: &Row) -> Result<Application, storage::Error> {
    Ok(Application {
        id: row.get("id")?,
        person: row.get("person")?,
        vacancy: row.get("vacancy")?,
        recruiter: row.get("recruiter")?,
        purpose: row.get::<PublicText, _>("purpose")?.into_string(),
        source: row.get("source")?,
        language: row.get("language")?,
        stage: row.get("stage")?,
        stage_since: row.get("stage_since")?,
        submitted_at: row.get("submitted_at")?,
        read_at: row.get("read_at")?,
    })
}

/// Given name, family name, e-mail, telephone; the page shows the first two.
type Names = HashMap<Id<Person>, [Option<PublicText>; 4]>;

async fn names(people: &Db, persons: &[Id<Person>]) -> anyhow::Result<Names> {
    let rows = sql("SELECT id, given_name, family_name, email, phone FROM people WHERE id IN ($list)")
        .bind_list(persons.iter().copied())
        .all(people)
        .await?;
    let mut names = HashMap::with_capacity(rows.len());
    for row in &rows {
        let each = [
            row.get("given_name")?,
            row.get("family_name")?,
            row.get("email")?,
            row.get("phone")?,
        ];
        names.insert(row.get("id")?, each);
    }
    Ok(names)
}

fn row(site: &Site, one: &Application, names: &Names, offers: &HashMap<Id<Vacancy>, Vacancy>) -> Value {
    let offer = one.vacancy.and_then(|vacancy| offers.get(&vacancy));
    let name = names.get(&one.person).map(|[given, family, ..]| {
        let both = [given, family].into_iter().flatten().map(|name| &**name);
        both.collect::<Vec<_>>().join(" ")
    });
    json!({
        "id": one.id,
        "name": name,
        "vacancy": offer.map(|offer| json!({ "id": offer.id, "title": offer.offer.title, "slug": offer.slug })),
        "stage": one.stage,
        "waiting": one.days_waiting(site.guard().now()),
        "source": one.source,
        "next_action": one.next(),
        "undo": null,
    })
}

async fn filters(site: &Site) -> anyhow::Result<Value> {
    let text = |key: &str| site.kit().text(LOCALE, key, &[]);
    let choice = |value: String, label: String| json!({ "value": value, "label": label, "count": null, "chosen": false });
    let stages = Stage::ALL.iter().map(|stage| {
        let word = stage.word();
        choice(word.to_owned(), text(&format!("application-stage-{word}")))
    });
    let titles = vacancies::service::titles(site.guard()).await?;
    let titles = titles
        .into_iter()
        .map(|(id, title)| choice(id.to_string(), title));
    Ok(json!([
        { "name": "stage", "label": text("application-filter-stage"), "options": stages.collect::<Vec<_>>() },
        { "name": "vacancy", "label": text("application-filter-vacancy"), "options": titles.collect::<Vec<_>>() },
    ]))
}

/// The page's frame, as a visit has it.
async fn frame(site: &Site, actor: &Actor, session: &str, asked: &str) -> anyhow::Result<Page> {
    let (guard, kit) = (site.guard(), site.kit());
    let mut page = Page::new(site.face(LOCALE), LOCALE, DESK, guard.now());
    asked.clone_into(&mut page.query);
    page.csrf = Some(guard.seal_of("csrf", session.as_bytes()));
    let charter = guard.charter();
    let role = actor.role().and_then(|role| charter.role(role));
    page.viewer = Viewer::Staff {
        name: Slot::of(guard.own_name(actor).await?),
        role: role.map(|role| role.label(LOCALE).to_owned()).unwrap_or_default(),
    };
    let entries = app::capabilities();
    let entries = entries
        .iter()
        .flat_map(|one| (one.menu)(guard, kit, actor, LOCALE))
        // Nothing waits here that would bring one up.
        .filter(|entry| !entry.is_rare);
    page.menu = entries.collect();
    Ok(page)
}
