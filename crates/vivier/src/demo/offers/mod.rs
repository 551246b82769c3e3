//! Owns: the offers of the demo's two sites, composed of what each position has of its own and what its trade shares.
//! Doesn't own: their references, their rows, who applies.

mod agency;
mod careers;
mod english;
mod french;
mod terms;
mod trade;
mod typography;

#[cfg(test)]
mod tests;

use app::vacancies::model::{Contract, Offer, Remote};
use kernel::Locale;

use terms::Pay;

pub(super) use trade::Trade;
pub(super) use typography::typeset;

/// What a position has of its own.
struct Spec {
    trade: Trade,
    language: Locale,
    title: &'static str,
    place: &'static str,
    country: &'static str,
    contract: Contract,
    remote: Remote,
    pay: Pay,
    /// One sentence, for the list.
    summary: &'static str,
    /// Where, with whom, why: some fifty words.
    about: &'static str,
    /// The tasks that no other position has; its trade's make them up to four.
    own: &'static [&'static str],
    /// What one brings, where it isn't what the trade asks.
    asks: &'static [&'static str],
}

/// Who publishes: its headings, what it gives, what happens after an application.
#[derive(Clone, Copy)]
enum House {
    Careers,
    Agency,
}

/// The thirty offers of the invented group.
pub(super) fn careers() -> Vec<Offer> {
    written(House::Careers)
}

/// The thirty offers of the invented recruitment firm.
pub(super) fn agency() -> Vec<Offer> {
    written(House::Agency)
}

/// The trade and language of each of a site's offers, in their order.
pub(super) fn trades(site: &str) -> Vec<(Trade, Locale)> {
    let house = if site == "careers" {
        House::Careers
    } else {
        House::Agency
    };
    specs(house)
        .iter()
        .map(|spec| (spec.trade, spec.language))
        .collect()
}

/// The trade that an offer asks for; `None` for one that isn't of the demo.
pub(super) fn trade_of(offer: &Offer) -> Option<Trade> {
    let mut all = specs(House::Careers).iter().chain(specs(House::Agency));
    all.find(|spec| spec.language == offer.language && typeset(spec.language, spec.title) == offer.title)
        .map(|spec| spec.trade)
}

fn specs(house: House) -> &'static [Spec] {
    match house {
        House::Careers => &careers::SPECS,
        House::Agency => &agency::SPECS,
    }
}

fn written(house: House) -> Vec<Offer> {
    specs(house)
        .iter()
        .enumerate()
        .map(|(nth, spec)| write(house, nth, spec))
        .collect()
}

fn write(house: House, nth: usize, spec: &Spec) -> Offer {
    let set = |text: &str| typeset(spec.language, text);
    Offer {
        language: spec.language,
        title: set(spec.title),
        summary: set(spec.summary),
        description: set(&description(house, nth, spec)),
        next_steps: set(&next_steps(house, spec)),
        place: set(spec.place),
        country: spec.country.to_owned(),
        contract: spec.contract,
        remote: spec.remote,
        salary_min: spec.pay.range.map(|(min, _)| min),
        salary_max: spec.pay.range.map(|(_, max)| max),
        salary_period: spec.pay.period,
        currency: spec.pay.currency,
    }
}

fn description(house: House, nth: usize, spec: &Spec) -> String {
    let pieces = spec.trade.pieces(spec.language);
    let missions = [
        spec.own,
        &turned(&pieces.missions, nth, 4_usize.saturating_sub(spec.own.len())),
    ]
    .concat();
    // Who learns isn't asked for a diploma or for experience.
    let profile = if matches!(spec.contract, Contract::Apprenticeship | Contract::Internship) {
        learner(spec.language).to_vec()
    } else if !spec.asks.is_empty() {
        spec.asks.to_vec()
    } else {
        [&pieces.profile[..1], &turned(&pieces.profile[1..], nth, 2)].concat()
    };
    let mut gains = turned(benefits(house, spec), nth, 2);
    gains.extend(rhythm(spec));
    let [first, tasks, you, we] = headings(house, spec.language);
    let mut text = String::new();
    if let Some(first) = first {
        text.push_str(&format!("## {first}\n\n"));
    }
    text.push_str(spec.about);
    for (heading, items) in [(tasks, missions), (you, profile), (we, gains)] {
        text.push_str(&format!("\n\n## {}\n", heading.unwrap_or_default()));
        for item in items {
            text.push_str(&format!("\n- {item}"));
        }
    }
    text.push('\n');
    text
}

