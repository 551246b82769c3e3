//! Owns: what is public of the offers: the list with its words, filters and pages, the feeds, the API; and that real CVs
//! go in by both sites' forms and come out the same. Doesn't own: an offer as search engines read it ([`postings`]).

mod postings;

use crate::house::root;
use crate::own::shared;
use crate::people::{Applicant, found, links_to, one_found, pdf, recruiters, sign_in, slugs, words};
use acceptance::demo::Site;
use acceptance::html;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn offers(site: &Site, query: &str) -> Vec<Value> {
    let list = site
        .stranger()
        .get(&format!("/api/v1/vacancies?limit=100{query}"))
        .expect_status(200);
    list.json()["items"].as_array().expect("a list").clone()
}

#[test]
fn paging_shows_every_offer_once_and_in_order() {
    let demo = shared();
    for site in demo.sites() {
        let all = slugs(site);
        assert_eq!(all.len(), 30, "{}", site.name);
        let mut client = site.stranger();
        let (mut seen, mut at, mut pages) = (Vec::new(), "/jobs".to_owned(), 0);
        loop {
            let page = client.open(&at).expect_status(200);
            pages += 1;
            let offers = links_to(&page, "/jobs/");
            seen.extend(
                offers
                    .iter()
                    .map(|link| link.trim_start_matches("/jobs/").to_owned()),
            );
            match page.text().split_once("rel=\"next\" href=\"") {
                Some((_, rest)) => at = html::text(rest.split('"').next().unwrap_or_default()),
                None => break,
            }
        }
        assert!(pages > 1, "{} fits on one page: nothing is tested", site.name);
        assert_eq!(seen, all, "{}", site.name);

        // The API, in pages of seven.
        let (mut paged, mut after) = (Vec::new(), String::new());
        loop {
            let page = client
                .get(&format!("/api/v1/vacancies?limit=7{after}"))
                .expect_status(200)
                .json();
            let items = page["items"].as_array().expect("a list");
            paged.extend(items.iter().map(|item| item["id"].clone()));
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        let ids: Vec<Value> = offers(site, "").iter().map(|item| item["id"].clone()).collect();
        assert_eq!(paged, ids, "{}", site.name);
        // A cursor that is none starts anew instead of failing.
        client.get("/jobs?after=no-cursor%00").expect_status(200);
    }
}

#[test]
fn words_and_filters_narrow_the_list_and_stand_in_its_address() {
    let demo = shared();
    let site = demo.site("careers");
    let all = offers(site, "");
    let one = &all[7];
    let reference = one["reference"].as_str().expect("a reference");
    assert_eq!(offers(site, &format!("&q={reference}")).len(), 1);
    // A title's words find it, in small letters, without accents, and a word's beginning suffices.
    let titled = all
        .iter()
        .find(|item| item["title"].as_str().is_some_and(|title| title.contains('é')));
    let titled = titled.expect("a title with an accent");
    let word = titled["title"].as_str().and_then(|title| {
        let mut words = title.split(|c: char| !c.is_alphanumeric());
        words.find(|word| word.contains('é') && word.len() > 5)
    });
    let plain = word.expect("a word").to_lowercase().replace(['é', 'è', 'ê'], "e");
    let beginning: String = plain.chars().take(5).collect();
    for query in [&plain, &beginning] {
        let hits = offers(site, &format!("&q={query}"));
        assert!(
            hits.iter().any(|item| item["id"] == titled["id"]),
            "{query} finds {}",
            titled["title"]
        );
        assert!(hits.len() < all.len(), "{query} narrows");
    }
    assert!(offers(site, "&q=vvnothinglikethat").is_empty());

    let place = one["place"].as_str().expect("a place");
    let contract = one["contract"].as_str().expect("a contract");
    let fits = |item: &&Value| item["place"] == place && item["contract"] == contract;
    let expected = all.iter().filter(fits).count();
    let encoded: String = place.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let query = format!("&contract={contract}&place={encoded}");
    assert_eq!(offers(site, &query).len(), expected);
    let page = site
        .stranger()
        .open(&format!("/jobs?lang=en{query}"))
        .expect_status(200);
    let said = if expected == 1 {
        "1 job".to_owned()
    } else {
        format!("{expected} jobs")
    };
    assert!(words(&page).contains(&said), "{said} in {}", words(&page));
    let form = page.form("/jobs");
    assert_eq!(
        (form.value("contract"), form.value("place")),
        (Some(contract), Some(place)),
        "the state is shown"
    );
    assert_eq!(links_to(&page, "/jobs/").len(), expected);
    let none = site
        .stranger()
        .open("/jobs?q=vvnothinglikethat")
        .expect_status(200);
    assert!(words(&none).contains("No job matches"));
}

/// The addresses that an XML text lists under `<loc>`.
fn locations(answer: &acceptance::http::Answer) -> Vec<String> {
    assert_eq!(
        answer.header("content-type"),
        Some("application/xml; charset=utf-8")
    );
    let text = answer.text();
    let found = text
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split_once("</loc>"));
    found.map(|(address, _)| html::text(address)).collect()
}

