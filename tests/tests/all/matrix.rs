//! Owns: who is let in at each address of a site, by each role of both charters: the expected side stands in
//! `matrix/*.txt`, written by hand from the charters; the addresses are the running router's. Doesn't own: what one who
//! is let in sees ([`crate::roles`]).

use crate::accounts::app_code;
use crate::house::read;
use crate::own::Own;
use crate::people::{
    Applicant, OFFER, between, follows, form_to, kept_mail, links_to, message_of, one_found, path_in,
    recruiters, sign_in, small, token,
};
use acceptance::demo::{Demo, Site, User};
use acceptance::html;
use acceptance::http::{Answer, Client, Request};
use std::collections::{BTreeMap, BTreeSet};

/// Method and address.
type Address = (String, String);
/// By column, the expected word.
type Words = BTreeMap<String, String>;
type Table = BTreeMap<Address, Words>;

/// Reads a table: a head with the columns, then a line each: method, address, a word for each column. Words: `in:200` let
/// in, and answered so; `sign-in` asked who one is; `403` known and not for this role; `404` nothing there for this one.
fn table(text: &str) -> (Vec<String>, Table) {
    let mut lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let columns = lines.next().expect("a head");
    let row = |line: Vec<String>| {
        assert_eq!(line.len(), columns.len() + 2, "{line:?}");
        let words = columns.iter().cloned().zip(line[2..].iter().cloned());
        ((line[0].clone(), line[1].clone()), words.collect())
    };
    let rows = lines.map(row).collect();
    (columns, rows)
}

/// The methods and addresses of the router.
fn addresses() -> BTreeSet<Address> {
    let of = |route: app::Route| {
        let handler = format!("{:?}", route.handler);
        ["get", "post", "put", "patch", "delete"]
            .into_iter()
            .filter(move |method| !handler.contains(&format!("{method}: None")))
            .map(move |method| (method.to_uppercase(), route.path.to_owned()))
    };
    app::routes().into_iter().flat_map(of).collect()
}

#[test]
fn careers_lets_in_only_whom_its_charter_names() {
    let text = include_str!("matrix/careers.txt");
    holds("careers", "/apply", text);
}

#[test]
fn agency_lets_in_only_whom_its_charter_names() {
    let text = include_str!("matrix/agency.txt");
    holds("agency", "/jobs/{offer}/apply", text);
}

