//! Owns: the public pages of vacancies: the list, an offer. Doesn't own: applying.

use axum::{extract::Path, http::StatusCode, response::Response};
use charter::FormKind;
use kernel::{Locale, Word};
use serde::Serialize;
use serde_json::json;
use web::Error;

use super::{
    model::{Contract, Remote, State, Vacancy},
    service::{self, Wanted},
};
use crate::{
    Site,
    query::{Chip, Choice, Filter, Query},
    visit::Visit,
};

/// Offers on one page of the list.
const SIZE: usize = 20;

#[derive(Serialize)]
struct List<'a> {
    q: String,
    filters: Vec<Filter>,
    chips: Vec<Chip>,
    total: usize,
    rows: Vec<&'a Vacancy>,
    next: Option<String>,
    first: Option<String>,
    unsolicited: Option<&'static str>,
}

pub(super) async fn home(visit: Visit) -> Result<Response, Error> {
    list(visit).await
}

pub(super) async fn list(visit: Visit) -> Result<Response, Error> {
    let query = Query::read(&visit.query);
    let published = visit.site.published();
    let wanted = Wanted {
        words: query.get("q").chars().take(200).collect(),
        contract: query.word("contract"),
        remote: query.word("remote"),
        place: Some(query.get("place").to_owned()).filter(|place| !place.is_empty()),
    };
    let found = published.search(&wanted, query.parse("after").as_ref(), SIZE);
    let places = published.places();
    let place = Filter {
        name: "place",
        label: visit.text("vacancy-filter-place"),
        options: places
            .iter()
            .map(|(place, count)| Choice {
                value: (*place).to_owned(),
                label: (*place).to_owned(),
                count: Some(*count),
                chosen: query.get("place") == *place,
            })
            .collect(),
    };
    let filters = vec![
        words::<Contract>(&visit, &query, "contract"),
        words::<Remote>(&visit, &query, "remote"),
        place,
    ];
    let context = List {
        q: wanted.words.clone(),
        chips: chips(&query, &filters),
        filters,
        total: found.total,
        next: query.next("/jobs", found.page.next.as_ref()),
        first: query.first("/jobs"),
        rows: found.page.rows,
        unsolicited: offers_unsolicited(&visit.site, visit.locale).then_some("/apply"),
    };
    visit.draw("vacancies/list.html", context).await
}

/// A filter over the words of an enumeration.
fn words<T: Word + PartialEq>(visit: &Visit, query: &Query, name: &'static str) -> Filter {
    let chosen: Option<T> = query.word(name);
    let option = |value: &T| Choice {
        value: value.word().to_owned(),
        label: visit.text(&format!("vacancy-{name}-{}", value.word())),
        count: None,
        chosen: chosen.as_ref() == Some(value),
    };
    Filter {
        name,
        label: visit.text(&format!("vacancy-filter-{name}")),
        options: T::ALL.iter().map(option).collect(),
    }
}

/// What is filtered or searched, each with the address without it.
fn chips(query: &Query, filters: &[Filter]) -> Vec<Chip> {
    let searched = query.get("q");
    let mut chips = Vec::new();
    if !searched.is_empty() {
        chips.push(Chip {
            label: searched.to_owned(),
            href: query.href("/jobs", "q", ""),
        });
    }
    for filter in filters {
        for choice in filter.options.iter().filter(|choice| choice.chosen) {
            chips.push(Chip {
                label: choice.label.clone(),
                href: query.href("/jobs", filter.name, ""),
            });
        }
    }
    chips
}

pub(super) async fn job(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let vacancy = service::find_public(visit.site.guard(), &slug).await?;
    let open = vacancy.state == State::Published;
    let context = json!({
        "apply": open.then(|| apply_address(&visit, &vacancy)).flatten(),
        "jsonld": open.then(|| job_posting(&visit.site, &vacancy)),
        "french_only": open && french_only(&visit),
        "vacancy": vacancy,
    });
    // A closed offer says so under its own address, for who has it from elsewhere.
    let status = if open { StatusCode::OK } else { StatusCode::GONE };
    visit.draw_with(status, "vacancies/job.html", context).await
}

/// Where one applies: the offer's own form, or the form for unsolicited applications where the charter has none for
/// offers in this language.
fn apply_address(visit: &Visit, vacancy: &Vacancy) -> Option<String> {
    let charter = visit.site.guard().charter();
    if charter
        .form_of(FormKind::TargetedApplication, visit.locale)
        .is_some()
    {
        return Some(format!("/jobs/{}/apply", vacancy.slug));
    }
    offers_unsolicited(&visit.site, visit.locale).then(|| "/apply".to_owned())
}

/// True when the charter takes applications to offers in another language only.
fn french_only(visit: &Visit) -> bool {
    let charter = visit.site.guard().charter();
    charter
        .form_of(FormKind::TargetedApplication, visit.locale)
        .is_none()
        && charter
            .form_of(FormKind::TargetedApplication, Locale::Fr)
            .is_some()
}

fn offers_unsolicited(site: &Site, locale: Locale) -> bool {
    site.guard()
        .charter()
        .form_of(FormKind::UnsolicitedApplication, locale)
        .is_some()
}

/// The offer as schema.org's `JobPosting`, as search engines read it.
fn job_posting(site: &Site, vacancy: &Vacancy) -> serde_json::Value {
    let offer = &vacancy.offer;
    let controller = site.guard().charter().controller().name.clone();
    let mut posting = json!({
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": offer.title,
        "description": web::markdown::html(&offer.description, 3),
        "datePosted": vacancy.published_at.map(|at| at.date(site.guard().zone()).to_string()),
        "employmentType": offer.contract.schema_org(),
        "identifier": { "@type": "PropertyValue", "name": controller, "value": vacancy.reference },
        "hiringOrganization": { "@type": "Organization", "name": controller, "sameAs": site.url("/") },
        "jobLocation": {
            "@type": "Place",
            "address": { "@type": "PostalAddress", "addressLocality": offer.place, "addressCountry": offer.country },
        },
        "directApply": true,
        "url": site.url(&format!("/jobs/{}", vacancy.slug)),
    });
    if offer.remote == Remote::Full {
        posting["jobLocationType"] = json!("TELECOMMUTE");
        posting["applicantLocationRequirements"] = json!({ "@type": "Country", "name": offer.country });
    }
    if offer.salary_min.is_some() || offer.salary_max.is_some() {
        let amount = |cents: Option<i64>| cents.map(|cents| cents as f64 / 100.0);
        posting["baseSalary"] = json!({
            "@type": "MonetaryAmount",
            "currency": offer.currency,
            "value": {
                "@type": "QuantitativeValue",
                "minValue": amount(offer.salary_min.or(offer.salary_max)),
                "maxValue": amount(offer.salary_max.or(offer.salary_min)),
                "unitText": offer.salary_period.schema_org(),
            },
        });
    }
    posting
}
