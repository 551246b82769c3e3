//! Owns: what each role is answered at each address of the desk, written by hand from the charters. Doesn't own: who
//! is signed in at all ([`crate::walls`]).

use crate::own::shared;
use crate::people::{Applicant, OFFER, links_to, one_found, recruiters, sign_in, small, token, words};
use acceptance::demo::Site;
use acceptance::html::links;
use acceptance::http::{Answer, Client};

/// What each role is answered at each address of the desk, written by hand: application's page, its steps, its
/// file, the list, the offers, a new offer, an offer's steps, the API.
const ROLES: [(&str, &str, [u16; 8]); 9] = [
    ("careers", "recruiter", [200, 409, 200, 200, 200, 200, 409, 200]),
    ("careers", "sales", [404, 404, 404, 200, 200, 403, 403, 200]),
    ("careers", "it", [404, 404, 404, 200, 200, 403, 403, 200]),
    ("careers", "dpo", [403, 403, 403, 403, 200, 403, 403, 403]),
    ("careers", "admin", [403, 403, 403, 403, 200, 403, 403, 403]),
    ("agency", "webmaster", [403, 403, 403, 403, 200, 200, 409, 403]),
    ("agency", "it", [404, 404, 404, 200, 200, 403, 403, 200]),
    ("agency", "dpo", [403, 403, 403, 403, 200, 403, 403, 403]),
    ("agency", "admin", [403, 403, 403, 403, 200, 403, 403, 403]),
];

#[test]
fn a_role_without_the_duty_gets_nothing() {
    let demo = shared();
    for (site, role, expected) in ROLES {
        let site = demo.site(site);
        let who = Applicant::new(&format!("vvrole{}{role}", site.name));
        who.apply(&mut site.stranger(), "/apply").expect_status(303);
        let (reader, item) = one_found(site, &who);
        let id = item["id"].as_str().expect("an id");
        let panel = sign_in(site, reader).open(&format!("/desk/applications/{id}"));
        let file = links_to(&panel, "/desk/files/").pop().expect("a CV");
        let offer = site.stranger().get("/api/v1/vacancies?limit=1").json()["items"][0]["id"].clone();
        let offer = offer.as_str().expect("an id");

        let user = site.user(role);
        let mut client = sign_in(site, user);
        let token = token(&mut client);
        let page = client.open("/desk/vacancies");
        let steps = |client: &mut Client, action: String, fields: &[(&str, &str)]| {
            client.submit(&small(&action, Some(&token), fields), &page).status
        };
        let list = client.get("/desk/applications");
        let got = [
            client.get(&format!("/desk/applications/{id}")).status,
            // A stage that it can't go to, so that who may move it moves nothing.
            steps(
                &mut client,
                format!("/desk/applications/{id}/stage"),
                &[("stage", "refused")],
            ),
            client.get(&file).status,
            list.status,
            page.status,
            client.get("/desk/vacancies/new").status,
            steps(&mut client, format!("/desk/vacancies/{offer}/publish"), &[]),
            api(site, user.token.as_deref().expect("one")).status,
        ];
        assert_eq!(got, expected, "{} at {}", role, site.name);
        if expected[0] != 200 {
            for (step, fields) in [("refuse", &[("reason", "experience")][..]), ("undo", &[])] {
                let status = steps(&mut client, format!("/desk/applications/{id}/{step}"), fields);
                assert_eq!(status, expected[1], "{role}: {step}");
            }
            assert!(
                links_to(&list, "/desk/applications/").is_empty(),
                "{role}: a list without rows"
            );
            assert!(
                list.status == 403 || !words(&list).contains("@"),
                "{role}: {}",
                words(&list)
            );
        }
        if expected[5] == 403 {
            for (action, fields) in [
                ("/desk/vacancies/new".to_owned(), &OFFER[..]),
                (format!("/desk/vacancies/{offer}"), &OFFER),
                (format!("/desk/vacancies/{offer}/close"), &[]),
            ] {
                let status = steps(&mut client, action.clone(), fields);
                assert_eq!(status, 403, "{role}: {action}");
            }
        }
        let menu = !links(&page.text()).contains(&"/desk/applications".to_owned());
        assert_eq!(
            menu,
            expected[3] == 403,
            "{role}: the menu offers what may be seen"
        );
        assert_eq!(one_found(site, &who).1["stage"], "new");
    }
}

fn api(site: &Site, token: &str) -> Answer {
    let answer = site.stranger().bearing(token).get("/api/v1/applications");
    if answer.status == 403 {
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    } else {
        let items = answer.json()["items"].as_array().map(Vec::len);
        assert_eq!(
            items == Some(0),
            !recruiters(site)
                .iter()
                .any(|user| user.token.as_deref() == Some(token))
        );
    }
    answer
}

/// The record that the data protection officer reads and takes along is that of the charter in force.
#[test]
fn the_record_of_processing_is_read_and_downloaded_in_both_languages() {
    let demo = shared();
    for site in ["careers", "agency"] {
        let site = demo.site(site);
        for (language, title, head) in [
            (
                "fr",
                "Traiter votre candidature à une offre",
                "Référence,Finalité,Base légale",
            ),
            (
                "en",
                "Process your application to a vacancy",
                "Reference,Purpose,Legal basis",
            ),
        ] {
            let mut dpo = sign_in(site, site.user("dpo")).speaking(language);
            let page = dpo.open("/desk/register").expect_status(200);
            assert!(words(&page).contains(title));
            let own = links(&page.text());
            assert!(own.contains(&"/desk/register".to_owned()), "{own:?}: in the menu");
            for (link, kind) in [
                ("/desk/register.csv", "text/csv"),
                ("/desk/register.md", "text/markdown"),
            ] {
                assert!(own.contains(&link.to_owned()), "{own:?}");
                let file = dpo.get(link).expect_status(200);
                assert!(file.header("content-type").is_some_and(|is| is.starts_with(kind)));
                let name = file.header("content-disposition").expect("a name");
                assert!(
                    name.starts_with("attachment; filename=\"register-") && name.contains(language),
                    "{name}"
                );
                assert!(file.text().contains(title) && file.text().contains("purpose.apply"));
            }
            let csv = dpo.get("/desk/register.csv").text();
            assert!(csv.trim_start_matches('\u{feff}').starts_with(head), "{csv}");
        }
    }
}
