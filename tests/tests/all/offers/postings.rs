//! Owns: an offer as search engines read it: schema.org's `JobPosting`, whole, and nothing that it doesn't know. Doesn't
//! own: the list, the feeds.

use super::offers;
use crate::own::shared;
use crate::people::{between, links_to, slugs, words};
use serde_json::Value;

#[test]
fn every_offer_is_a_job_posting_that_search_engines_can_read() {
    let demo = shared();
    for site in demo.sites() {
        for offer in offers(site, "") {
            let url = offer["url"].as_str().expect("an address");
            let page = site
                .stranger()
                .speaking("fr")
                .get(url.strip_prefix(&site.url).expect("ours"))
                .expect_status(200);
            let text = page.text();
            let json = between(&text, "<script type=\"application/ld+json\">", "</script>");
            let posting: Value =
                serde_json::from_str(json).unwrap_or_else(|error| panic!("{url}: {error}: {json}"));
            let missing: Vec<_> = lacking(&posting);
            assert!(missing.is_empty(), "{url}: {missing:?} in {posting}");
            let unknown = beyond(&posting);
            assert!(unknown.is_empty(), "{url}: {unknown:?} in {posting}");
            assert_eq!(posting["directApply"], true, "{url} in its own language");
            assert_eq!(posting["title"], offer["title"]);
            assert_eq!(posting["url"], url);
            assert_eq!(posting["identifier"]["value"], offer["reference"]);
        }
    }
}

/// What schema.org's `JobPosting` needs (as search engines ask for it) and this one lacks.
fn lacking(posting: &Value) -> Vec<&'static str> {
    let text = |at: &str| {
        posting
            .pointer(at)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let date = text("/datePosted");
    let dated = date.len() == 10 && date.bytes().filter(u8::is_ascii_digit).count() == 8;
    let kinds = [
        "FULL_TIME",
        "PART_TIME",
        "CONTRACTOR",
        "TEMPORARY",
        "INTERN",
        "VOLUNTEER",
        "PER_DIEM",
        "OTHER",
    ];
    let salary = &posting["baseSalary"];
    let (low, high) = (
        salary.pointer("/value/minValue"),
        salary.pointer("/value/maxValue"),
    );
    let (low, high) = (low.and_then(Value::as_f64), high.and_then(Value::as_f64));
    let paid = salary.is_null()
        || (salary["currency"]
            .as_str()
            .is_some_and(|currency| currency.len() == 3)
            && low.zip(high).is_some_and(|(low, high)| 0.0 < low && low <= high)
            && ["HOUR", "DAY", "MONTH", "YEAR"].contains(&text("/baseSalary/value/unitText").as_str()));
    let remote = posting["jobLocationType"].is_null()
        || (text("/jobLocationType") == "TELECOMMUTE"
            && !text("/applicantLocationRequirements/name").is_empty());
    let employment = &posting["employmentType"];
    let employments = employment
        .as_array()
        .cloned()
        .unwrap_or_else(|| vec![employment.clone()]);
    let checks = [
        ("context", text("/@context").starts_with("https://schema.org")),
        ("type", text("/@type") == "JobPosting"),
        ("title", !text("/title").is_empty()),
        ("description", text("/description").starts_with('<')),
        ("datePosted", dated),
        ("hiringOrganization", !text("/hiringOrganization/name").is_empty()),
        (
            "addressLocality",
            !text("/jobLocation/address/addressLocality").is_empty(),
        ),
        (
            "addressCountry",
            text("/jobLocation/address/addressCountry").len() == 2,
        ),
        (
            "employmentType",
            employments
                .iter()
                .all(|kind| kinds.contains(&kind.as_str().unwrap_or_default())),
        ),
        ("baseSalary", paid),
        ("jobLocationType", remote),
    ];
    checks
        .into_iter()
        .filter(|(_, there)| !there)
        .map(|(name, _)| name)
        .collect()
}

