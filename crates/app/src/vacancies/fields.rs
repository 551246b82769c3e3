//! Owns: the form of an offer: its fields, reading it, showing it again. Doesn't own: which flaws an offer may have
//! ([`super::model`]).

use kernel::{Currency, Locale, Word};
use web::{Errors, FieldKind, FieldView, FormView};

use super::model::{Contract, Offer, Period, Remote, Vacancy};
use crate::visit::{Posted, Visit};

/// The form's fields: name, kind, whether it may stay empty, most characters.
const FIELDS: [(&str, FieldKind, bool, u32); 13] = [
    ("title", FieldKind::Text, false, 120),
    ("language", FieldKind::Choice, false, 0),
    ("place", FieldKind::Text, false, 120),
    ("country", FieldKind::Text, false, 2),
    ("contract", FieldKind::Choice, false, 0),
    ("remote", FieldKind::Choice, false, 0),
    ("salary_min", FieldKind::Text, true, 12),
    ("salary_max", FieldKind::Text, true, 12),
    ("salary_period", FieldKind::Choice, false, 0),
    ("currency", FieldKind::Choice, false, 0),
    ("summary", FieldKind::Long, true, 400),
    ("description", FieldKind::Long, false, 20_000),
    ("next_steps", FieldKind::Long, true, 1_000),
];

/// Their names.
pub(super) const NAMES: [&str; 13] = {
    let mut names = [""; 13];
    let mut nth = 0;
    while nth < names.len() {
        names[nth] = FIELDS[nth].0;
        nth += 1;
    }
    names
};

/// An empty form.
pub(super) fn empty(visit: &Visit) -> FormView {
    build(visit, None, &|name| match name {
        "country" => "FR".to_owned(),
        "language" => visit.locale.word().to_owned(),
        "contract" => Contract::Permanent.word().to_owned(),
        "remote" => Remote::None.word().to_owned(),
        "salary_period" => Period::Year.word().to_owned(),
        "currency" => Currency::Eur.word().to_owned(),
        _ => String::new(),
    })
}

/// The form with what the offer says.
pub(super) fn filled(visit: &Visit, vacancy: &Vacancy) -> FormView {
    let offer = &vacancy.offer;
    build(visit, Some(vacancy), &|name| match name {
        "title" => offer.title.clone(),
        "language" => offer.language.word().to_owned(),
        "place" => offer.place.clone(),
        "country" => offer.country.clone(),
        "contract" => offer.contract.word().to_owned(),
        "remote" => offer.remote.word().to_owned(),
        "salary_min" => amount(offer.salary_min),
        "salary_max" => amount(offer.salary_max),
        "salary_period" => offer.salary_period.word().to_owned(),
        "currency" => offer.currency.word().to_owned(),
        "summary" => offer.summary.clone(),
        "description" => offer.description.clone(),
        "next_steps" => offer.next_steps.clone(),
        _ => String::new(),
    })
}

/// The form with what was typed.
pub(super) fn typed(posted: &Posted, vacancy: Option<&Vacancy>) -> FormView {
    build(&posted.visit, vacancy, &|name| posted.field(name).to_owned())
}

/// The offer that was typed, or what is wrong with it.
pub(super) fn read(posted: &Posted) -> Result<Offer, Errors> {
    let mut errors = Errors::default();
    let text = |name: &str| posted.field(name).trim().replace("\r\n", "\n");
    let salary_min = salary(posted, "salary_min", &mut errors);
    let salary_max = salary(posted, "salary_max", &mut errors);
    let country = text("country").to_uppercase();
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        errors.add("country", posted.visit.text("vacancy-flaw-country"));
    }
    let offer = Offer {
        language: word(posted, "language", Locale::Fr, &mut errors),
        title: text("title"),
        summary: text("summary"),
        description: text("description"),
        next_steps: text("next_steps"),
        place: text("place"),
        country,
        contract: word(posted, "contract", Contract::Permanent, &mut errors),
        remote: word(posted, "remote", Remote::None, &mut errors),
        salary_min,
        salary_max,
        salary_period: word(posted, "salary_period", Period::Year, &mut errors),
        currency: word(posted, "currency", Currency::Eur, &mut errors),
    };
    for (field, key) in offer.flaws() {
        errors.add(field, posted.visit.text(key));
    }
    if errors.is_empty() { Ok(offer) } else { Err(errors) }
}

