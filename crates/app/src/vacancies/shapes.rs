//! Owns: a vacancy as the API writes and reads one. Doesn't own: which flaws an offer may have ([`super::model`]).

use axum::http::StatusCode;
use kernel::{Currency, Id, Locale};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{
    Error, Say,
    api::{Fault, object_or_null},
};

use super::model::{Contract, Offer, Period, Remote, State, Vacancy};
use crate::{
    Site,
    api::document::{id, word},
};

/// A vacancy.
#[derive(Serialize, ToSchema)]
#[schema(as = Vacancy)]
pub(super) struct Offered {
    #[schema(schema_with = id)]
    id: Id<Vacancy>,
    /// The house's own number for it.
    reference: String,
    #[schema(schema_with = word::<State>)]
    state: State,
    title: String,
    /// One or two sentences.
    summary: String,
    /// In Markdown; absent in lists.
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    /// What happens after an application, a line each.
    next_steps: String,
    /// The language it is written in.
    #[schema(schema_with = word::<Locale>)]
    language: Locale,
    place: String,
    /// ISO 3166-1 alpha-2.
    country: String,
    #[schema(schema_with = word::<Contract>)]
    contract: Contract,
    /// How much of the work is done from elsewhere.
    #[schema(schema_with = word::<Remote>)]
    remote: Remote,
    #[schema(required)]
    salary: Option<Salary>,
    #[schema(required, format = DateTime)]
    published_at: Option<String>,
    #[schema(required, format = DateTime)]
    closed_at: Option<String>,
    /// Its page; `null` for a draft.
    #[schema(required)]
    url: Option<String>,
}

/// What it pays.
#[derive(Serialize, Deserialize, ToSchema)]
struct Salary {
    #[serde(default, deserialize_with = "object_or_null")]
    min: Option<Amount>,
    #[serde(default, deserialize_with = "object_or_null")]
    max: Option<Amount>,
    #[schema(schema_with = word::<Period>)]
    period: Period,
}

/// An amount of money.
#[derive(Serialize, Deserialize, ToSchema)]
struct Amount {
    /// In hundredths of the currency.
    #[schema(minimum = 0, maximum = 99999999999_i64)]
    cents: i64,
    /// ISO 4217.
    #[schema(schema_with = word::<Currency>)]
    currency: Currency,
}

/// What a reader learns of a vacancy.
#[derive(Deserialize, ToSchema)]
#[schema(as = Offer)]
pub(super) struct OfferBody {
    #[schema(min_length = 1, max_length = 120)]
    title: String,
    /// One or two sentences.
    #[serde(default)]
    #[schema(max_length = 400)]
    summary: String,
    /// In Markdown.
    #[schema(min_length = 1, max_length = 20000)]
    description: String,
    /// What happens after an application, a line each.
    #[serde(default)]
    #[schema(max_length = 1000)]
    next_steps: String,
    #[schema(schema_with = word::<Locale>)]
    language: Locale,
    #[schema(min_length = 1, max_length = 120)]
    place: String,
    /// ISO 3166-1 alpha-2.
    #[schema(pattern = "^[A-Z]{2}$")]
    country: String,
    #[schema(schema_with = word::<Contract>)]
    contract: Contract,
    #[schema(schema_with = word::<Remote>)]
    remote: Remote,
    #[serde(default, deserialize_with = "object_or_null")]
    salary: Option<Salary>,
}

/// The greatest amount, in hundredths: what the desk's form takes.
const MOST: i64 = 99_999_999_999;

impl Offered {
    pub(super) fn of(site: &Site, vacancy: &Vacancy) -> Self {
        let offer = vacancy.offer.clone();
        let amount = |cents: Option<i64>| {
            cents.map(|cents| Amount {
                cents,
                currency: offer.currency,
            })
        };
        let salary = Salary {
            min: amount(offer.salary_min),
            max: amount(offer.salary_max),
            period: offer.salary_period,
        };
        let public = vacancy.state != State::Draft;
        Self {
            id: vacancy.id,
            reference: vacancy.reference.clone(),
            state: vacancy.state,
            salary: (salary.min.is_some() || salary.max.is_some()).then_some(salary),
            title: offer.title,
            summary: offer.summary,
            description: offer.description,
            next_steps: offer.next_steps,
            language: offer.language,
            place: offer.place,
            country: offer.country,
            contract: offer.contract,
            remote: offer.remote,
            published_at: vacancy.published_at.map(kernel::Timestamp::rfc3339),
            closed_at: vacancy.closed_at.map(kernel::Timestamp::rfc3339),
            url: public.then(|| site.url(&format!("/jobs/{}", vacancy.slug))),
        }
    }
}

impl OfferBody {
    /// The offer it says.
    ///
    /// # Errors
    /// 422, with a pointer for each thing that doesn't fit.
    pub(super) fn offer(self) -> Result<Offer, Error> {
        let mut faults = self.unfit();
        let (min, max, period) = match self.salary {
            Some(salary) => (salary.min, salary.max, salary.period),
            None => (None, None, Period::Year),
        };
        let currency = min
            .as_ref()
            .or(max.as_ref())
            .map_or(Currency::Eur, |amount| amount.currency);
        let tidy = |text: String| text.trim().replace("\r\n", "\n");
        let offer = Offer {
            language: self.language,
            title: tidy(self.title),
            summary: tidy(self.summary),
            description: tidy(self.description),
            next_steps: tidy(self.next_steps),
            place: tidy(self.place),
            country: self.country,
            contract: self.contract,
            remote: self.remote,
            salary_min: min.map(|amount| amount.cents),
            salary_max: max.map(|amount| amount.cents),
            salary_period: period,
            currency,
        };
        let flaws = offer.flaws().into_iter();
        faults.extend(flaws.map(|(field, text)| match field {
            "salary_max" => fault("salary/max", Say::new(text)),
            field => Fault::of_field(field, Say::new(text)),
        }));
        if faults.is_empty() {
            Ok(offer)
        } else {
            Err(Error::Unfit {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                faults,
            })
        }
    }

    /// What the desk's form can't hold, so that [`Offer::flaws`] doesn't look for it.
    fn unfit(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (field, text, lines) in [
            ("title", &self.title, false),
            ("place", &self.place, false),
            ("summary", &self.summary, true),
            ("description", &self.description, true),
            ("next_steps", &self.next_steps, true),
        ] {
            let breaks = |c: char| lines && matches!(c, '\n' | '\r' | '\t');
            if text.chars().any(|c| c.is_control() && !breaks(c)) {
                faults.push(fault(field, Say::new("problem-value")));
            }
        }
        if self.country.len() != 2 || !self.country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            faults.push(fault("country", Say::new("vacancy-flaw-country")));
        }
        let amounts = self.salary.iter().flat_map(|salary| {
            [
                ("salary/min", salary.min.as_ref()),
                ("salary/max", salary.max.as_ref()),
            ]
        });
        let amounts: Vec<(&str, &Amount)> = amounts.filter_map(|(at, amount)| Some((at, amount?))).collect();
        for (at, amount) in &amounts {
            if !(0..=MOST).contains(&amount.cents) {
                faults.push(fault(&format!("{at}/cents"), Say::new("problem-value")));
            }
        }
        if let [(_, min), (at, max)] = amounts.as_slice()
            && min.currency != max.currency
        {
            faults.push(fault(&format!("{at}/currency"), Say::new("problem-value")));
        }
        faults
    }
}

/// A fault at a pointer of our own making.
fn fault(at: &str, say: Say) -> Fault {
    Fault::new(web::api::At::Body(format!("#/{at}")), say)
}