/// So many of the items, beginning at another one for each offer, so that offers of one trade differ.
fn turned(items: &[&'static str], nth: usize, count: usize) -> Vec<&'static str> {
    items
        .iter()
        .cycle()
        .skip(nth % items.len().max(1))
        .take(count.min(items.len()))
        .copied()
        .collect()
}

/// Of the place, the tasks, the person, the terms.
fn headings(house: House, language: Locale) -> [Option<&'static str>; 4] {
    match (house, language) {
        (House::Careers, Locale::Fr) => [
            Some("Le poste"),
            Some("Vos missions"),
            Some("Votre profil"),
            Some("Ce que nous vous proposons"),
        ],
        (House::Careers, Locale::En) => [
            Some("The job"),
            Some("What you will do"),
            Some("What you bring"),
            Some("What we offer"),
        ],
        (House::Agency, Locale::Fr) => [
            Some("Notre client"),
            Some("Le travail"),
            Some("Vous"),
            Some("Les conditions"),
        ],
        (House::Agency, Locale::En) => [
            Some("Our client"),
            Some("The work"),
            Some("You"),
            Some("The terms"),
        ],
    }
}

const fn learner(language: Locale) -> [&'static str; 3] {
    match language {
        Locale::Fr => [
            "L’envie d’apprendre : aucune expérience n’est demandée",
            "De la curiosité, et le réflexe de poser la question avant le geste",
            "De la ponctualité, car l’équipe vous attend pour partir",
        ],
        Locale::En => [
            "The wish to learn: no experience is asked for",
            "Curiosity, and the habit of asking first",
            "Punctuality, since the team waits for you",
        ],
    }
}

fn benefits(house: House, spec: &Spec) -> &'static [&'static str] {
    match (house, spec.language, spec.contract) {
        (_, Locale::Fr, Contract::Apprenticeship | Contract::Internship) => &[
            "Un logement d’appoint pendant le premier mois, si vous venez de loin",
            "Le remboursement de 75 % de l’abonnement de transport",
            "Le restaurant d’entreprise ou des titres-repas, comme pour toute l’équipe",
        ],
        (_, Locale::Fr, Contract::Freelance) => &[
            "Des missions fixées par écrit avant de commencer",
            "Un accès aux outils et aux archives dès le premier jour",
        ],
        (_, Locale::En, Contract::Freelance) => &[
            "Invoices paid within fifteen days",
            "A written brief before each stage, and one person to ask",
        ],
        (_, Locale::Fr, Contract::Temporary) => &[
            "Des indemnités de fin de mission et de congés payés de 10 % chacune",
            "Les déplacements et l’hébergement pris en charge au-delà de 50 km",
            "Un équipement de protection neuf, à votre taille",
        ],
        (House::Careers, Locale::Fr, _) => &[
            "Un treizième mois et une participation aux résultats",
            "Une mutuelle prise en charge à 70 %, étendue à la famille",
            "Cinq jours de formation par an, choisis avec vous",
            "Le remboursement de 75 % de l’abonnement de transport, ou le forfait vélo",
            "Un parrainage pendant les six premiers mois",
        ],
        (House::Careers, Locale::En, _) => &[
            "Five days of training a year, chosen with you",
            "A company pension and health cover for the family",
            "Language lessons during working hours",
            "A travel pass or a bicycle allowance",
        ],
        (House::Agency, Locale::Fr, _) => &[
            "Une mutuelle et une prévoyance prises en charge à 60 %",
            "Une reprise de l’ancienneté selon la convention collective",
            "Des titres-repas ou une cantine sur place",
            "Une période d’accueil d’un mois, en double chaque fois que possible",
        ],
        (House::Agency, Locale::En, _) => &[
            "Health insurance and meal vouchers",
            "A month of induction with a named colleague",
            "Help with moving, and with French lessons if you need them",
        ],
    }
}

/// The days and hours, which one wants to know.
fn rhythm(spec: &Spec) -> Option<&'static str> {
    let fr = spec.language == Locale::Fr;
    Some(match (spec.remote, spec.trade) {
        _ if matches!(spec.contract, Contract::Freelance) => return None,
        (Remote::Partial, _) if fr => "Deux jours de télétravail par semaine, dès la fin du premier mois",
        (Remote::Partial, _) => "Two days a week from home, after the first month",
        (Remote::Full, _) if fr => {
            "Un équipement complet à domicile, et vos trajets remboursés lors des rencontres"
        }
        (Remote::Full, _) => "Equipment for your home, and travel paid when the team meets",
        (Remote::None, Trade::Nursing) if fr => "Des horaires connus huit semaines à l’avance",
        (Remote::None, trade) if trade.is_on_site() && fr => {
            "Les heures supplémentaires payées ou récupérées, au choix"
        }
        (Remote::None, trade) if trade.is_on_site() => "Overtime paid or taken as time off, as you choose",
        (Remote::None, _) if fr => "Une semaine de 37 heures et onze jours de repos par an",
        (Remote::None, _) => "A 38-hour week and 30 days of leave",
    })
}

