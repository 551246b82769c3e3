//! Owns: what a site's `theme/` folder may change, and what it is told when it is wrong.

#![expect(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

use std::{fs, path::Path};

use axum::http::StatusCode;
use kernel::{Locale, Timestamp};
use web::{Error, Kit, KitError, Page, Reference, SiteFace};

fn put(folder: &Path, file: &str, text: &str) -> std::io::Result<()> {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap_or(folder))?;
    fs::write(path, text)
}

/// The kit of a theme with that one file.
fn kit(file: &str, text: &str) -> Result<Kit, KitError> {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), file, text).unwrap();
    Kit::new(&[], Some(folder.path()))
}

fn fault(file: &str, text: &str) -> String {
    kit(file, text)
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

async fn not_found(kit: &Kit, site: SiteFace) -> String {
    use http_body_util::BodyExt as _;
    let page = Page::new(site, Locale::Fr, "/x", Timestamp::from_millis(0));
    let response = Error::NotFound.page(kit, &page, &Reference::new(&kernel::Rng::seeded(1)));
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_theme_replaces_templates_texts_and_tokens() {
    let page = not_found(
        &kit("templates/error.html", "<p>{{ error.title }}</p>").unwrap(),
        SiteFace::default(),
    )
    .await;
    assert_eq!(page, "<p>Cette page est introuvable</p>");
    let texts = kit("locales/fr.ftl", "error-not-found-title = Perdu\u{202f}?\n").unwrap();
    assert!(
        not_found(&texts, SiteFace::default())
            .await
            .contains("<h1>Perdu\u{202f}?</h1>")
    );
    let tokens = kit("tokens.css", ":root { --serif: Georgia, serif }").unwrap();
    let href = tokens.shelf().href("theme.css").unwrap();
    assert!(
        not_found(&tokens, SiteFace::default())
            .await
            .contains(&format!("href=\"{href}\""))
    );
    let logo = kit("assets/logo.svg", "<svg/>").unwrap();
    let site = SiteFace {
        logo: logo.shelf().href("logo.svg"),
        name: "É & Co".to_owned(),
        ..SiteFace::default()
    };
    assert!(
        not_found(&logo, site)
            .await
            .contains("-logo.svg\" alt=\"É &amp; Co\"")
    );
}

#[tokio::test]
async fn a_page_asks_for_its_stylesheet_in_the_accent_and_it_is_served() {
    let kit = Kit::new(&[], None).unwrap();
    let site = SiteFace {
        accent: Some("#ff6600".to_owned()),
        ..SiteFace::default()
    };
    let page = not_found(&kit, site).await;
    let file = page
        .split("/assets/")
        .find(|part| part.contains("-ff6600.public.css"))
        .unwrap();
    let file = file.split('"').next().unwrap();
    assert_eq!(kit.shelf().serve(file).status(), StatusCode::OK);
}

#[test]
fn a_broken_theme_is_told_file_and_line() {
    for (file, text, told) in [
        ("templates/error.html", "a\n{% if %}", "error.html:2"),
        (
            "templates/error.html",
            "a\n\n{{ t(\"no-such-text\") }}",
            "error.html:3: there is no text no-such-text",
        ),
        ("locales/fr.ftl", "# x\nkit-skip\n", "locales/fr.ftl:2"),
        ("locales/en.ftl", "\nmy-own = x\n", "locales/en.ftl:2"),
        (
            "tokens.css",
            ":root {\n  --x: 1;\n}\nbody { color: red }",
            "tokens.css:4",
        ),
    ] {
        let fault = fault(file, text);
        assert!(fault.contains(told), "{file}: {fault:?} should tell {told}");
    }
}

#[test]
fn an_unknown_template_is_an_error_and_not_a_panic() {
    let kit = Kit::new(&[], None).unwrap();
    let page = Page::new(SiteFace::default(), Locale::En, "/", Timestamp::from_millis(0));
    assert!(matches!(
        kit.render(Locale::En, "none.html", &page, ()),
        Err(KitError::Template { .. })
    ));
    assert_eq!(kit.text(Locale::En, "none", &[]), "none");
}
