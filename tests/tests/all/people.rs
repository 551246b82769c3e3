//! Owns: what the people of every story do: an applicant with a CV, a recruiter at the desk, a program that counts.
//! Doesn't own: what is expected of it.

use acceptance::demo::{Site, User};
use acceptance::html::{self, Form};
use acceptance::http::{Answer, Client};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

/// Somebody invented who applies: every answer bears their word.
#[derive(Debug, Clone)]
pub(crate) struct Applicant {
    pub(crate) given_name: String,
    pub(crate) family_name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) subject: String,
    pub(crate) motivation: String,
    pub(crate) cv_name: String,
    pub(crate) cv: Vec<u8>,
}

impl Applicant {
    /// Their word is found nowhere else; it is a name, so letters only.
    pub(crate) fn new(word: &str) -> Self {
        // The same word gives the same number: numbers of the range that ARCEP keeps for fiction.
        let number = word
            .bytes()
            .fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
            % 10_000;
        Self {
            given_name: format!("Élodie {word}"),
            family_name: format!("{word}-Martin"),
            email: format!("{word}@applicants.example"),
            phone: format!("06 39 98 {:02} {:02}", number / 100, number % 100),
            subject: format!("Métier {word}"),
            motivation: format!("Madame, Monsieur,\r\n\r\n{word} écrit <b>ici</b>.\r\nBien à vous"),
            cv_name: format!("CV {word}.pdf"),
            cv: pdf(word),
        }
    }

    /// What they answer to a field of the charter.
    fn answer(&self, field: &str) -> Option<&str> {
        Some(match field {
            "given_name" => &self.given_name,
            "family_name" => &self.family_name,
            "email" => &self.email,
            "phone" => &self.phone,
            "subject" => &self.subject,
            "motivation" => &self.motivation,
            _ => return None,
        })
    }

    /// Fills in whatever the form asks, and attaches the CV.
    pub(crate) fn fill(&self, form: &mut Form) {
        for name in form.controls.clone() {
            if let Some(answer) = self.answer(&name) {
                form.set(&name, answer);
            }
        }
        form.attach("cv", &self.cv_name, "application/pdf", &self.cv);
    }

    /// The form at `path`, filled in.
    pub(crate) fn form(&self, client: &mut Client, path: &str) -> (Answer, Form) {
        let page = client.open(path).expect_status(200);
        let mut form = application_form(&page);
        self.fill(&mut form);
        (page, form)
    }

    /// Writes a message by the contact form, as somebody who is neither candidate nor client.
    pub(crate) fn write(&self, client: &mut Client) -> Answer {
        let (page, form) = self.message(client, "other");
        client.submit(&form, &page)
    }

    /// The contact form, filled in by somebody who says they are that.
    pub(crate) fn message(&self, client: &mut Client, subject: &str) -> (Answer, Form) {
        let page = client.open("/contact").expect_status(200);
        let mut form = application_form(&page);
        for name in form.controls.clone() {
            let answer = match name.as_str() {
                "subject" => Some(subject),
                "message" => Some(self.motivation.as_str()),
                field => self.answer(field),
            };
            if let Some(answer) = answer {
                form.set(&name, answer);
            }
        }
        (page, form)
    }

    /// Opens the form at `path`, fills it in, sends it.
    pub(crate) fn apply(&self, client: &mut Client, path: &str) -> Answer {
        let (page, form) = self.form(client, path);
        client.submit(&form, &page)
    }
}

/// A small PDF that holds the words as plain text.
pub(crate) fn pdf(words: &str) -> Vec<u8> {
    let text = format!("BT /F1 12 Tf 72 720 Td ({words}) Tj ET");
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font\
         /Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length {}>>stream\n{text}\nendstream endobj\n\
         trailer<</Root 1 0 R>>\n%%EOF\n",
        text.len()
    )
    .into_bytes()
}

/// The form of an application on a page: the one that takes files.
pub(crate) fn application_form(page: &Answer) -> Form {
    html::forms(&page.text())
        .into_iter()
        .find(|form| form.multipart)
        .unwrap_or_else(|| panic!("{}: no form that takes files: {}", page.path, page.text()))
}

/// The form that goes to `path`, whatever state of the page its address carries along.
pub(crate) fn form_to(page: &Answer, path: &str) -> Form {
    let mut forms = html::forms(&page.text()).into_iter();
    let mut posted = forms.find(|form| form.method == "post" && form.action.split('?').next() == Some(path));
    posted
        .take()
        .unwrap_or_else(|| panic!("{}: no form to {path}", page.path))
}

