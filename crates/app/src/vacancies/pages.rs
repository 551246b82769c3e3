//! Owns: the public pages of vacancies: the list, an offer. Doesn't own: applying.

use axum::{extract::Path, http::StatusCode, response::Response};
use charter::FormKind;
use kernel::Locale;
use serde::Serialize;
use serde_json::json;
use web::Error;

use super::{
    model::{Remote, State, Vacancy},
    service::{self, FACETS, Published, Wanted},
};
use crate::{
    Site,
    query::{Chip, Choice, Filter, Query},
    visit::Visit,
};

/// Offers shown in place of a closed one.
const SIMILAR: usize = 3;
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
    let wanted = wanted(&query);
    let asked = query.page(&visit.site, "/jobs");
    let found = published.search(&wanted, asked.after.as_ref(), SIZE);
    let filters: Vec<Filter> = FACETS
        .iter()
        .map(|facet| filter(&visit, &query, &published, facet))
        .collect();
    let context = List {
        q: wanted.words.clone(),
        chips: chips(&query, &filters),
        filters,
        total: found.total,
        next: asked.next(&visit.site, found.page.next.as_ref()),
        first: asked.first(),
        rows: found.page.rows,
        unsolicited: offers_unsolicited(&visit.site, visit.locale).then_some("/apply"),
    };
    let notice = asked.notice(&visit);
    visit.draw_noticed(notice, "vacancies/list.html", context).await
}

/// What the address asks for.
pub(super) fn wanted(query: &Query) -> Wanted {
    let values = |facet| {
        query
            .all(facet)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let facets = FACETS
        .iter()
        .map(|facet| (*facet, values(facet)))
        .filter(|(_, values)| !values.is_empty());
    Wanted {
        words: query.get("q").chars().take(200).collect(),
        facets: facets.collect(),
    }
}

/// A filter over the values that the published offers have, with how many have each.
fn filter(visit: &Visit, query: &Query, published: &Published, facet: &'static str) -> Filter {
    let chosen = query.all(facet);
    let option = |(value, count): (&str, usize)| Choice {
        value: value.to_owned(),
        label: if facet == "place" {
            value.to_owned()
        } else {
            visit.text(&format!("vacancy-{facet}-{value}"))
        },
        count: Some(count),
        chosen: chosen.contains(&value),
    };
    let options = published.values(facet).into_iter().map(option).collect();
    Filter {
        name: facet,
        label: visit.text(&format!("vacancy-filter-{facet}")),
        options,
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
            let href = query.without("/jobs", filter.name, &choice.value);
            chips.push(Chip {
                label: choice.label.clone(),
                href,
            });
        }
    }
    chips
}

pub(super) async fn job(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let vacancy = service::find_public(visit.site.guard(), &slug).await?;
    let open = vacancy.state == State::Published;
    let published = visit.site.published();
    let similar = if open {
        Vec::new()
    } else {
        published.like(&vacancy.offer, SIMILAR)
    };
    let apply = open.then(|| apply_address(&visit, &vacancy)).flatten();
    let context = json!({
        "jsonld": open.then(|| job_posting(&visit.site, &vacancy, apply.as_deref())),
        "apply": apply,
        "open": open,
        "similar": similar,
        "french_only": open && french_only(&visit),
        "vacancy": vacancy,
    });
    // A closed offer says so under its own address, for who has it from elsewhere.
    let status = if open { StatusCode::OK } else { StatusCode::GONE };
    visit.draw_with(status, "vacancies/job.html", context).await
}

/// The offer's own form.
fn own_form(vacancy: &Vacancy) -> String {
    format!("/jobs/{}/apply", vacancy.slug)
}

/// Where one applies: the offer's own form, or the form for unsolicited applications where the charter has none for
/// offers in this language.
fn apply_address(visit: &Visit, vacancy: &Vacancy) -> Option<String> {
    let charter = visit.site.guard().charter();
    if crate::form_of(&charter, FormKind::TargetedApplication, visit.locale).is_some() {
        return Some(own_form(vacancy));
    }
    offers_unsolicited(&visit.site, visit.locale).then(|| "/apply".to_owned())
}

/// True when the charter takes applications to offers in another language only.
fn french_only(visit: &Visit) -> bool {
    let charter = visit.site.guard().charter();
    crate::form_of(&charter, FormKind::TargetedApplication, visit.locale).is_none()
        && crate::form_of(&charter, FormKind::TargetedApplication, Locale::Fr).is_some()
}

fn offers_unsolicited(site: &Site, locale: Locale) -> bool {
    crate::form_of(&site.guard().charter(), FormKind::UnsolicitedApplication, locale).is_some()
}

/// The offer as schema.org's `JobPosting`, as search engines read it; `apply` is where the page leads who applies.
fn job_posting(site: &Site, vacancy: &Vacancy, apply: Option<&str>) -> serde_json::Value {
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
        "directApply": apply == Some(own_form(vacancy).as_str()),
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
