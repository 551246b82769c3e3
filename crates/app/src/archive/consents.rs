//! Owns: the records of consents, in the terms of ISO/IEC TS 27560:2023 as the W3C's Data Privacy Vocabulary guide names
//! them: what was consented to, under which notice, when it was given and withdrawn. Doesn't own: consents themselves
//! (`guard::rights::consent`).

use charter::Purpose;
use guard::export::{Dossier, Row};
use serde_json::{Value, json};

use super::About;

const SCHEMA: &str = "ISO/IEC TS 27560:2023";

/// One for each consent that was given, to a purpose or to one field of it. Of whoever was only asked there is none.
pub(super) fn records(about: &About<'_>) -> Vec<Value> {
    let dossiers = about.everything.dossiers.iter();
    let consents = dossiers.flat_map(|dossier| {
        let rows = dossier.rows.iter().filter(|row| row.table == "consents");
        rows.map(move |row| (dossier, row))
    });
    let records = consents.filter_map(|(dossier, row)| {
        let purpose = about.charter.purpose(row.word("purpose")?)?;
        record(about, dossier, row, purpose)
    });
    records.collect()
}

fn record(about: &About<'_>, dossier: &Dossier, row: &Row, purpose: &Purpose) -> Option<Value> {
    let (charter, site) = (about.charter, about.site);
    let controller = charter.controller();
    let clocks: Vec<_> = charter.clocks(&purpose.name).collect();
    let processors = charter.processors().iter();
    let processors = processors.filter(|processor| processor.purposes.contains(&purpose.name));
    let mut places: Vec<&String> = processors.clone().flat_map(|one| &one.storage).collect();
    places.sort_unstable();
    places.dedup();
    let recipients: Vec<_> = processors.filter_map(|one| one.entity.as_ref()).collect();
    let field = row.word("field");
    let types: Vec<Value> = purpose
        .asks
        .iter()
        .map(|asked| {
            (
                &asked.field,
                json!({ "pii_type": asked.field, "pii_optional": !asked.required }),
            )
        })
        .chain(
            purpose
                .uses
                .iter()
                .map(|used| (used, json!({ "pii_type": used }))),
        )
        .filter(|(name, _)| field.is_none_or(|field| field == name.as_str()))
        .map(|(_, written)| written)
        .collect();
    // What might have been left out may rest on consent where the purpose itself rests on something else.
    let basis = match (&purpose.optional_basis, field) {
        (Some(basis), Some(_)) => basis.kind,
        _ => purpose.basis.kind,
    };
    let version = row.number("charter_version")?;
    // The file of legal figures is named after the country whose law it is: `fr-recruitment-2026`.
    let law = charter.header().law.split('-').next();
    let jurisdiction = law.map(str::to_ascii_uppercase);
    Some(json!({
        "schema_version": SCHEMA,
        "record_id": row.id,
        "pii_principal_id": dossier.person,
        "pii_processing": {
            "privacy_notice": site.url(&format!("/privacy/versions/{version}")),
            "language": about.locale,
            "purposes": [{
                "purpose": purpose.title(about.locale),
                "purpose_type": purpose.kind,
                "lawful_basis": basis,
                "pii_information": types,
                "pii_controllers": ["controller"],
                "storage_locations": places,
                "retention_period": clocks.iter().map(|clock| clock.max.to_string()).collect::<Vec<_>>(),
                "recipient_third_parties": recipients,
                "jurisdiction": jurisdiction,
                "withdrawal_method": site.url("/me/rights"),
            }],
        },
        "party_identification": [{
            "party_id": "controller",
            "party_name": controller.name,
            "party_address": controller.address,
            "party_contact": controller.dpo.as_ref().or(controller.contact.as_ref()),
            "party_role": "pii_controller",
        }],
        "events": events(dossier, row),
    }))
}

/// Given, given anew, withdrawn, as far as each has happened.
fn events(dossier: &Dossier, row: &Row) -> Vec<Value> {
    let until = dossier.held.until.as_ref().map(|until| until.at.rfc3339());
    let states = [
        ("given_at", "given"),
        ("renewed_at", "renewed"),
        ("withdrawn_at", "withdrawn"),
    ];
    let happened = states.iter().filter_map(|(column, state)| {
        let at = row.at(column)?;
        Some(json!({
            "event_time": at.rfc3339(),
            "event_type": "explicit",
            "event_state": state,
            "entity_id": dossier.person,
            "valid_until": until,
        }))
    });
    happened.collect()
}
