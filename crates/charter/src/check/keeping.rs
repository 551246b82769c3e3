//! Owns: checks of retentions. Doesn't own: what processors keep (`sending`).

use super::{Checker, Level, law::Named};
use crate::{
    model::{Purpose, Retention},
    vocabulary::{Action, BasisKind, Category, Duty, OnSilence, People, PurposeKind, Trigger},
};

impl Checker<'_> {
    pub(super) fn keeping(&mut self) {
        let charter = self.charter;
        for retention in charter.retentions() {
            let users: Vec<&Purpose> = charter
                .purposes()
                .iter()
                .filter(|purpose| purpose.retention.contains(&retention.name))
                .collect();
            self.used(retention, &users);
            self.starts(retention);
            self.ends(retention);
            self.narrow(retention, &users);
            self.silence(retention, &users);
            self.ceiling(retention, &users);
        }
    }

    fn used(&mut self, retention: &Retention, users: &[&Purpose]) {
        let charter = self.charter;
        let elsewhere = (charter.copies().iter().map(|copy| &copy.retention))
            .chain(charter.shares().iter().map(|share| &share.retention))
            .any(|names| names.contains(&retention.name));
        if users.is_empty() && !elsewhere {
            let (fr, en) = (
                "Aucune finalité, copie ni transmission n’utilise cette durée : nommez-la dans l’une d’elles, ou retirez-la.",
                "No purpose, copy or sharing uses this retention: name it in one, or take it out.",
            );
            self.add(Level::Warning, "retention.unused", &retention.rule, None, fr, en);
        }
    }

    fn starts(&mut self, retention: &Retention) {
        if retention.from.is_empty() {
            let cite = Some(("RGPD, art. 5(1)(e)", "GDPR, art. 5(1)(e)"));
            let (fr, en) = (
                "Rien ne dit à partir de quoi cette durée se compte : nommez un événement dans « from ».",
                "Nothing says from what this period counts: name an event in “from”.",
            );
            self.add(Level::Error, "retention.no-start", &retention.rule, cite, fr, en);
        }
    }

    /// Setting apart is no end: it says for how long.
    fn ends(&mut self, retention: &Retention) {
        let cite = Some(("RGPD, art. 5(1)(e)", "GDPR, art. 5(1)(e)"));
        let set_apart = matches!(retention.then, Action::Archive | Action::Restrict);
        let asked = retention.then == Action::AskRenewal && retention.ask.is_none();
        if set_apart && retention.archive.is_none() && retention.min.is_none() {
            let fr = "Mettre à part n’est pas une fin : dites pour combien de temps (archive ou min), ou then = \"erase\".";
            let en = "Setting apart is no end: say for how long (archive or min), or then = \"erase\".";
            self.add(Level::Error, "retention.endless", &retention.rule, cite, fr, en);
        }
        if asked {
            let fr = "Dites ce que le silence signifie : ask = { silence_after = \"P1M\", on_silence = \"erase\" }.";
            let en = "Say what silence means: ask = { silence_after = \"P1M\", on_silence = \"erase\" }.";
            self.add(Level::Error, "retention.endless", &retention.rule, cite, fr, en);
        }
        let apart = [
            retention.min.as_ref().map(|floor| floor.period),
            retention.archive.as_ref().map(|archive| archive.period),
        ];
        self.kept_within(Named::Longest, "retention.too-long", retention);
        for period in apart.into_iter().flatten() {
            self.within(Named::Longest, "retention.too-long", &retention.rule, period);
        }
        if let Some(archive) = &retention.archive {
            self.within(
                Named::Claims,
                "retention.archive-too-long",
                &retention.rule,
                archive.period,
            );
        }
    }

    /// A floor or an archive restricts: it holds no more than the purposes do, and nobody goes on using it.
    fn narrow(&mut self, retention: &Retention, users: &[&Purpose]) {
        let charter = self.charter;
        let rule = &retention.rule;
        let cite = Some((
            "RGPD, art. 5(1)(b) et (e) et 18",
            "GDPR, art. 5(1)(b) and (e) and 18",
        ));
        let floor = retention
            .min
            .as_ref()
            .map(|floor| (&floor.fields, &floor.readers));
        let archive = retention
            .archive
            .as_ref()
            .map(|archive| (&archive.fields, &archive.readers));
        for (fields, readers) in floor.into_iter().chain(archive) {
            for field in fields {
                if !users
                    .iter()
                    .any(|purpose| purpose.field_names().any(|name| name == field))
                {
                    let fr =
                        format!("« {field} » n’est gardé par aucune finalité de cette durée : retirez-le.");
                    let en = format!("No purpose of this retention holds “{field}”: take it out.");
                    self.add(Level::Error, "retention.floor-widens", rule, cite, fr, en);
                }
            }
            let using = [Duty::Recruit, Duty::Decide, Duty::Sell, Duty::Publish];
            for role in readers.iter().filter_map(|name| charter.role(name)) {
                if using.iter().any(|duty| role.has(*duty)) {
                    let name = &role.name;
                    let fr = format!(
                        "Ce qui est mis à part ne sert plus : « {name} » recrute, vend ou publie, retirez-le de « readers »."
                    );
                    let en = format!(
                        "What is set apart is no longer used: “{name}” recruits, sells or publishes, take it out of “readers”."
                    );
                    self.add(Level::Error, "retention.floor-widens", rule, cite, fr, en);
                }
            }
        }
        if retention
            .min
            .as_ref()
            .is_some_and(|floor| floor.fields.is_empty())
        {
            let fr = "Une obligation de garder porte sur quelques données : nommez ses « fields », par exemple la facture.";
            let en = "A duty to keep is about some of the data: name its “fields”, such as the invoice.";
            self.add(Level::Error, "retention.floor-whole", rule, cite, fr, en);
        }
        if retention
            .archive
            .as_ref()
            .is_some_and(|archive| archive.fields.is_empty())
        {
            let fr = "Une archive garde le strict nécessaire : nommez ses « fields », par exemple l’offre, la décision et les dates.";
            let en = "An archive keeps the least needed: name its “fields”, such as the vacancy, the decision and the dates.";
            self.add(Level::Error, "retention.archive-whole", rule, cite, fr, en);
        }
    }

    /// After a consent, silence erases.
    fn silence(&mut self, retention: &Retention, users: &[&Purpose]) {
        let consent = users.iter().any(|purpose| {
            matches!(
                purpose.basis.kind,
                BasisKind::Consent | BasisKind::ExplicitConsent
            )
        });
        if consent
            && retention
                .ask
                .is_some_and(|ask| ask.on_silence != OnSilence::Erase)
        {
            let cite = Some((
                "RGPD, art. 7 et considérant 32 ; CNIL, guide du recrutement, 30 janvier 2023",
                "GDPR, art. 7 and recital 32; CNIL, recruitment guide, 30 January 2023",
            ));
            let fr = "Le silence ne vaut pas consentement : on_silence = \"erase\".";
            let en = "Silence is no consent: on_silence = \"erase\".";
            self.add(
                Level::Error,
                "retention.silence-keeps",
                &retention.rule,
                cite,
                fr,
                en,
            );
        }
    }

    /// Which figure of the law applies follows from what the purpose is and whose data it uses.
    fn ceiling(&mut self, retention: &Retention, users: &[&Purpose]) {
        let any = |kinds: &[PurposeKind]| users.iter().any(|purpose| kinds.contains(&purpose.kind));
        if users.iter().any(|purpose| is_about_candidates(purpose)) {
            self.kept_within(Named::Candidate, "retention.too-long", retention);
        }
        if any(&[PurposeKind::ProspectB2b, PurposeKind::Promote]) {
            self.kept_within(Named::Prospect, "retention.too-long", retention);
        }
        if any(&[PurposeKind::AccountBooks]) {
            // What the law has kept stays under the floor when a clock ends before.
            let floor = retention.min.as_ref().map(|floor| floor.period);
            self.within(
                Named::Books,
                "retention.books",
                &retention.rule,
                floor.unwrap_or(retention.max),
            );
        }
        let idle = retention.from.contains(&Trigger::LastActivity);
        if any(&[PurposeKind::ManageAccount]) && idle {
            self.kept_within(Named::Account, "retention.too-long", retention);
        }
        if any(&[PurposeKind::Audience]) {
            self.kept_within(Named::AudienceData, "retention.figures", retention);
        }
        let connections = |kind: PurposeKind| {
            let mut users = users.iter().filter(|purpose| purpose.kind == kind);
            users.any(|purpose| {
                let mut fields = purpose.field_names().filter_map(|name| self.charter.field(name));
                fields.any(|field| field.category == Category::Connection)
            })
        };
        let (logs, traces) = (
            connections(PurposeKind::Secure),
            connections(PurposeKind::LegalDuty),
        );
        if logs {
            self.kept_within(Named::Logs, "retention.logs", retention);
        }
        if traces && retention.from.contains(&Trigger::Connection) {
            self.kept_within(Named::PublicationTraces, "retention.traces", retention);
        }
    }

    /// What is kept while an answer is awaited is kept.
    fn kept_within(&mut self, figure: Named, name: &'static str, retention: &Retention) {
        let silence = retention.ask.map(|ask| ask.silence_after);
        let parts: Vec<_> = std::iter::once(retention.max).chain(silence).collect();
        self.sum_within(figure, name, &retention.rule, &parts);
    }
}

/// Whether candidates' data are used for a recruitment, whatever the purpose is called; what has a figure of its own, or
/// rests on the law, isn't.
fn is_about_candidates(purpose: &Purpose) -> bool {
    use PurposeKind as Kind;
    let apart = [
        Kind::Secure,
        Kind::PreventFraud,
        Kind::ManageAccount,
        Kind::LegalDuty,
        Kind::AnswerRights,
        Kind::Audience,
        Kind::Improve,
        Kind::AccountBooks,
        Kind::Newsletter,
        Kind::Promote,
        Kind::Backup,
    ];
    let candidates = [People::Candidate, People::SourcedCandidate, People::TalentPool];
    let theirs = purpose.people.iter().any(|people| candidates.contains(people));
    purpose.kind.is_recruitment() || (theirs && !apart.contains(&purpose.kind))
}
