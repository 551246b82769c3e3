-- Applications. An application's id is its dossier's. Without a vacancy it is unsolicited.
CREATE TABLE applications (
    id           TEXT PRIMARY KEY,
    person       TEXT NOT NULL,
    vacancy      TEXT,
    recruiter    TEXT,
    purpose      TEXT NOT NULL,
    source       TEXT NOT NULL,
    language     TEXT NOT NULL,
    stage        TEXT NOT NULL,
    stage_since  BIGINT NOT NULL,
    submitted_at BIGINT NOT NULL,
    read_at      BIGINT
);
CREATE INDEX applications_newest ON applications (submitted_at, id);
CREATE INDEX applications_vacancy ON applications (vacancy, submitted_at, id);
CREATE INDEX applications_stage ON applications (stage, submitted_at, id);
CREATE INDEX applications_person ON applications (person);

-- What the form asked besides who: motivation, subject, whatever the charter declares.
CREATE TABLE application_answers (
    id          TEXT PRIMARY KEY,
    application TEXT NOT NULL,
    field       TEXT NOT NULL,
    value       BLOB NOT NULL
);
CREATE INDEX application_answers_of ON application_answers (application);

-- What happened, in order: the history that the person reads too.
CREATE TABLE application_steps (
    application TEXT NOT NULL,
    nth         BIGINT NOT NULL,
    stage       TEXT NOT NULL,
    at          BIGINT NOT NULL,
    staff       TEXT,
    PRIMARY KEY (application, nth)
) WITHOUT ROWID;
