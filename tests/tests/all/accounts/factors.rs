//! Owns: the story of who needs a second factor: nowhere with the password alone, an app, codes on paper, none to be taken
//! away. Doesn't own: a browser's part in passkeys ([`crate::looks`]).

use super::{DEMO_PASSWORD, WORDS, enter, waits};
use crate::house::read;
use crate::operator::House;
use crate::people::{between, small, words};
use acceptance::http::Answer;

#[test]
fn a_role_that_the_charter_asks_two_factors_of_gets_nowhere_with_one() {
    let house = House::new();
    let asked = "[security]\ntwo_factors = [\"recruiter\"]\n";
    let text = read("charters/careers.toml").replace("[security]\n", asked);
    let draft = house.path("strict.toml");
    std::fs::write(&draft, text).expect("written");
    let draft = draft.to_str().expect("a path");
    house
        .run(&[
            "site",
            "new",
            "jobs",
            "--charter",
            draft,
            "--url",
            "http://jobs.localhost",
        ])
        .code(0);
    house.add("jobs", "recruiter", "a@jobs.example", WORDS).code(0);
    let serving = house.serve();
    let mut client = serving.visitor("jobs.localhost");
    let signed_in = enter(&mut client, "/sign-in", "a@jobs.example", WORDS).expect_status(303);
    assert_eq!(signed_in.header("location"), Some("/sign-in/app?to=%2Fdesk"));
    // The password alone opens nothing, and leads back to the next step.
    for path in [
        "/desk",
        "/desk/vacancies",
        "/desk/applications",
        "/desk/account",
        "/desk/account/app",
        "/me",
    ] {
        client.get(path).expect_status(303);
    }
    let back = client.get("/sign-in").expect_status(303);
    assert!(
        back.header("location")
            .is_some_and(|to| to.starts_with("/sign-in/app"))
    );
    let page = client.open("/sign-in/app?to=/desk/vacancies").expect_status(200);
    let answer = client
        .submit(&page.form("/sign-in/app"), &page)
        .expect_status(303);
    let page = client.follow(answer).expect_status(200);
    let mut form = page.form("/sign-in/app");
    form.set("code", "000000");
    client.submit(&form, &page).expect_status(422);
    form.set("code", &app_code(&page));
    let codes = client.submit(&form, &page).expect_status(200);
    let paper = between(&codes.text(), "<li><code>", "</code>").to_owned();
    client.get("/desk/vacancies").expect_status(200);
    // Next time a code is asked; one that was used is worth nothing, one on paper works once.
    for status in [303, 422] {
        let mut other = serving.visitor("jobs.localhost");
        let answer = enter(&mut other, "/sign-in", "a@jobs.example", WORDS).expect_status(303);
        assert_eq!(answer.header("location"), Some("/sign-in/code?to=%2Fdesk"));
        other.get("/desk/vacancies").expect_status(303);
        let page = other.open("/sign-in/code").expect_status(200);
        let mut form = page.form("/sign-in/code");
        form.set("code", "000000");
        other.submit(&form, &page).expect_status(422);
        form.set("code", &paper);
        other.submit(&form, &page).expect_status(status);
        let whole = if status == 303 { 200 } else { 303 };
        other.get("/desk/vacancies").expect_status(whole);
    }
    // The charter asks for it, so it can't be taken away; a wrong password is told before that.
    let page = client.open("/desk/account").expect_status(200);
    let token = page
        .form("/desk/account/app")
        .value("_csrf")
        .expect("one")
        .to_owned();
    for (password, said) in [
        (DEMO_PASSWORD, "isn’t your current password"),
        (WORDS, "asks for two factors (clause security"),
    ] {
        let form = small(
            "/desk/account/app/remove",
            Some(&token),
            &[("current_app", password)],
        );
        let refused = client.submit(&form, &page).expect_status(422);
        assert!(words(&refused).contains(said), "{}", words(&refused));
    }
    // Guessing at codes, and beginning ceremonies, ends soon, and says for how long.
    let mut guesser = serving.visitor("jobs.localhost");
    enter(&mut guesser, "/sign-in", "a@jobs.example", WORDS).expect_status(303);
    let page = guesser.open("/sign-in/code").expect_status(200);
    let mut form = page.form("/sign-in/code");
    form.set("code", "000000");
    let guesses = (0..12).map(|_| guesser.submit(&form, &page));
    waits(&guesses.last().expect("one"));
    // Nobody gives a code who gave no password.
    let mut nobody = serving.visitor("jobs.localhost");
    for path in ["/sign-in/code", "/sign-in/app"] {
        nobody.get(path).expect_status(303);
        let answer = nobody
            .submit(&small(path, None, &[("code", &paper)]), &page)
            .expect_status(303);
        assert_eq!(answer.header("location"), Some("/sign-in"));
    }
    // A passkey that is made up is refused, and nothing breaks.
    for fields in [
        vec![],
        vec![("credential", "{}")],
        vec![("state", "x"), ("credential", "null")],
    ] {
        let form = small("/sign-in/passkey", None, &fields);
        nobody.submit(&form, &page).expect_status(400);
    }
    let form = small("/sign-in/passkey/start", None, &[]);
    let begun = nobody.submit(&form, &page).expect_status(200).json();
    assert_eq!(begun["options"]["publicKey"]["rpId"], "jobs.localhost");
    let begun = (0..61).map(|_| nobody.submit(&small("/sign-in/passkey/start", None, &[]), &page));
    waits(&begun.last().expect("one"));
}

/// What an app shows now that was given the secret of the page.
pub(crate) fn app_code(page: &Answer) -> String {
    let text = page.text();
    let secret = between(&text, "<code class=\"break\">", "</code>");
    let secret = totp_rs::Secret::try_from_base32(secret).expect("base 32");
    let app = totp_rs::Builder::new().with_secret(secret).with_account_name("A");
    let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    app.build().expect("an app").generate(now).to_string()
}
