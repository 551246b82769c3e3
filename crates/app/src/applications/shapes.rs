//! Owns: applications, their stages, decisions and documents as the API writes and reads them. Doesn't own: what is
//! shown of them (`guard`).

use charter::FileType;
use guard::{
    Person, Shown, Staff,
    decide::{self, Decided, Reason},
    files::Listed,
};
use kernel::{Id, Locale, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    model::{self, Next, Source, Stage, Step},
    service,
};
use crate::{
    Site,
    api::document::{id, id_or_null, word},
    vacancies::Vacancy,
};

/// An application in a list.
#[derive(Serialize, ToSchema)]
#[schema(as = Application)]
pub(super) struct Row {
    #[schema(schema_with = id)]
    id: Id<model::Application>,
    #[schema(schema_with = id)]
    person: Id<Person>,
    /// `null` when unsolicited.
    #[schema(schema_with = id_or_null, required)]
    vacancy: Option<Id<Vacancy>>,
    #[schema(schema_with = word::<Stage>)]
    stage: Stage,
    #[schema(format = DateTime)]
    stage_since: String,
    #[schema(format = DateTime)]
    submitted_at: String,
    /// Whole days at this stage; `null` when there is nothing to wait for.
    #[schema(required)]
    waiting_days: Option<i64>,
    /// By which way it came.
    #[schema(schema_with = word::<Source>)]
    source: Source,
    /// What is to be done next, by the house.
    #[schema(schema_with = word::<Next>)]
    next_action: Next,
    /// The language it was sent in.
    #[schema(schema_with = word::<Locale>)]
    language: Locale,
    /// `null` where the charter doesn't show it to the role, as for the three below.
    #[schema(value_type = Option<String>, required)]
    given_name: Option<Shown<String>>,
    #[schema(value_type = Option<String>, required)]
    family_name: Option<Shown<String>>,
    #[schema(value_type = Option<String>, required)]
    email: Option<Shown<String>>,
    #[schema(value_type = Option<String>, required)]
    phone: Option<Shown<String>>,
}

impl Row {
    pub(super) fn of(site: &Site, row: service::Row) -> Self {
        let application = row.application;
        Self {
            id: application.id,
            person: application.person,
            vacancy: application.vacancy,
            stage: application.stage,
            stage_since: application.stage_since.rfc3339(),
            submitted_at: application.submitted_at.rfc3339(),
            waiting_days: application.days_waiting(site.guard().now()),
            source: application.source,
            next_action: application.next(),
            language: application.language,
            given_name: row.person.given_name,
            family_name: row.person.family_name,
            email: row.person.email,
            phone: row.person.phone,
        }
    }
}

/// One application, with what it says.
#[derive(Serialize, ToSchema)]
#[schema(as = OpenedApplication)]
pub(super) struct Opened {
    application: Row,
    /// What the form asked besides who, by the charter's names.
    answers: Vec<Answer>,
    documents: Vec<Document>,
    history: Vec<Past>,
    /// When it is erased, as its clock stands.
    #[schema(required, format = DateTime)]
    kept_until: Option<String>,
}

/// An answer to a field of the charter.
#[derive(Serialize, ToSchema)]
struct Answer {
    field: String,
    #[schema(value_type = String)]
    value: Shown<String>,
}

/// A step of the history.
#[derive(Serialize, ToSchema)]
#[schema(as = Step)]
struct Past {
    #[schema(schema_with = word::<Stage>)]
    stage: Stage,
    #[schema(format = DateTime)]
    at: String,
    /// By whom of the staff; `null` when by the person.
    #[schema(schema_with = id_or_null, required)]
    staff: Option<Id<Staff>>,
}

impl Past {
    fn of(step: Step) -> Self {
        Self {
            stage: step.stage,
            at: step.at.rfc3339(),
            staff: step.staff,
        }
    }
}

impl Opened {
    pub(super) fn of(site: &Site, opened: service::Opened) -> Self {
        let answers = opened.held.answers.into_iter();
        Self {
            application: Row::of(site, opened.row),
            answers: answers.map(|(field, value)| Answer { field, value }).collect(),
            documents: opened
                .held
                .files
                .into_iter()
                .map(|file| Document::of(site, file))
                .collect(),
            history: opened.steps.into_iter().map(Past::of).collect(),
            kept_until: opened.until.map(|until| until.at.rfc3339()),
        }
    }
}

/// Where an application stands.
#[derive(Serialize, ToSchema)]
pub(super) struct Standing {
    #[schema(schema_with = id)]
    id: Id<model::Application>,
    #[schema(schema_with = word::<Stage>)]
    stage: Stage,
    #[schema(format = DateTime)]
    since: String,
    /// To which stages it may move; a refusal is none of them.
    #[schema(schema_with = crate::api::document::words::<Stage>)]
    moves: Vec<Stage>,
    history: Vec<Past>,
}

impl Standing {
    pub(super) fn of(application: &model::Application, steps: Vec<Step>) -> Self {
        Self {
            id: application.id,
            stage: application.stage,
            since: application.stage_since.rfc3339(),
            moves: application.stage.moves(),
            history: steps.into_iter().map(Past::of).collect(),
        }
    }
}

/// To which stage.
#[derive(Deserialize, ToSchema)]
pub(super) struct Move {
    #[schema(schema_with = word::<Stage>)]
    pub(super) stage: Stage,
}

/// A decision, and who made it.
#[derive(Serialize, ToSchema)]
pub(super) struct Decision {
    #[schema(schema_with = id)]
    id: Id<decide::Decision>,
    #[schema(schema_with = word::<decide::Kind>)]
    kind: decide::Kind,
    #[schema(schema_with = word::<Reason>)]
    reason: Reason,
    #[schema(schema_with = id)]
    staff: Id<Staff>,
    #[schema(format = DateTime)]
    made_at: String,
    /// Until when it can be undone; the person is told then.
    #[schema(format = DateTime)]
    undo_until: String,
    #[schema(required, format = DateTime)]
    undone_at: Option<String>,
}

impl Decision {
    pub(super) fn of(made: Decided) -> Self {
        Self {
            id: made.id,
            kind: made.kind,
            reason: made.reason,
            staff: made.staff,
            made_at: made.made_at.rfc3339(),
            undo_until: made.undo_until.rfc3339(),
            undone_at: made.undone_at.map(Timestamp::rfc3339),
        }
    }
}

/// A refusal that a program asks for.
#[derive(Deserialize, ToSchema)]
pub(super) struct Decide {
    #[schema(schema_with = word::<Reason>)]
    pub(super) reason: Reason,
}

/// A file that the person attached.
#[derive(Serialize, ToSchema)]
pub(super) struct Document {
    #[schema(schema_with = id)]
    id: Id<()>,
    /// The charter's field.
    field: String,
    /// What it is, by its bytes.
    #[schema(schema_with = word::<FileType>)]
    kind: FileType,
    bytes: u64,
    #[schema(value_type = String)]
    name: Shown<String>,
    /// Where to download it.
    url: String,
}

impl Document {
    pub(super) fn of(site: &Site, (file, name): (Listed, Shown<String>)) -> Self {
        Self {
            id: file.id.cast(),
            field: file.field,
            kind: file.kind,
            bytes: file.size,
            name,
            url: site.url(&format!("/api/v1/documents/{}", file.id)),
        }
    }
}