fn build(visit: &Visit, vacancy: Option<&Vacancy>, value: &dyn Fn(&str) -> String) -> FormView {
    let action = vacancy.map_or("/desk/vacancies/new".to_owned(), |vacancy| {
        format!("/desk/vacancies/{}", vacancy.id)
    });
    let fields = FIELDS.iter().map(|(name, kind, optional, longest)| {
        let mut field =
            FieldView::new(*name, *kind, visit.text(&format!("vacancy-field-{name}"))).value(value(name));
        field.optional = *optional;
        field.max_length = Some(*longest).filter(|longest| *longest > 0);
        let hint = format!("vacancy-field-{name}-hint");
        field.hint = visit.site.kit().has_text(&hint).then(|| visit.text(&hint));
        field.choices = choices(visit, name, &value(name));
        field
    });
    FormView::new(action, fields.collect())
}

fn choices(visit: &Visit, name: &str, chosen: &str) -> Vec<web::Choice> {
    fn of<T: Word>(visit: &Visit, prefix: &str, chosen: &str) -> Vec<web::Choice> {
        let choice = |value: &T| web::Choice {
            value: value.word().to_owned(),
            label: visit.text(&format!("{prefix}-{}", value.word())),
            hint: None,
            chosen: value.word() == chosen,
        };
        T::ALL.iter().map(choice).collect()
    }
    match name {
        "language" => of::<Locale>(visit, "vacancy-language", chosen),
        "contract" => of::<Contract>(visit, "vacancy-contract", chosen),
        "remote" => of::<Remote>(visit, "vacancy-remote", chosen),
        "salary_period" => of::<Period>(visit, "vacancy-period", chosen),
        "currency" => of::<Currency>(visit, "vacancy-currency", chosen),
        _ => Vec::new(),
    }
}

fn word<T: Word>(posted: &Posted, name: &'static str, otherwise: T, errors: &mut Errors) -> T {
    T::from_word(posted.field(name)).unwrap_or_else(|_| {
        errors.add(name, posted.visit.text("vacancy-flaw-choice"));
        otherwise
    })
}

/// An amount as typed (`38 000`, `12,50`), in hundredths.
fn salary(posted: &Posted, name: &'static str, errors: &mut Errors) -> Option<i64> {
    let typed: String = posted
        .field(name)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if typed.is_empty() {
        return None;
    }
    let cents = cents(&typed);
    if cents.is_none() {
        errors.add(name, posted.visit.text("vacancy-flaw-amount"));
    }
    cents
}

fn cents(typed: &str) -> Option<i64> {
    let (whole, part) = typed.split_once([',', '.']).unwrap_or((typed, ""));
    let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > 2 || !plain(whole) || !plain(part) {
        return None;
    }
    Some(whole.parse::<i64>().ok()? * 100 + format!("{part:0<2}").parse::<i64>().ok()?)
}

fn amount(cents: Option<i64>) -> String {
    cents.map_or(String::new(), |cents| match cents % 100 {
        0 => (cents / 100).to_string(),
        part => format!("{}.{part:02}", cents / 100),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_typed() {
        assert_eq!(cents("38000"), Some(3_800_000));
        assert_eq!(cents("12,5"), Some(1_250));
        for bad in ["", "abc", "-1", "1e9", "1,234,5", "9999999999"] {
            assert_eq!(cents(bad), None, "{bad}");
        }
        assert_eq!(amount(Some(1_250)), "12.50");
    }
}
