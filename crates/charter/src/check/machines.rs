//! Owns: checks of machines' judgement and of training on data. Doesn't own: what is sent to them (`sending`).

use kernel::Word as _;

use super::{Checker, Level, data::PROTECTED, law::Named};
use crate::{
    model::{Ai, Purpose},
    vocabulary::{AiTask, BasisKind, Category, Human, Objection, PurposeKind, Training},
};

/// The purposes that a machine's recommendations serve.
const RECOMMENDS: [PurposeKind; 3] = [
    PurposeKind::RecommendJobs,
    PurposeKind::RecommendProfiles,
    PurposeKind::Personalise,
];

impl Checker<'_> {
    pub(super) fn machines(&mut self) {
        let charter = self.charter;
        for ai in charter.ai() {
            self.serves(ai);
            self.weighs(ai);
            if self.is_score(ai) {
                self.scores(ai);
            }
            if let Some(log) = ai.log {
                self.within(Named::AiLog, "ai.log-too-short", &ai.rule, log);
            }
        }
        self.judged();
        self.training();
    }

    /// Whether it judges people for a job: it estimates suitability, or orders profiles for those who recruit.
    fn is_score(&self, ai: &Ai) -> bool {
        let charter = self.charter;
        match ai.task {
            AiTask::Suitability => true,
            AiTask::Recommend => {
                let mut fed = charter
                    .purposes()
                    .iter()
                    .filter(|one| RECOMMENDS.contains(&one.kind));
                charter.offers(PurposeKind::RecommendProfiles) || fed.any(|purpose| self.is_scored(purpose))
            }
            _ => false,
        }
    }

    fn is_scored(&self, purpose: &Purpose) -> bool {
        let mut fields = purpose.field_names().filter_map(|name| self.charter.field(name));
        fields.any(|field| field.category == Category::MatchScore)
    }

    /// What machines judge people by holds no protected ground, nor do the groups they are put into; and a score has the
    /// rule that says who makes it.
    fn judged(&mut self) {
        let charter = self.charter;
        let cite = Some(("Code du travail, art. L1132-1", "Code du travail, art. L1132-1"));
        let declared = charter.ai().iter().any(|ai| self.is_score(ai));
        for purpose in charter.purposes() {
            let judges = RECOMMENDS.contains(&purpose.kind)
                || matches!(purpose.kind, PurposeKind::Screen | PurposeKind::TrainAi);
            let weighed = purpose
                .field_names()
                .filter(|_| judges)
                .map(|name| (name, "fields"));
            let groups = purpose.groups_by.iter().map(|name| (name.as_str(), "groups_by"));
            for (name, key) in weighed.chain(groups) {
                if charter
                    .field(name)
                    .is_some_and(|field| PROTECTED.contains(&field.category))
                {
                    let fr = format!(
                        "« {name} » relève d’un motif protégé : personne n’est jugé ni groupé d’après lui, retirez-le de « {key} »."
                    );
                    let en = format!(
                        "“{name}” is a protected ground: nobody is judged or put into a group by it, take it out of “{key}”."
                    );
                    self.add(Level::Error, "ai.protected", &purpose.rule, cite, fr, en);
                }
            }
            if self.is_scored(purpose) && !declared {
                let cite = Some(("RGPD, art. 13(2)(f) et 35", "GDPR, art. 13(2)(f) and 35"));
                let word = AiTask::Suitability.word();
                let fr = format!(
                    "Une note d’adéquation que nulle règle n’établit : déclarez [ai.{word}], ou retirez-la."
                );
                let en = format!(
                    "A score of suitability that no rule makes: declare [ai.{word}], or take it out."
                );
                self.add(Level::Error, "ai.score-undeclared", &purpose.rule, cite, fr, en);
            }
        }
    }

    fn serves(&mut self, ai: &Ai) {
        let kinds: &[PurposeKind] = match ai.task {
            AiTask::Recommend => &RECOMMENDS,
            _ => &[PurposeKind::Screen],
        };
        if !kinds.iter().any(|kind| self.charter.offers(*kind)) {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
            let words = words.join(", ");
            let fr = format!("Une aide automatique sans finalité qu’elle serve ({words}) : déclarez-la.");
            let en = format!("A machine helps without a purpose that it serves ({words}): declare it.");
            self.add(Level::Error, "ai.no-purpose", &ai.rule, None, fr, en);
        }
        if ai.train_on != Training::Never && !self.charter.offers(PurposeKind::TrainAi) {
            let word = PurposeKind::TrainAi.word();
            let cite = Some(("RGPD, art. 5(1)(b)", "GDPR, art. 5(1)(b)"));
            let fr = format!("Entraîner un modèle est une finalité : déclarez [purpose.{word}].");
            let en = format!("To train a model is a purpose: declare [purpose.{word}].");
            self.add(Level::Error, "ai.trains", &ai.rule, cite, fr, en);
        }
    }

    fn weighs(&mut self, ai: &Ai) {
        let charter = self.charter;
        for field in ai.uses.iter().filter_map(|name| charter.field(name)) {
            let name = &field.name;
            if PROTECTED.contains(&field.category) {
                let cite = Some(("Code du travail, art. L1132-1", "Code du travail, art. L1132-1"));
                let fr = format!(
                    "« {name} » relève d’un motif protégé : aucune machine ne le prend en compte, retirez-le de « uses »."
                );
                let en =
                    format!("“{name}” is a protected ground: no machine weighs it, take it out of “uses”.");
                self.add(Level::Error, "ai.protected", &ai.rule, cite, fr, en);
            }
            if !charter.fields().any(|used| used.name == *name) {
                let cite = Some(("RGPD, art. 5(1)(b) et (c)", "GDPR, art. 5(1)(b) and (c)"));
                let fr = format!("« {name} » n’est utilisé par aucune finalité : retirez-le de « uses ».");
                let en = format!("No purpose uses “{name}”: take it out of “uses”.");
                self.add(Level::Error, "ai.beyond-purpose", &ai.rule, cite, fr, en);
            }
        }
    }

    /// What judges people for a job profiles them: high risk (annex III(4)(a)), on the list of what needs an
    /// impact assessment.
    fn scores(&mut self, ai: &Ai) {
        let rule = &ai.rule;
        if !(ai.contest && ai.explain) {
            let cite = Some((
                "RGPD, art. 22(3) ; règlement (UE) 2024/1689, art. 86",
                "GDPR, art. 22(3); Regulation (EU) 2024/1689, art. 86",
            ));
            let fr =
                "Ce qui évalue des personnes se conteste et s’explique : contest = true, explain = true.";
            let en = "What judges people can be contested and is explained: contest = true, explain = true.";
            self.add(Level::Error, "ai.no-contest", rule, cite, fr, en);
        }
        if ai.human != Human::Decides {
            let cite = Some((
                "RGPD, art. 22 ; CJUE, C-634/21, 7 décembre 2023",
                "GDPR, art. 22; CJEU, C-634/21, 7 December 2023",
            ));
            let fr = "Une note dont dépend l’issue est déjà la décision : human = \"decides\".";
            let en = "A score on which the outcome depends is itself the decision: human = \"decides\".";
            self.add(Level::Error, "ai.nobody-decides", rule, cite, fr, en);
        }
        if ai.dpia.is_none() {
            let cite = Some((
                "RGPD, art. 35 ; CNIL, délibération n° 2018-327",
                "GDPR, art. 35; CNIL, deliberation 2018-327",
            ));
            let fr = "Ce qui évalue des personnes demande une analyse d’impact : dpia = \"documents/…\".";
            let en = "What judges people needs an impact assessment: dpia = \"documents/…\".";
            self.add(Level::Error, "ai.no-dpia", rule, cite, fr, en);
        }
        if ai.log.is_none() {
            let cite = Some((
                "Règlement (UE) 2024/1689, art. 26(6)",
                "Regulation (EU) 2024/1689, art. 26(6)",
            ));
            let fr = "Ce qui évalue des personnes tient un journal : log = \"P6M\" ou plus.";
            let en = "What judges people keeps a log: log = \"P6M\" or more.";
            self.add(Level::Error, "ai.no-log", rule, cite, fr, en);
        }
    }

    /// Training on a legitimate interest lets everybody out by a switch.
    fn training(&mut self) {
        let charter = self.charter;
        for purpose in charter.purposes_of(PurposeKind::TrainAi) {
            let interest = purpose.basis.kind == BasisKind::LegitimateInterest;
            if interest && purpose.objection != Objection::Switch {
                let cite = Some((
                    "RGPD, art. 21 ; CEPD, avis 28/2024",
                    "GDPR, art. 21; EDPB opinion 28/2024",
                ));
                let fr = "Entraîner un modèle sur un intérêt légitime laisse chacun s’y opposer d’un geste : objection = \"switch\".";
                let en = "Training a model on a legitimate interest lets everybody object by a switch: objection = \"switch\".";
                self.add(Level::Error, "train.no-objection", &purpose.rule, cite, fr, en);
            }
        }
    }
}