/// One step a line.
fn next_steps(house: House, spec: &Spec) -> String {
    let steps: [&str; 4] = match (house, spec.language, spec.trade.is_on_site()) {
        (House::Careers, Locale::Fr, true) => [
            "Nous lisons votre candidature : réponse sous dix jours ouvrés, quelle qu’elle soit.",
            "Un appel de vingt minutes pour vérifier que le poste vous convient.",
            "Une visite sur place et un échange avec l’équipe, frais de déplacement remboursés.",
            "Une réponse motivée dans la semaine, décidée et signée par une personne.",
        ],
        (House::Careers, Locale::Fr, false) => [
            "Nous lisons votre candidature : réponse sous dix jours ouvrés, quelle qu’elle soit.",
            "Un appel de trente minutes avec le service recrutement.",
            "Un entretien avec votre responsable et une personne de l’équipe.",
            "Une réponse motivée dans la semaine, décidée et signée par une personne.",
        ],
        (House::Careers, Locale::En, true) => [
            "We read your application and answer within ten working days, whatever the answer.",
            "A call of twenty minutes to see whether the job suits you.",
            "A visit on site with the team; we pay for the journey.",
            "A reasoned answer within a week, decided and signed by a person.",
        ],
        (House::Careers, Locale::En, false) => [
            "We read your application and answer within ten working days, whatever the answer.",
            "A call of thirty minutes with the recruitment department.",
            "An interview with your manager and a member of the team.",
            "A reasoned answer within a week, decided and signed by a person.",
        ],
        (House::Agency, Locale::Fr, _) => [
            "Le cabinet lit votre candidature : première réponse sous cinq jours ouvrés.",
            "Un entretien d’une heure avec la personne chargée de l’offre, sur place ou à distance.",
            "Si l’offre vous convient, nous convenons d’un rendez-vous chez notre client ; votre dossier, lui, reste chez nous.",
            "Une rencontre avec le client, où vous emportez ce que vous voulez montrer, puis sa décision, que nous vous expliquons.",
        ],
        (House::Agency, Locale::En, _) => [
            "The firm reads your application and answers within five working days.",
            "An interview of one hour with the consultant in charge, here or by video.",
            "If the job suits you, we arrange a day for you at our client’s; your file itself stays with us.",
            "A meeting with the client, to which you bring what you wish to show, then a decision that we explain to you.",
        ],
    };
    steps.join("\n")
}