#[test]
fn search_engines_and_job_sites_find_every_offer_at_its_one_address() {
    let demo = shared();
    for site in demo.sites() {
        let mut robot = site.stranger();
        let path = |address: &str| address.strip_prefix(&site.url).expect("ours").to_owned();
        let robots = robot.get("/robots.txt").expect_status(200).text();
        let sitemap = robots
            .split("Sitemap: ")
            .nth(1)
            .expect("a sitemap")
            .trim()
            .to_owned();
        let parts = locations(&robot.get(&path(&sitemap)).expect_status(200));
        assert_eq!(parts.len(), 1, "{parts:?}");
        let mut listed: Vec<String> = Vec::new();
        for part in &parts {
            listed.extend(locations(&robot.get(&path(part)).expect_status(200)));
        }
        robot.get("/sitemap/1").expect_status(404);
        robot.get("/sitemap/99999999999").expect_status(404);
        let mut offered: Vec<String> = slugs(site)
            .iter()
            .map(|slug| site.url.clone() + "/jobs/" + slug)
            .collect();
        let mut of_offers: Vec<String> = listed
            .iter()
            .filter(|address| address.contains("/jobs/"))
            .cloned()
            .collect();
        offered.sort();
        of_offers.sort();
        assert_eq!(of_offers, offered, "{}", site.name);
        for address in listed {
            let page = robot.get(&path(&address)).expect_status(200).text();
            let canonical = format!("<link rel=\"canonical\" href=\"{address}\">");
            assert!(page.contains(&canonical), "{canonical}");
            assert!(!page.contains("noindex"), "{address}");
        }
        let home = robot.get("/").expect_status(200).text();
        assert!(
            home.contains(&format!("rel=\"canonical\" href=\"{}/jobs\"", site.url)),
            "{home}"
        );
        assert!(
            robot
                .get("/jobs?q=a")
                .expect_status(200)
                .text()
                .contains("noindex, follow")
        );

        let feed = robot.get("/jobs.xml").expect_status(200).text();
        assert_eq!(feed.matches("<job>").count(), offered.len());
        assert!(feed.starts_with("<?xml") && feed.trim_end().ends_with("</source>"));
        for address in offered {
            assert!(feed.contains(&format!("<url>{address}</url>")), "{address}");
        }
    }
}

