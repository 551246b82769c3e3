-- Every version of the charter that a human activated, with its bytes.
CREATE TABLE charter_versions (
    version      BIGINT PRIMARY KEY,
    digest       TEXT NOT NULL,
    text         TEXT NOT NULL,
    activated_at BIGINT NOT NULL,
    activated_by TEXT
);

-- What has one key and one clock. `person` is whom it is about; `purpose` is the charter's.
CREATE TABLE dossiers (
    id              TEXT PRIMARY KEY,
    person          TEXT NOT NULL,
    purpose         TEXT NOT NULL,
    charter_version BIGINT NOT NULL,
    opened_at       BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX dossiers_person ON dossiers (person);

-- What happened to a dossier that a retention counts from.
CREATE TABLE moments (
    dossier TEXT NOT NULL,
    event   TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (dossier, event)
) WITHOUT ROWID;

-- One clock a dossier: the shortest of its purpose's retentions.
CREATE TABLE clocks (
    dossier         TEXT PRIMARY KEY,
    retention       TEXT NOT NULL,
    started_at      BIGINT NOT NULL,
    due_at          BIGINT NOT NULL,
    charter_version BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX clocks_due ON clocks (due_at);

CREATE TABLE files (
    id       TEXT PRIMARY KEY,
    dossier  TEXT NOT NULL,
    field    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    size     BIGINT NOT NULL,
    name     BLOB NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX files_dossier ON files (dossier);

-- Mails wait sealed under their dossier. The id is the Message-ID's.
CREATE TABLE mails (
    id         TEXT PRIMARY KEY,
    dossier    TEXT NOT NULL,
    kind       TEXT NOT NULL,
    state      TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    fields     TEXT NOT NULL,
    decision   TEXT,
    recipient  BLOB NOT NULL,
    subject    BLOB NOT NULL,
    body       BLOB NOT NULL,
    written_at BIGINT NOT NULL,
    leaves_at  BIGINT NOT NULL,
    settled_at BIGINT
);
CREATE INDEX mails_dossier ON mails (dossier);
CREATE INDEX mails_state ON mails (state);
CREATE INDEX mails_decision ON mails (decision);
CREATE INDEX mails_written ON mails (written_at);

-- One record of each sending.
CREATE TABLE disclosures (
    id        TEXT PRIMARY KEY,
    dossier   TEXT NOT NULL,
    processor TEXT NOT NULL,
    purpose   TEXT NOT NULL,
    fields    TEXT NOT NULL,
    at        BIGINT NOT NULL
);
CREATE INDEX disclosures_dossier ON disclosures (dossier);

-- A named human, a reason.
CREATE TABLE decisions (
    id         TEXT PRIMARY KEY,
    dossier    TEXT NOT NULL,
    staff      TEXT NOT NULL,
    kind       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    made_at    BIGINT NOT NULL,
    undo_until BIGINT NOT NULL,
    undone_at  BIGINT
);
CREATE INDEX decisions_dossier ON decisions (dossier);

-- Who read what: a list view is one record with its subjects, folded into days later.
CREATE TABLE access_views (
    id       TEXT PRIMARY KEY,
    actor    TEXT NOT NULL,
    role     TEXT NOT NULL,
    purpose  TEXT NOT NULL,
    day      TEXT NOT NULL,
    subjects TEXT NOT NULL
);
CREATE TABLE access_days (
    person  TEXT NOT NULL,
    day     TEXT NOT NULL,
    actor   TEXT NOT NULL,
    role    TEXT NOT NULL,
    purpose TEXT NOT NULL,
    opened  BIGINT NOT NULL,
    listed  BIGINT NOT NULL,
    PRIMARY KEY (person, day, actor, role, purpose)
);

-- The ledger's entries of a transaction, until the sequencer has put them into the chain.
CREATE TABLE ledger_queue (
    id      TEXT PRIMARY KEY,
    at      BIGINT NOT NULL,
    kind    TEXT NOT NULL,
    subject BLOB,
    body    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE staff (
    id          TEXT PRIMARY KEY,
    role        TEXT NOT NULL,
    given_name  BLOB NOT NULL,
    family_name BLOB NOT NULL,
    email       BLOB NOT NULL,
    credential  BLOB NOT NULL,
    added_at    BIGINT NOT NULL,
    ended_at    BIGINT
);

-- Sessions, links and tokens are known by a keyed hash: none of them can be used by who reads this table.
CREATE TABLE sessions (
    token   BLOB PRIMARY KEY,
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX sessions_ends ON sessions (ends_at);
CREATE TABLE links (
    token   BLOB PRIMARY KEY,
    person  TEXT NOT NULL,
    target  TEXT,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX links_person ON links (person);
CREATE TABLE api_tokens (
    token   BLOB PRIMARY KEY,
    staff   TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
