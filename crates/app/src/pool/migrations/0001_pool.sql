-- Who is kept for other vacancies. An entry's id is its dossier's. `parent`: the application or the message it was made
-- of. `removed_at`: from when on it is of no interest, which is the end of the time for undoing.
CREATE TABLE pool_entries (
    id         TEXT PRIMARY KEY,
    person     TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    language   TEXT NOT NULL,
    source     TEXT NOT NULL,
    came       TEXT NOT NULL,
    parent     TEXT,
    state      TEXT NOT NULL,
    added_at   BIGINT NOT NULL,
    staff      TEXT,
    told_at    BIGINT,
    agreed_at  BIGINT,
    removed_at BIGINT
);
CREATE INDEX pool_entries_state ON pool_entries (state, added_at, id);
CREATE INDEX pool_entries_person ON pool_entries (person);
-- Nothing becomes two entries, however often it is put in.
CREATE UNIQUE INDEX pool_entries_parent ON pool_entries (parent);

-- What is held besides who: by the charter's names.
CREATE TABLE pool_answers (
    id              TEXT PRIMARY KEY,
    entry           TEXT NOT NULL,
    field           TEXT NOT NULL,
    value           BLOB NOT NULL,
    charter_version BIGINT NOT NULL
);
CREATE INDEX pool_answers_of ON pool_answers (entry);

-- What was done with an entry, in order.
CREATE TABLE pool_steps (
    entry TEXT NOT NULL,
    nth   BIGINT NOT NULL,
    step  TEXT NOT NULL,
    at    BIGINT NOT NULL,
    staff TEXT,
    PRIMARY KEY (entry, nth)
);

-- The applications that wait apart, out of every search, until somebody has looked: those that the charter has join the
-- pool's inbox, and those whose person agreed to stay (`agreed_at`). A row holds nothing of the application but its id.
CREATE TABLE pool_inbox (
    application TEXT PRIMARY KEY,
    person      TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    language    TEXT NOT NULL,
    arrived_at  BIGINT NOT NULL,
    agreed_at   BIGINT,
    looked_at   BIGINT
);
CREATE INDEX pool_inbox_waiting ON pool_inbox (arrived_at, application) WHERE looked_at IS NULL;
CREATE INDEX pool_inbox_person ON pool_inbox (person);
