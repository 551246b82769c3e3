//! Owns: checks of processors. Doesn't own: prohibitions that they might break (`never`), sharings (`sharing`).

use kernel::Word as _;

use super::{Checker, Level};
use crate::{
    model::{Keep, Processor, Rule, What},
    render::in_eea,
    vocabulary::{PurposeKind, Receives, Service, Transfer},
};

impl Checker<'_> {
    pub(super) fn sending(&mut self) {
        let charter = self.charter;
        for processor in charter.processors() {
            self.receives(processor);
            self.where_and_how(processor);
        }
        self.services();
    }

    fn receives(&mut self, processor: &Processor) {
        let rule = &processor.rule;
        let personal = processor.receives != What::Shape(Receives::NothingPersonal);
        if processor.purposes.is_empty() && personal {
            let cite = Some(("RGPD, art. 28(3)", "GDPR, art. 28(3)"));
            let (fr, en) = (
                "Dites à quelles finalités il sert : purposes.",
                "Say which purposes it serves: purposes.",
            );
            self.add(Level::Gap, "processor.no-purpose", rule, cite, fr, en);
        }
        let What::Fields(fields) = &processor.receives else {
            return;
        };
        for field in fields {
            let charter = self.charter;
            let mut served = processor.purposes.iter().filter_map(|name| charter.purpose(name));
            if !served.any(|purpose| purpose.field_names().any(|name| name == field)) {
                let cite = Some(("RGPD, art. 5(1)(b) et (c)", "GDPR, art. 5(1)(b) and (c)"));
                let fr = format!("Il reçoit « {field} », qu’aucune de ses finalités n’utilise : retirez-le.");
                let en = format!("It receives “{field}”, which none of its purposes uses: take it out.");
                self.add(Level::Error, "processor.receives-uncollected", rule, cite, fr, en);
            }
            if processor.must_not_receive.contains(field) {
                let fr = format!("« {field} » figure dans receives et dans must_not_receive : choisissez.");
                let en = format!("“{field}” stands in receives and in must_not_receive: choose.");
                self.add(Level::Error, "processor.contradiction", rule, None, fr, en);
            }
        }
    }

    fn where_and_how(&mut self, processor: &Processor) {
        let rule = &processor.rule;
        let personal = processor.receives != What::Shape(Receives::NothingPersonal);
        if processor.storage.is_empty() && personal {
            let cite = Some(("RGPD, art. 13(1)(f)", "GDPR, art. 13(1)(f)"));
            let (fr, en) = (
                "Dites dans quels pays il enregistre les données : storage.",
                "Say in which countries it stores the data: storage.",
            );
            self.add(Level::Gap, "processor.no-country", rule, cite, fr, en);
        }
        let outside = processor
            .storage
            .iter()
            .chain(&processor.transit)
            .find(|code| !in_eea(code));
        if let Some(code) = outside
            && personal
            && processor.transfer == Transfer::None
        {
            let cite = Some(("RGPD, art. 44 à 46", "GDPR, art. 44 to 46"));
            let fr = format!(
                "Les données sortent de l’Espace économique européen ({code}) : dites sur quelle base dans « transfer »."
            );
            let en =
                format!("Data leave the European Economic Area ({code}): say on which basis in “transfer”.");
            self.add(Level::Error, "processor.no-transfer-basis", rule, cite, fr, en);
        }
        let countries = processor.storage.iter().chain(&processor.transit);
        self.transfer_holds(rule, processor.transfer, countries);
        if personal && processor.keeps != Keep::Nothing && processor.deletion.is_none() {
            let cite = Some(("RGPD, art. 17(1) et 28(3)(g)", "GDPR, art. 17(1) and 28(3)(g)"));
            let fr = "Dites comment ce qu’il garde s’efface : deletion = \"api\", \"cascade\", \"ttl\", \"count\" ou \"manual\".";
            let en = "Say how what it keeps is erased: deletion = \"api\", \"cascade\", \"ttl\", \"count\" or \"manual\".";
            self.add(Level::Gap, "processor.no-deletion", rule, cite, fr, en);
        }
        if processor.entity.is_some() && personal && processor.contract.is_none() {
            let cite = Some(("RGPD, art. 28(3)", "GDPR, art. 28(3)"));
            let (fr, en) = (
                "Indiquez où se trouve le contrat : contract.",
                "Say where the contract is: contract.",
            );
            self.add(Level::Gap, "processor.no-contract", rule, cite, fr, en);
        }
    }

    /// A decision of the Commission covers the countries it names.
    pub(super) fn transfer_holds<'s>(
        &mut self,
        rule: &Rule,
        transfer: Transfer,
        mut countries: impl Iterator<Item = &'s String>,
    ) {
        let Some(law) = &self.law else { return };
        let covered = match transfer {
            Transfer::Adequacy => [&law.adequate[..], &law.framework[..]].concat(),
            Transfer::Dpf => law.framework.clone(),
            Transfer::None | Transfer::Scc | Transfer::Bcr => return,
        };
        let outside = countries.find(|code| !in_eea(code) && !covered.contains(code));
        if let Some(code) = outside {
            let cite = Some(("RGPD, art. 45", "GDPR, art. 45"));
            let word = transfer.word();
            let fr = format!(
                "« {word} » ne couvre pas ce pays ({code}) d’après le fichier de droit : prenez une autre base dans « transfer »."
            );
            let en = format!(
                "“{word}” doesn’t cover this country ({code}) according to the law file: take another basis in “transfer”."
            );
            self.add(Level::Error, "transfer.not-covered", rule, cite, fr, en);
        }
    }

    /// A site needs a place to stand and a way to answer.
    fn services(&mut self) {
        let charter = self.charter;
        let has = |service: Service| {
            charter
                .processors()
                .iter()
                .any(|processor| processor.service == service)
        };
        let cite = Some(("RGPD, art. 13(1)(e)", "GDPR, art. 13(1)(e)"));
        if !has(Service::Hosting) {
            let service = Service::Hosting.word();
            let fr = format!(
                "Dites qui héberge le site : un processor « {service} » (entity = \"controller\" si c’est vous)."
            );
            let en = format!(
                "Say who hosts the site: a processor “{service}” (entity = \"controller\" if it is you)."
            );
            self.absent(Level::Gap, "processor.no-hosting", "processor", cite, fr, en);
        }
        let answers = [
            PurposeKind::Apply,
            PurposeKind::ApplyUnsolicited,
            PurposeKind::AnswerContact,
        ];
        if answers.into_iter().any(|kind| charter.offers(kind)) && !has(Service::Mail) {
            let service = Service::Mail.word();
            let fr = format!(
                "Sans processor « {service} », aucun e-mail ne peut partir, ni confirmation ni réponse : ajoutez-en un (entity = \"controller\" si c’est votre serveur)."
            );
            let en = format!(
                "Without a processor “{service}” no e-mail can leave, neither confirmation nor answer: add one (entity = \"controller\" if it is your server)."
            );
            self.absent(Level::Gap, "processor.no-mail", "processor", cite, fr, en);
        }
    }
}
