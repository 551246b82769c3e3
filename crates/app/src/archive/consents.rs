//! Owns: the records of consents, in the terms of ISO/IEC TS 27560:2023 as the W3C's Data Privacy Vocabulary guide names
//! them: what was consented to, under which notice, when it was given and withdrawn. Doesn't own: consents themselves
//! (what happened to a dossier, `guard::keep`).

use charter::{BasisKind, Purpose, Trigger};
use guard::export::{Dossier, Row};
use kernel::Word as _;
use serde_json::{Value, json};

use super::About;

const SCHEMA: &str = "ISO/IEC TS 27560:2023";

/// One for each thing that is kept because its person agreed.
pub(super) fn records(about: &About<'_>) -> Vec<Value> {
    let dossiers = about.everything.dossiers.iter();
    let consented = dossiers.filter_map(|dossier| {
        let purpose = about.charter.purpose(&dossier.held.purpose)?;
        let asks = [BasisKind::Consent, BasisKind::ExplicitConsent].contains(&purpose.basis.kind);
        asks.then(|| record(about, dossier, purpose))
    });
    consented.collect()
}

fn record(about: &About<'_>, dossier: &Dossier, purpose: &Purpose) -> Value {
    let (charter, site) = (about.charter, about.site);
    let controller = charter.controller();
    let clocks: Vec<_> = charter.clocks(&purpose.name).collect();
    let processors = charter.processors().iter();
    let processors = processors.filter(|processor| processor.purposes.contains(&purpose.name));
    let mut places: Vec<&String> = processors.clone().flat_map(|one| &one.storage).collect();
    places.sort_unstable();
    places.dedup();
    let recipients: Vec<_> = processors.filter_map(|one| one.entity.as_ref()).collect();
    let types: Vec<Value> = purpose
        .asks
        .iter()
        .map(|asked| json!({ "pii_type": asked.field, "pii_optional": !asked.required }))
        .chain(purpose.uses.iter().map(|used| json!({ "pii_type": used })))
        .collect();
    json!({
        "schema_version": SCHEMA,
        "record_id": dossier.held.dossier,
        "pii_principal_id": dossier.person,
        "pii_processing": {
            "privacy_notice": site.url(&format!("/privacy/versions/{}", dossier.charter)),
            "language": about.locale,
            "purposes": [{
                "purpose": purpose.title(about.locale),
                "purpose_type": purpose.kind,
                "lawful_basis": purpose.basis.kind,
                "pii_information": types,
                "pii_controllers": ["controller"],
                "storage_locations": places,
                "retention_period": clocks.iter().map(|clock| clock.max.to_string()).collect::<Vec<_>>(),
                "recipient_third_parties": recipients,
                "withdrawal_method": site.url("/me/leave"),
            }],
        },
        "party_identification": [{
            "party_id": "controller",
            "party_name": controller.name,
            "party_address": controller.address,
            "party_contact": controller.dpo.as_ref().or(controller.contact.as_ref()),
            "party_role": "pii_controller",
        }],
        "events": events(dossier),
    })
}

/// Given and withdrawn, as far as either has happened; what was opened by consent was given with it.
fn events(dossier: &Dossier) -> Vec<Value> {
    let happened = |event: Trigger| {
        let is_it = |row: &&Row| row.table == "moments" && row.word("event") == Some(event.word());
        dossier.rows.iter().find(is_it).and_then(|row| row.at("at"))
    };
    let given = happened(Trigger::ConsentGiven).unwrap_or(dossier.held.opened_at);
    let until = dossier.held.until.as_ref().map(|until| until.at.rfc3339());
    let event = |at: kernel::Timestamp, state: &str| {
        json!({
            "event_time": at.rfc3339(),
            "event_type": "explicit",
            "event_state": state,
            "entity_id": dossier.person,
            "valid_until": until,
        })
    };
    let withdrawn = happened(Trigger::Withdrawn);
    let withdrawn = withdrawn.map(|at| event(at, "withdrawn"));
    [Some(event(given, "given")), withdrawn]
        .into_iter()
        .flatten()
        .collect()
}