/// The accounts of who recruits at a site.
pub(crate) fn recruiters(site: &Site) -> Vec<&User> {
    let recruits = |user: &&User| ["recruiter", "consultant"].contains(&user.role.as_str());
    site.users.iter().filter(recruits).collect()
}

/// Signs a member of staff in as they do: by address and password.
pub(crate) fn sign_in(site: &Site, user: &User) -> Client {
    let mut client = site.stranger();
    let page = client.open("/desk");
    let mut form = page.form("/sign-in");
    form.set("email", &user.email)
        .set("password", user.password.as_deref().expect("staff have one"));
    let answer = client.submit(&form, &page).expect_status(303);
    assert_eq!(answer.header("location"), Some("/desk"));
    client
}

/// The applications that a program with that account's token finds.
pub(crate) fn found(site: &Site, user: &User, query: &str) -> Vec<Value> {
    let mut client = site.stranger().bearing(user.token.as_deref().expect("a token"));
    let mut items = Vec::new();
    let mut after = String::new();
    loop {
        let page = client.get(&format!("/api/v1/applications?limit=100{query}{after}"));
        let page = page.expect_status(200).json();
        items.extend(page["items"].as_array().expect("a list").clone());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return items,
        }
    }
}

/// The one recruiter who finds somebody's application, and the application.
pub(crate) fn one_found<'s>(site: &'s Site, who: &Applicant) -> (&'s User, Value) {
    let query = format!("&q={}", who.email);
    let seen = recruiters(site).into_iter().flat_map(|user| {
        found(site, user, &query)
            .into_iter()
            .map(move |item| (user, item))
    });
    let mut seen: Vec<_> = seen.collect();
    seen.dedup_by(|(_, one), (_, other)| one["id"] == other["id"]);
    assert_eq!(seen.len(), 1, "{}: one application of {}", site.name, who.email);
    seen.remove(0)
}

/// Who reads every message of a site, signed in, and the page of somebody's one message.
pub(crate) fn message_of(site: &Site, who: &Applicant) -> (Client, String) {
    let reads = |user: &&User| ["recruiter", "webmaster"].contains(&user.role.as_str());
    let user = site.users.iter().find(reads).expect("somebody reads them all");
    let mut reader = sign_in(site, user);
    let list = reader
        .open(&format!("/desk/messages?q={}", who.email))
        .expect_status(200);
    let mut found = links_to(&list, "/desk/messages/");
    assert_eq!(found.len(), 1, "{}: one message of {}", site.name, who.email);
    let path = found.remove(0);
    (reader, path.split('?').next().unwrap_or_default().to_owned())
}

