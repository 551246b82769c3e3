-- The means by which an account is entered, sealed under its dossier: for a member of staff their own, for a person one
-- that is opened with the first of them.
CREATE TABLE credentials (
    id       TEXT PRIMARY KEY,
    account  TEXT NOT NULL,
    dossier  TEXT NOT NULL,
    kind     TEXT NOT NULL,
    secret   BLOB NOT NULL,
    browser  TEXT NOT NULL,
    system   TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    used_on  TEXT,
    used_step BIGINT
);
CREATE INDEX credentials_account ON credentials (account, kind);
ALTER TABLE staff DROP COLUMN credential;

-- When an invitation was accepted.
ALTER TABLE staff ADD COLUMN joined_at BIGINT;
UPDATE staff SET joined_at = added_at;

-- A session has an id to be named by, and says what it looks like to its owner: in words of a closed list.
DROP TABLE sessions;
CREATE TABLE sessions (
    token   BLOB PRIMARY KEY,
    id      TEXT NOT NULL,
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    stage   TEXT NOT NULL,
    browser TEXT NOT NULL,
    system  TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_on TEXT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX sessions_subject ON sessions (subject);
CREATE INDEX sessions_ends ON sessions (ends_at);

-- Links to choose a password: each works once.
CREATE TABLE password_links (
    token   BLOB PRIMARY KEY,
    kind    TEXT NOT NULL,
    account TEXT NOT NULL,
    purpose TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX password_links_account ON password_links (account);

-- Browsers that an account was entered from: others' wrong guesses don't slow them down.
CREATE TABLE devices (
    token   BLOB PRIMARY KEY,
    account TEXT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX devices_account ON devices (account);

-- How often something was tried lately. Who and where are keyed hashes; a row is worth nothing once it is full again.
CREATE TABLE limits (
    name    BLOB PRIMARY KEY,
    full_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX limits_full ON limits (full_at);
