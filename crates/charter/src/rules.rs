//! Owns: going over a charter whole: every rule, its prose, the purposes it is about. Doesn't own: look-ups by name
//! (`charter`).

use crate::{Charter, ClauseId, People, Purpose, PurposeKind, Rule, Text};

impl Charter {
    /// Every rule, section by section.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let once = [
            Some(&self.header.rule),
            Some(&self.controller.rule),
            self.rights.as_ref().map(|rights| &rights.rule),
            self.change.as_ref().map(|change| &change.rule),
            self.breach.as_ref().map(|breach| &breach.rule),
            self.sourcing.as_ref().map(|sourcing| &sourcing.rule),
            self.security.as_ref().map(|security| &security.rule),
            self.never.as_ref().map(|never| &never.rule),
        ];
        let rights = self.rights.iter().flat_map(|rights| &rights.offers);
        let moments = self.sourcing.iter().flat_map(|sourcing| &sourcing.at);
        let measures = self.security.iter().flat_map(|security| &security.measures);
        let never = self.never.iter().flat_map(|never| &never.rules);
        (once.into_iter().flatten())
            .chain(self.roles.iter().map(|role| &role.rule))
            .chain(
                self.fields
                    .iter()
                    .filter(|field| !field.built_in)
                    .map(|field| &field.rule),
            )
            .chain(self.purposes.iter().map(|purpose| &purpose.rule))
            .chain(self.forms.iter().map(|form| &form.rule))
            .chain(self.sources.iter().map(|source| &source.rule))
            .chain(self.retentions.iter().map(|retention| &retention.rule))
            .chain(self.processors.iter().map(|processor| &processor.rule))
            .chain(self.copies.iter().map(|copy| &copy.rule))
            .chain(self.shares.iter().map(|share| &share.rule))
            .chain(self.trackers.iter().map(|tracker| &tracker.rule))
            .chain(self.ai.iter().map(|ai| &ai.rule))
            .chain(rights.map(|item| &item.rule))
            .chain(moments.map(|item| &item.rule))
            .chain(measures.map(|item| &item.rule))
            .chain(never.map(|item| &item.rule))
            .chain(self.clauses.iter().map(|clause| &clause.rule))
    }

    /// The purposes that a clause is about; all of them for what holds for everybody.
    pub(crate) fn purposes_about(&self, clause: &ClauseId) -> Vec<&Purpose> {
        let id = clause.as_str();
        let (section, name) = id.split_once('.').unwrap_or((id, ""));
        let named = |names: &[String]| -> Vec<&Purpose> {
            names.iter().filter_map(|name| self.purpose(name)).collect()
        };
        let those = |test: &dyn Fn(&Purpose) -> bool| -> Vec<&Purpose> {
            self.purposes.iter().filter(|purpose| test(purpose)).collect()
        };
        match section {
            "purpose" => those(&|purpose| purpose.name == name),
            "form" => self
                .form(name)
                .map_or_else(Vec::new, |form| those(&|purpose| purpose.name == form.purpose)),
            "field" => those(&|purpose| purpose.field_names().any(|field| field == name)),
            "role" => those(&|purpose| purpose.readers.iter().any(|reader| reader.role == name)),
            "processor" => self
                .processor(name)
                .map_or_else(Vec::new, |one| named(&one.purposes)),
            "copy" => self
                .copies
                .iter()
                .find(|one| one.name == name)
                .map_or_else(Vec::new, |one| named(&one.of)),
            "share" => self
                .shares
                .iter()
                .find(|one| one.name == name)
                .map_or_else(Vec::new, |one| named(&one.purposes)),
            "source" => self
                .sources
                .iter()
                .find(|one| one.name == name)
                .map_or_else(Vec::new, |one| named(&one.purposes)),
            "retention" => self.kept_by(name),
            "ai" => those(&|purpose| {
                matches!(
                    purpose.kind,
                    PurposeKind::Screen
                        | PurposeKind::TrainAi
                        | PurposeKind::RecommendJobs
                        | PurposeKind::RecommendProfiles
                        | PurposeKind::Personalise
                )
            }),
            "tracker" => those(&|purpose| purpose.people.contains(&People::Visitor)),
            "clause" => self
                .clauses
                .iter()
                .find(|one| one.rule.clause == *clause && one.about != *clause)
                .map_or_else(Vec::new, |one| self.purposes_about(&one.about)),
            _ => self.purposes.iter().collect(),
        }
    }

    /// The purposes whose data a retention keeps, in themselves, in copies or with those they are shared with.
    fn kept_by(&self, retention: &str) -> Vec<&Purpose> {
        let names = |list: &[String]| list.iter().any(|name| name == retention);
        let copied = self
            .copies
            .iter()
            .filter(|one| names(&one.retention))
            .flat_map(|one| &one.of);
        let shared = self
            .shares
            .iter()
            .filter(|one| names(&one.retention))
            .flat_map(|one| &one.purposes);
        let elsewhere: Vec<&String> = copied.chain(shared).collect();
        let keeps = |purpose: &&Purpose| names(&purpose.retention) || elsewhere.contains(&&purpose.name);
        self.purposes.iter().filter(keeps).collect()
    }

    /// The charter's own words within rules, each with its rule: titles, explanations, hints.
    pub(crate) fn prose(&self) -> impl Iterator<Item = (&Rule, &Text)> {
        let fields = self.fields.iter().filter(|field| !field.built_in);
        let fields = fields.flat_map(|field| {
            let texts = [Some(&field.label), Some(&field.why), field.hint.as_ref()];
            let choices = field.choices.iter().map(|choice| &choice.label);
            let texts = texts.into_iter().flatten().chain(choices);
            texts.map(|text| (&field.rule, text))
        });
        let purposes = self.purposes.iter().flat_map(|one| {
            let bases = std::iter::once(&one.basis).chain(&one.optional_basis);
            let interests = bases.filter_map(|basis| basis.interest.as_ref());
            let lists = one.communication.lists.iter().map(|list| &list.label);
            let texts = one.title.iter().chain(&one.about).chain(interests).chain(lists);
            texts.map(|text| (&one.rule, text))
        });
        let forms = self.forms.iter().flat_map(|form| {
            let fields = form.fields.iter().flat_map(|field| {
                let choices = field.choices.iter().map(|choice| &choice.label);
                std::iter::once(&field.label).chain(&field.hint).chain(choices)
            });
            fields.chain(&form.title).map(|text| (&form.rule, text))
        });
        let header = self.header.scope.iter().chain(&self.header.annexed_to);
        let scope = header.map(|text| (&self.header.rule, text));
        let roles = self.roles.iter().map(|role| (&role.rule, &role.label));
        let stated = self
            .rules()
            .filter_map(|rule| Some((rule, rule.attest.as_ref()?.says.as_ref()?)));
        let reasons = self
            .rules()
            .filter_map(|rule| Some((rule, rule.reason.as_ref()?)));
        fields
            .chain(purposes)
            .chain(forms)
            .chain(scope)
            .chain(roles)
            .chain(stated)
            .chain(reasons)
            .chain(
                self.retentions
                    .iter()
                    .filter_map(|one| Some((&one.rule, one.label.as_ref()?))),
            )
            .chain(self.processors.iter().flat_map(|one| {
                one.about
                    .iter()
                    .chain(&one.takes_itself)
                    .map(|text| (&one.rule, text))
            }))
            .chain(
                self.copies
                    .iter()
                    .filter_map(|one| Some((&one.rule, one.about.as_ref()?))),
            )
            .chain(self.shares.iter().flat_map(|one| {
                let interest = one.basis.iter().filter_map(|basis| basis.interest.as_ref());
                let texts = one
                    .about
                    .iter()
                    .chain(&one.entity)
                    .chain(&one.contact)
                    .chain(interest);
                texts.map(|text| (&one.rule, text))
            }))
            .chain(
                self.sources
                    .iter()
                    .flat_map(|one| one.about.iter().chain(&one.entity).map(|text| (&one.rule, text))),
            )
            .chain(self.trackers.iter().map(|one| (&one.rule, &one.about)))
    }
}