/// What schema.org knows of each type that a posting is made of: a property that one may have here, and the form of its
/// value (schema.org/JobPosting and the types that it leads to).
const SCHEMA: [(&str, &[(&str, &str)]); 8] = [
    (
        "JobPosting",
        &[
            ("applicantLocationRequirements", "Country"),
            ("baseSalary", "MonetaryAmount"),
            ("datePosted", "text"),
            ("description", "text"),
            ("directApply", "bool"),
            ("employmentType", "texts"),
            ("hiringOrganization", "Organization"),
            ("identifier", "PropertyValue"),
            ("industry", "text"),
            ("jobLocation", "Place"),
            ("jobLocationType", "text"),
            ("qualifications", "text"),
            ("responsibilities", "text"),
            ("title", "text"),
            ("url", "text"),
            ("validThrough", "text"),
        ],
    ),
    ("PropertyValue", &[("name", "text"), ("value", "text")]),
    (
        "Organization",
        &[("name", "text"), ("sameAs", "text"), ("logo", "text")],
    ),
    ("Place", &[("address", "PostalAddress")]),
    (
        "PostalAddress",
        &[
            ("addressLocality", "text"),
            ("addressRegion", "text"),
            ("addressCountry", "text"),
            ("postalCode", "text"),
            ("streetAddress", "text"),
        ],
    ),
    ("Country", &[("name", "text")]),
    (
        "MonetaryAmount",
        &[("currency", "text"), ("value", "QuantitativeValue")],
    ),
    (
        "QuantitativeValue",
        &[
            ("minValue", "number"),
            ("maxValue", "number"),
            ("value", "number"),
            ("unitText", "text"),
        ],
    ),
];

/// What a thing says that its type doesn't know, or says in another form.
fn beyond(thing: &Value) -> Vec<String> {
    let kind = thing["@type"].as_str().unwrap_or_default();
    let Some((_, known)) = SCHEMA.iter().find(|(name, _)| *name == kind) else {
        return vec![format!("the type {kind:?}")];
    };
    let mut wrong = Vec::new();
    for (name, value) in thing.as_object().into_iter().flatten() {
        let form = known
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, form)| *form);
        let fits = match form {
            _ if name.starts_with('@') => value.is_string(),
            Some("text") => value.as_str().is_some_and(|text| !text.is_empty()),
            Some("texts") => {
                value.is_string()
                    || value
                        .as_array()
                        .is_some_and(|all| all.iter().all(Value::is_string))
            }
            Some("bool") => value.is_boolean(),
            Some("number") => value.is_number(),
            Some(kind) => {
                wrong.extend(beyond(value));
                value["@type"] == kind
            }
            None => false,
        };
        if !fits {
            wrong.push(format!("{kind}.{name}"));
        }
    }
    wrong
}

#[test]
fn an_offer_that_takes_no_application_in_a_language_is_open_in_it_all_the_same() {
    let demo = shared();
    let site = demo.site("agency");
    let slug = slugs(site).remove(0);
    let page = site
        .stranger()
        .get(&format!("/jobs/{slug}?lang=en"))
        .expect_status(200);
    let text = page.text();
    assert!(
        !text.contains("noindex") && !words(&page).contains("no longer takes applications"),
        "{text}"
    );
    // One applies unsolicited: it isn't done from here.
    let json = between(&text, "<script type=\"application/ld+json\">", "</script>");
    let posting: Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(posting["directApply"], false);
    assert!(
        links_to(&page, "/apply").len() == 1 || text.contains("href=\"/apply"),
        "{text}"
    );
}

#[test]
fn the_check_of_job_postings_can_fail() {
    let odd = serde_json::json!({
        "@type": "JobPosting", "title": 7, "salary": "much", "employmentType": ["A", "B"],
        "jobLocation": { "@type": "Place", "address": { "@type": "PostalAddress", "town": "Nantes" } },
        "hiringOrganization": { "@type": "Person", "name": "X" },
    });
    let mut found = beyond(&odd);
    found.sort();
    let expected = [
        "JobPosting.hiringOrganization",
        "JobPosting.salary",
        "JobPosting.title",
        "PostalAddress.town",
        "the type \"Person\"",
    ];
    assert_eq!(found, expected);

    let posting = serde_json::json!({ "@type": "JobPosting", "datePosted": "today", "baseSalary": { "currency": "EUR" } });
    let lacks = lacking(&posting);
    for expected in [
        "context",
        "title",
        "datePosted",
        "addressCountry",
        "employmentType",
        "baseSalary",
    ] {
        assert!(lacks.contains(&expected), "{lacks:?}");
    }
}