#[test]
fn the_api_answers_programs_in_their_own_manner() {
    let demo = shared();
    let site = demo.site("careers");
    let mut stranger = site.stranger();
    let offer = offers(site, "").remove(0);
    let id = offer["id"].as_str().expect("an id");
    let one = stranger
        .get(&format!("/api/v1/vacancies/{id}"))
        .expect_status(200)
        .json();
    assert_eq!((&one["id"], &one["title"]), (&offer["id"], &offer["title"]));
    assert!(
        one["description"].as_str().is_some_and(|text| text.len() > 20),
        "one offer comes with its text"
    );
    for path in [
        "/api/v1/vacancies/none",
        "/api/v1/vacancies/0123456789abcdef0123456789abcdef",
        "/api/v1/nothing",
    ] {
        let answer = stranger.get(path).expect_status(404);
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json"),
            "{path}"
        );
        assert_eq!(answer.json()["type"], "urn:vivier:problem:not-found");
    }

    // Applications: to a token, and to nothing else.
    let mut recruiter = sign_in(site, recruiters(site)[0]);
    let token = recruiters(site)[0].token.clone().expect("a token");
    let wrong = token.chars().rev().collect::<String>();
    for (who, client) in [
        ("nobody", &mut stranger),
        ("a session's cookie", &mut recruiter),
        ("a wrong token", &mut site.stranger().bearing(&wrong)),
        (
            "a token of another site",
            &mut site
                .stranger()
                .bearing(demo.site("agency").users[0].token.as_deref().expect("one")),
        ),
    ] {
        let answer = client.get("/api/v1/applications").expect_status(401);
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json"),
            "{who}"
        );
        let problem = answer.json();
        assert_eq!(
            (&problem["status"], &problem["type"]),
            (&401.into(), &"urn:vivier:problem:sign-in".into())
        );
    }
    // In the address it would lie in every log.
    stranger
        .get(&format!("/api/v1/applications?token={token}"))
        .expect_status(401);
    // It opens the API, not the desk.
    site.stranger()
        .bearing(&token)
        .get("/desk/applications")
        .expect_status(303);
    let mut ids: Vec<String> = found(site, recruiters(site)[0], "")
        .iter()
        .map(|item| item["id"].to_string())
        .collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert!(
        all >= 300 && ids.len() == all,
        "{all} applications, {} different",
        ids.len()
    );
}

/// The CVs that go in: those of the corpora when they are beside the repository, else one made here.
fn cvs() -> Vec<(String, Vec<u8>)> {
    let mut cvs = Vec::new();
    let mut folders = vec![root().join("../shared/corpora/cv-files")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
        {
            let taken = |path: &Path| {
                path.extension()
                    .is_some_and(|end| ["pdf", "docx", "odt"].iter().any(|taken| end == *taken))
            };
            if path.is_dir() {
                folders.push(path);
            } else if taken(&path) {
                let name = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                cvs.push((name, fs::read(&path).expect("a file")));
            }
        }
    }
    if cvs.is_empty() {
        tell("no real CV: ../shared/corpora/cv-files isn't there, and one made by hand stands for them");
        cvs.push(("cv.pdf".to_owned(), pdf("a small one")));
    } else {
        tell(&format!("{} real CVs", cvs.len()));
    }
    cvs.sort();
    cvs
}

#[test]
fn real_cvs_go_in_and_come_out_the_same() {
    let demo = shared();
    for (nth, (name, bytes)) in cvs().into_iter().enumerate() {
        // What only says that it is a PDF is told so.
        let real = !name.ends_with(".pdf") || bytes.starts_with(b"%PDF");
        for site in demo.sites() {
            let word = format!(
                "vvreal{}{}",
                site.name,
                char::from(b'a' + u8::try_from(nth % 26).unwrap_or(0))
            );
            let mut who = Applicant::new(&format!("{word}{}", "x".repeat(nth / 26)));
            (who.cv_name, who.cv) = (name.clone(), bytes.clone());
            let answer = who.apply(&mut site.stranger(), "/apply");
            if !real {
                assert!(
                    words(&answer.expect_status(422)).contains("isn’t one of the files we can take"),
                    "{name}"
                );
                continue;
            }
            answer.expect_status(303);
            let (user, item) = one_found(site, &who);
            let mut recruiter = sign_in(site, user);
            let panel = recruiter.open(&format!(
                "/desk/applications/{}",
                item["id"].as_str().expect("an id")
            ));
            let file = links_to(&panel, "/desk/files/")
                .pop()
                .unwrap_or_else(|| panic!("{name} isn't there"));
            assert!(
                recruiter.get(&file).expect_status(200).body == bytes,
                "{name} changed on its way"
            );
        }
    }
}

#[expect(clippy::print_stderr, reason = "how much the run has shown")]
fn tell(line: &str) {
    eprintln!("{line}");
}
