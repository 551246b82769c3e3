-- A right that somebody exercises: a dossier of its own, with its own copy of who asks. `way` is how it came;
-- `first_due_at` is the first moment at which the charter's deadline has passed, `due_at` the same once it was extended.
CREATE TABLE rights_requests (
    id              TEXT PRIMARY KEY,
    person          TEXT NOT NULL,
    kind            TEXT NOT NULL,
    way             TEXT NOT NULL,
    state           TEXT NOT NULL,
    language        TEXT NOT NULL,
    received_at     BIGINT NOT NULL,
    first_due_at    BIGINT NOT NULL,
    due_at          BIGINT NOT NULL,
    extended_at     BIGINT,
    ended_at        BIGINT,
    handled_by      TEXT,
    given_name      BLOB,
    family_name     BLOB,
    email           BLOB,
    message         BLOB,
    charter_version BIGINT NOT NULL
);
CREATE INDEX rights_requests_person ON rights_requests (person, received_at);
CREATE INDEX rights_requests_open ON rights_requests (due_at, id) WHERE ended_at IS NULL;
CREATE INDEX rights_requests_ended ON rights_requests (ended_at, id) WHERE ended_at IS NOT NULL;

-- What was done about it, in which role, with which words.
CREATE TABLE rights_steps (
    id              TEXT PRIMARY KEY,
    request         TEXT NOT NULL,
    step            TEXT NOT NULL,
    at              BIGINT NOT NULL,
    staff           TEXT,
    role            TEXT,
    text            BLOB,
    charter_version BIGINT NOT NULL
);
CREATE INDEX rights_steps_request ON rights_steps (request);

-- A consent: to a dossier's purpose as a whole, or to one field that might have been left out. Withdrawn, it stays as
-- long as its dossier does.
CREATE TABLE consents (
    id              TEXT PRIMARY KEY,
    dossier         TEXT NOT NULL,
    purpose         TEXT NOT NULL,
    field           TEXT,
    given_at        BIGINT NOT NULL,
    renewed_at      BIGINT,
    withdrawn_at    BIGINT,
    charter_version BIGINT NOT NULL
);
CREATE INDEX consents_dossier ON consents (dossier);

-- Of what was given before consents were written down, those that stand.
INSERT INTO consents (id, dossier, purpose, field, given_at, charter_version)
    SELECT d.id, d.id, d.purpose, NULL, m.at, d.charter_version FROM moments m JOIN dossiers d ON d.id = m.dossier
    WHERE m.event = 'consent_given' AND d.id <> d.person
    AND NOT EXISTS (SELECT 1 FROM moments w WHERE w.dossier = m.dossier AND w.event = 'withdrawn' AND w.at >= m.at);

-- What somebody objects to, until they say otherwise.
CREATE TABLE objections (
    person  TEXT NOT NULL,
    purpose TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (person, purpose)
);