/// How much came to a site since its demo was copied: applications that its recruiters see, and all files on its disk.
pub(crate) fn held(site: &Site) -> (usize, usize) {
    let copied = fs::metadata(site.dir.join("peopled")).and_then(|file| file.modified());
    let copied = copied
        .expect("a time")
        .duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_millis();
    // An id begins with the millisecond it was made in.
    let came = |id: &str| u128::from_str_radix(&id[..12], 16).is_ok_and(|made| made > copied);
    let mut ids = BTreeSet::new();
    for user in recruiters(site) {
        let mut client = site.stranger().bearing(user.token.as_deref().expect("a token"));
        let mut after = String::new();
        // Newest first: the first page mostly has them all.
        loop {
            let page = client
                .get(&format!("/api/v1/applications?limit=20{after}"))
                .expect_status(200)
                .json();
            let items = page["items"].as_array().expect("a list");
            let new = items
                .iter()
                .filter_map(|item| item["id"].as_str())
                .filter(|id| came(id));
            let before = ids.len();
            ids.extend(new.map(str::to_owned));
            match page["next"]
                .as_str()
                .filter(|_| ids.len() == before + items.len())
            {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
    }
    (ids.len(), files_under(&site.dir.join("files")).len())
}

/// All files under a folder.
pub(crate) fn files_under(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_under(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// The words of the newest mail to somebody that the demo keeps instead of sending it, once there are `nth`.
pub(crate) fn kept_mail(site: &Site, email: &str, nth: usize) -> String {
    let mut client = Client::new(site.server(), &format!("localhost:{}", site.server().port()));
    // Mails to others may name them too.
    let to = format!("→ {email} ");
    let mut waited = 0;
    loop {
        let page = client.get("/mails?lang=en").expect_status(200).text();
        let mut mails = page.split("<article").skip(1).filter(|mail| mail.contains(&to));
        let newest = mails.next().map(html::text);
        if let Some(mail) = newest.filter(|_| mails.count() + 1 >= nth) {
            return mail;
        }
        waited += 1;
        assert!(waited < 150, "no mail {nth} to {email}");
        thread::sleep(Duration::from_millis(200));
    }
}

/// The path of the address in a mail that starts so, within the site.
pub(crate) fn path_in(site: &Site, mail: &str, start: &str) -> String {
    let whole = format!("{}{start}", site.url.trim_end_matches('/'));
    let (_, rest) = mail
        .split_once(&whole)
        .unwrap_or_else(|| panic!("no {whole} in {mail}"));
    let end = rest.find(['<', ' ', '\n', '"']).unwrap_or(rest.len());
    format!("{start}{}", &rest[..end])
}

/// Applies unsolicited and follows the confirmation's link: the person's own page.
pub(crate) fn follows(site: &Site, who: &Applicant, language: &str) -> (Client, Answer) {
    who.apply(&mut site.stranger().speaking(language), "/apply")
        .expect_status(303);
    let mail = kept_mail(site, &who.email, 1);
    let mut client = site.stranger().speaking(language);
    let page = client.open(&path_in(site, &mail, "/follow/")).expect_status(200);
    (client, page)
}

/// The path within the site of an address from a mail.
pub(crate) fn path_of<'a>(site: &Site, address: &'a str) -> &'a str {
    address
        .strip_prefix(site.url.trim_end_matches('/'))
        .unwrap_or_else(|| panic!("{address} isn't of {}", site.url))
}

/// The page's words, as they are read: without its tags, spaces made one.
pub(crate) fn words(page: &Answer) -> String {
    let text = page.text();
    let body = text.split_once("<body").map_or(text.as_str(), |(_, body)| body);
    let pieces = body.split('<').skip(1);
    let told: String = pieces
        .filter(|piece| !piece.starts_with("script") && !piece.starts_with("style"))
        .filter_map(|piece| piece.split_once('>').map(|(_, told)| told))
        .collect();
    html::text(&told)
        .split_ascii_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What stands between two marks of a text.
pub(crate) fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split_once(start).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split_once(end))
        .map(|(inside, _)| inside)
        .unwrap_or_else(|| panic!("nothing between {start} and {end} in {text}"))
}

/// The addresses of a page's links that start so.
pub(crate) fn links_to(page: &Answer, start: &str) -> Vec<String> {
    let mut links = html::links(&page.text());
    links.retain(|link| link.starts_with(start));
    links.dedup();
    links
}

/// The names in the addresses of the offers of a site, newest first.
pub(crate) fn slugs(site: &Site) -> Vec<String> {
    let list = site.stranger().get("/api/v1/vacancies?limit=100").json();
    let items = list["items"].as_array().expect("a list").iter();
    items
        .map(|item| item["url"].as_str().expect("an address"))
        .map(|url| url.rsplit('/').next().unwrap_or_default().to_owned())
        .collect()
}

/// A small form to an address, by somebody whose page gave them a token.
pub(crate) fn small(action: &str, token: Option<&str>, fields: &[(&str, &str)]) -> Form {
    let mut form = Form {
        action: action.to_owned(),
        method: "post".to_owned(),
        multipart: false,
        parts: Vec::new(),
        controls: Vec::new(),
    };
    if let Some(token) = token {
        form.forge("_csrf", token);
    }
    for (name, value) in fields {
        form.forge(name, value);
    }
    form
}

/// The token that the desk's pages give.
pub(crate) fn token(client: &mut Client) -> String {
    let page = client.open("/desk/vacancies").expect_status(200);
    page.form("/sign-out").value("_csrf").expect("a token").to_owned()
}

/// What an offer's form asks, in order.
pub(crate) const OFFER: [(&str, &str); 9] = [
    ("title", "Vvforged"),
    ("language", "fr"),
    ("place", "Nantes"),
    ("country", "FR"),
    ("contract", "permanent"),
    ("remote", "none"),
    ("salary_period", "year"),
    ("currency", "EUR"),
    ("description", "Vvforged"),
];
