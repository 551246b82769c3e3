-- One row: what the site's keys hang on. `seal` is 01 | salt | the wrapped site secret (see the crate's
-- documentation); `check_value` tells a wrong master key.
CREATE TABLE site (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    nature TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    seal BLOB NOT NULL,
    check_value BLOB NOT NULL
);

-- No row: no key was ever made. A destroyed row stays, so that the key is never made again.
CREATE TABLE keys (
    dossier TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    wrapped BLOB,
    made_at BIGINT NOT NULL,
    settled BOOLEAN NOT NULL,
    destroyed_at BIGINT,
    CHECK ((state = 'active') = (wrapped IS NOT NULL)),
    CHECK ((state = 'destroyed') = (destroyed_at IS NOT NULL))
);
CREATE INDEX keys_unsettled ON keys (made_at) WHERE settled = FALSE;

CREATE TABLE lookups (
    kind TEXT NOT NULL,
    hash BLOB NOT NULL,
    dossier TEXT NOT NULL REFERENCES keys (dossier),
    PRIMARY KEY (kind, hash, dossier)
) WITHOUT ROWID;
CREATE INDEX lookups_dossier ON lookups (dossier);

CREATE TABLE journal (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject BLOB,
    scope TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX journal_subject ON journal (subject, seq);

CREATE TABLE ledger (
    seq BIGINT PRIMARY KEY,
    entry TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject BLOB,
    body TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
);

-- Where each chain ends. Updating its row first makes appending take turns, and a cut tail shows.
CREATE TABLE heads (
    chain TEXT PRIMARY KEY,
    length BIGINT NOT NULL,
    hash BLOB NOT NULL
);