fn holds(name: &str, apply: &str, text: &str) {
    let own = Own::new();
    let demo = own.demo().start();
    let (columns, expected) = table(text);
    let listed: BTreeSet<_> = expected.keys().cloned().collect();
    let routes = addresses();
    let unlisted: Vec<_> = routes.difference(&listed).collect();
    assert!(unlisted.is_empty(), "{name}: no line for {unlisted:?}");
    let gone: Vec<_> = listed.difference(&routes).collect();
    assert!(gone.is_empty(), "{name}: no address any more: {gone:?}");
    assert_eq!(
        columns.iter().cloned().collect::<BTreeSet<_>>(),
        expected_columns(name),
        "{name}"
    );

    let mut wrong = Vec::new();
    for column in &columns {
        let case = Case::new(&demo, name, apply, column);
        for (route, words) in in_order(&expected) {
            let got = case.ask(route);
            if got != words[column] {
                wrong.push(format!(
                    "{:6} {:40} {column}: {got}, not {}",
                    route.0, route.1, words[column]
                ));
            }
            // Whoever comes with another site's session is a stranger here, and one of its tokens is none.
            if column == "stranger" {
                let (whose, foreign, due) = case.foreign(route, &got);
                if foreign != due {
                    wrong.push(format!(
                        "{:6} {:40} another site's {whose}: {foreign}, not {due}",
                        route.0, route.1
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
}

/// Whom a charter knows: its roles, a second one of who recruits, and who has none: a stranger, a person and another; and
/// somebody who gave a password and no second factor yet.
fn expected_columns(name: &str) -> BTreeSet<String> {
    let text = read(&format!("charters/{name}.toml"));
    let roles = text.lines().filter_map(|line| line.strip_prefix("[role."));
    let mut columns: BTreeSet<String> = roles.map(|role| role.trim_end_matches(']').to_owned()).collect();
    let recruits = |role: &&str| columns.contains(*role);
    let another = ["recruiter", "consultant"].into_iter().find(recruits);
    let others = ["stranger", "person", "another-person", "halfway"];
    columns.extend(others.map(str::to_owned));
    columns.extend(another.map(|role| format!("another-{role}")));
    columns
}

/// Reading first, since a step may end what is there to read; last what ends an account or a way in.
fn in_order(table: &Table) -> Vec<(&Address, &Words)> {
    let last = ["/desk/staff/{id}/end", "/sign-out", "/me/leave/sign-out"];
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by_key(|((method, path), _)| (method != "GET", last.iter().position(|last| last == path)));
    rows
}

/// Somebody of one column before one person's application, offer and file.
struct Case<'d> {
    demo: &'d Demo,
    site: &'d Site,
    column: String,
    /// Who signs in; `None` for strangers and people.
    user: Option<&'d User>,
    /// The sign-in of the column's person.
    person: Option<String>,
    /// Of who is halfway: their one session.
    halfway: Option<Client>,
    ids: Ids,
}

/// What stands for `{id}` and its like.
struct Ids {
    application: String,
    message: String,
    file: String,
    offer: String,
    draft: String,
    slug: String,
    person: String,
    staff: String,
    colleague: String,
}

impl<'d> Case<'d> {
    fn new(demo: &'d Demo, name: &str, apply: &str, column: &str) -> Self {
        let site = demo.site(name);
        let word = column.replace('-', "");
        let who = Applicant::new(&format!("vvmatrix{word}"));
        let offer = site.stranger().get("/api/v1/vacancies?limit=1").json()["items"][0].clone();
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        let slug = text(&offer["url"]).rsplit('/').next().expect("a name").to_owned();
        who.apply(
            &mut site.stranger().speaking("fr"),
            &apply.replace("{offer}", &slug),
        )
        .expect_status(303);
        let (reader, item) = one_found(site, &who);
        let application = text(&item["id"]);
        let mut recruiter = signed_in(site, reader);
        let panel = recruiter.open(&format!("/desk/applications/{application}"));
        let file = links_to(&panel, "/desk/files/").pop().expect("a CV");
        let token = token(&mut recruiter);
        let draft = recruiter.submit(&small("/desk/vacancies/new", Some(&token), &OFFER), &panel);
        let draft = draft
            .expect_status(303)
            .header("location")
            .expect("the draft")
            .to_owned();
        let last = |path: &str| {
            path.split(['/', '?'])
                .find(|part| part.len() == 32)
                .expect("an id")
                .to_owned()
        };
        let user = match column {
            "stranger" | "person" | "another-person" | "halfway" => None,
            "recruiter" | "consultant" => Some(reader),
            "another-recruiter" | "another-consultant" => recruiters(site)
                .into_iter()
                .find(|user| user.email != reader.email),
            role => Some(site.user(role)),
        };
        let whose = match column {
            "person" => Some(who.email.clone()),
            "another-person" => {
                let other = Applicant::new("vvmatrixother");
                other
                    .apply(&mut site.stranger().speaking("fr"), "/apply")
                    .expect_status(303);
                Some(other.email)
            }
            _ => None,
        };
        let person = whose.map(|email| path_in(site, &kept_mail(site, &email, 1), "/follow/"));
        // Under another address: the newest mail to the applicant is the one with their link.
        let writer = Applicant::new(&format!("vvmatrixwriter{word}"));
        writer
            .write(&mut site.stranger().speaking("fr"))
            .expect_status(303);
        let (_, message) = message_of(site, &writer);
        let ids = Ids {
            application,
            message: last(&message),
            file: last(&file),
            offer: text(&offer["id"]),
            draft: last(&draft),
            slug,
            person: item["person"].as_str().unwrap_or_default().to_owned(),
            staff: last(&site.users[0].sign_in_url),
            colleague: colleague(site, &word),
        };
        Self {
            demo,
            site,
            column: column.to_owned(),
            user,
            person,
            halfway: (column == "halfway").then(|| halfway(site)),
            ids,
        }
    }

    /// A client of this column, signed in anew: an earlier step may have ended the session.
    fn client(&self) -> Client {
        match (self.user, &self.person) {
            (Some(user), _) => signed_in(self.site, user),
            (None, Some(link)) => {
                let mut client = self.site.stranger();
                client.get(link).expect_status(303);
                client
            }
            (None, None) => self.halfway.clone().unwrap_or_else(|| self.site.stranger()),
        }
    }

    /// What a recruiter of the other site is told who comes here with what they have there; and what is due, where a
    /// stranger was told `here`.
    fn foreign(&self, route: &Address, here: &str) -> (&'static str, String, String) {
        let other = self.demo.sites().iter().find(|site| site.name != self.site.name);
        let other = other.expect("two sites");
        if route.1.starts_with("/api/v1/") {
            let token = recruiters(other)[0].token.as_deref().expect("a token");
            let told = self.ask_as(route, self.site.stranger().bearing(token));
            return ("token", told, "sign-in".to_owned());
        }
        let told = self.ask_as(route, other.recruiter().at(self.site.host()));
        ("session", told, here.to_owned())
    }

    fn ask(&self, route: &Address) -> String {
        let client = match &self.person {
            // Whoever has everything erased is gone for the rows that follow.
            Some(_) if route.1 == "/me/leave/erase" => {
                follows(self.site, &Applicant::new("vvmatrixgone"), "en").0
            }
            _ => self.client(),
        };
        let token = self.user.and_then(|user| user.token.as_deref());
        match token.filter(|_| route.1.starts_with("/api/")) {
            Some(token) => self.ask_as(route, self.site.stranger().bearing(token)),
            None => self.ask_as(route, client),
        }
    }

    fn ask_as(&self, (method, route): &Address, mut client: Client) -> String {
        let path = self.path(route, method);
        let answer = match method.as_str() {
            "GET" => client.get(&path),
            _ if route.starts_with("/api/") => {
                let request = Request::post(&path, "application/json", "{}").method(method);
                client.send(&request.header("Idempotency-Key", &self.column))
            }
            _ => {
                let page = client_page(&mut client);
                let fields = fields(route);
                client.submit(&small(&path, csrf(&page).as_deref(), &fields), &page)
            }
        };
        word(&answer)
    }

    /// The address with what stands for its names; a name nobody gave is an id of nothing.
    fn path(&self, route: &str, method: &str) -> String {
        let ids = &self.ids;
        let vacancy = if method == "GET" { &ids.offer } else { &ids.draft };
        let area = |start: &str| route.starts_with(start);
        let id = match () {
            () if area("/desk/applications") || area("/me/applications") || area("/api/v1/applications") => {
                &ids.application
            }
            () if area("/desk/messages") => &ids.message,
            () if area("/desk/files") || area("/me/files") || area("/api/v1/documents") => &ids.file,
            () if area("/desk/vacancies") || area("/api/v1/vacancies") => vacancy,
            () if area("/api/v1/people") => &ids.person,
            () if area("/desk/staff") => &ids.colleague,
            () if area("/demo/sign-in") => &ids.staff,
            () => "0123456789abcdef0123456789abcdef",
        };
        let path = route
            .replace("{id}", id)
            .replace("{slug}", &ids.slug)
            .replace("{part}", "0")
            .replace("{version}", "1");
        let path = path.replace("{ids}", "nothing").replace("{entry}", "nothing");
        path.replace("{token}", "nothing")
            .replace("{file}", "nothing")
            .replace("{source}", "networks")
            .replace("{share}", "clients")
    }
}

/// What a form asks, of what any may, so that nobody is turned away for what is missing before being turned away for who
/// they are.
fn fields(route: &str) -> Vec<(&'static str, &'static str)> {
    let any = [
        ("stage", "interview"),
        ("reason", "experience"),
        ("send", "no"),
        ("client", "yes"),
        ("verdict", "relevant"),
        ("text", "Bonjour"),
        ("reply", "0123456789abcdef0123456789abcdef"),
        ("role", "it"),
    ];
    let routes = app::routes();
    let taken = routes
        .iter()
        .find(|other| other.path == route)
        .expect("a route")
        .fields;
    any.into_iter().filter(|(name, _)| taken.contains(name)).collect()
}

fn signed_in(site: &Site, user: &User) -> Client {
    let mut client = site.stranger();
    client
        .get(user.sign_in_url.strip_prefix(&site.url).expect("ours"))
        .expect_status(303);
    client
}

/// A colleague who was invited and came: whose account the administrator may change without ending anybody's of the demo.
fn colleague(site: &Site, word: &str) -> String {
    let mut admin = signed_in(site, site.user("admin"));
    let email = format!("vvmatrix{word}@colleagues.example");
    let page = admin.open("/desk/staff");
    let mut form = form_to(&page, "/desk/staff");
    for (name, value) in [
        ("given_name", "Marie"),
        ("family_name", word),
        ("email", &email),
        ("role", "dpo"),
    ] {
        form.set(name, value);
    }
    admin.submit(&form, &page).expect_status(303);
    let link = path_in(site, &kept_mail(site, &email, 1), "/password/");
    let mut comes = site.stranger();
    let page = comes.open(&link);
    let form = small(&link, None, &[("password", "seven grey herons over Nantes")]);
    comes.submit(&form, &page).expect_status(303);
    let text = admin.open("/desk/staff").text();
    let row = text
        .split("<tr")
        .find(|row| row.contains(&email))
        .expect("their row");
    between(row, "/desk/staff/", "/").to_owned()
}

/// A member of staff with an app who gave their password, and no code of it yet.
fn halfway(site: &Site) -> Client {
    let user = site.user("admin");
    let mut owner = sign_in(site, user);
    let page = owner.open("/desk/account");
    let mut form = page.form("/desk/account/app");
    form.set("current_app", user.password.as_deref().expect("one"));
    let answer = owner.submit(&form, &page).expect_status(303);
    let page = owner.follow(answer);
    let mut form = page.form("/desk/account/app");
    form.set("code", &app_code(&page));
    owner.submit(&form, &page).expect_status(200);
    let mut client = site.stranger();
    let page = client.open("/sign-in");
    let mut form = page.form("/sign-in");
    form.set("email", &user.email)
        .set("password", user.password.as_deref().expect("one"));
    let answer = client.submit(&form, &page).expect_status(303);
    let to = answer.header("location").unwrap_or_default();
    assert!(to.starts_with("/sign-in/code"), "{to}");
    client
}

/// A page of one's own, which has the token of one's session.
fn client_page(client: &mut Client) -> Answer {
    ["/desk/vacancies", "/me", "/sign-in/code"]
        .into_iter()
        .map(|path| client.get(path))
        .find(|answer| answer.status == 200)
        .unwrap_or_else(|| client.get("/jobs"))
}

fn csrf(page: &Answer) -> Option<String> {
    let forms = html::forms(&page.text()).into_iter();
    forms
        .filter_map(|form| form.value("_csrf").map(str::to_owned))
        .next()
}

fn word(answer: &Answer) -> String {
    let to_sign_in = answer.status == 303
        && answer
            .header("location")
            .is_some_and(|to| to.contains("sign-in?"));
    match answer.status {
        401 => "sign-in".to_owned(),
        _ if to_sign_in => "sign-in".to_owned(),
        403 | 404 | 500.. => answer.status.to_string(),
        status => format!("in:{status}"),
    }
}

#[test]
fn a_demo_s_own_pages_let_anybody_in_and_change_nothing() {
    let own = Own::new();
    let demo = own.demo().start();
    let (columns, expected) = table(include_str!("matrix/demo.txt"));
    let main = format!("localhost:{}", demo.sites()[0].server().port());
    let site = demo.site("careers");
    for column in &columns {
        let client = match column.as_str() {
            "stranger" => site.stranger(),
            "person" => site.candidate(),
            role => signed_in(site, site.user(role)),
        };
        for ((method, path), words) in &expected {
            let path = path.replace("{file}", "nothing");
            let request = Request::get(&path).method(method);
            let got = word(&client.clone().at(&main).send(&request));
            assert_eq!(got, words[column], "{method} {path}: {column}");
        }
    }
}

#[test]
fn the_table_is_read_right() {
    let (columns, table) = table("# a remark\n stranger dpo\nGET /desk sign-in in:200\n");
    assert_eq!(columns, ["stranger", "dpo"]);
    let row = &table[&("GET".to_owned(), "/desk".to_owned())];
    assert_eq!(
        (row["stranger"].as_str(), row["dpo"].as_str()),
        ("sign-in", "in:200")
    );
    assert!(addresses().contains(&("POST".to_owned(), "/sign-out".to_owned())));
    assert!(!addresses().contains(&("GET".to_owned(), "/sign-out".to_owned())));
}
