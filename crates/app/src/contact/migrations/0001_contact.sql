-- Messages of the contact form. A message's id is its dossier's. `client_since`: it is a client's request, by what the
-- form said or because a reader passed it on.
CREATE TABLE contact_messages (
    id           TEXT PRIMARY KEY,
    person       TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    language     TEXT NOT NULL,
    sender       TEXT NOT NULL,
    client_since BIGINT,
    addressee    TEXT,
    verdict      TEXT NOT NULL,
    judged_at    BIGINT,
    submitted_at BIGINT NOT NULL,
    read_at      BIGINT,
    answered_at  BIGINT
);
CREATE INDEX contact_messages_newest ON contact_messages (submitted_at, id);
CREATE INDEX contact_messages_verdict ON contact_messages (verdict, submitted_at, id);
CREATE INDEX contact_messages_person ON contact_messages (person);
-- The lists of who may see only what is addressed to them, or a client's.
CREATE INDEX contact_messages_addressed ON contact_messages (addressee, submitted_at, id);
CREATE INDEX contact_messages_clients ON contact_messages (submitted_at, id) WHERE client_since IS NOT NULL;

-- What the form asked besides who: the message, whatever else the charter declares.
CREATE TABLE contact_answers (
    id              TEXT PRIMARY KEY,
    message         TEXT NOT NULL,
    field           TEXT NOT NULL,
    value           BLOB NOT NULL,
    charter_version BIGINT NOT NULL
);
CREATE INDEX contact_answers_of ON contact_answers (message);

-- What was answered by mail, in the words that were sent.
CREATE TABLE contact_replies (
    id              TEXT PRIMARY KEY,
    message         TEXT NOT NULL,
    staff           TEXT NOT NULL,
    mail            TEXT NOT NULL,
    text            BLOB NOT NULL,
    written_at      BIGINT NOT NULL,
    charter_version BIGINT NOT NULL
);
CREATE INDEX contact_replies_of ON contact_replies (message);

-- What was done with a message, in order.
CREATE TABLE contact_steps (
    message TEXT NOT NULL,
    nth     BIGINT NOT NULL,
    step    TEXT NOT NULL,
    at      BIGINT NOT NULL,
    staff   TEXT,
    PRIMARY KEY (message, nth)
);
