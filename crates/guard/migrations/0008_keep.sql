-- When a renewal is asked and when it was; when the sweep looks next: the due moment, or later under a hold, a floor or
-- an archive.
ALTER TABLE clocks ADD COLUMN asks_at BIGINT;
ALTER TABLE clocks ADD COLUMN asked_at BIGINT;
ALTER TABLE clocks ADD COLUMN next_at BIGINT NOT NULL DEFAULT 0;
UPDATE clocks SET next_at = due_at;
DROP INDEX clocks_due;
CREATE INDEX clocks_next ON clocks (next_at, dossier);
CREATE INDEX clocks_asks ON clocks (asks_at) WHERE asked_at IS NULL;

-- What ends with a dossier is found by it.
CREATE INDEX credentials_dossier ON credentials (dossier);
CREATE INDEX links_target ON links (target);

-- Why nobody goes on using it: a hold, a request of the person, or the retention whose floor or archive it stays under.
ALTER TABLE dossiers ADD COLUMN restricted TEXT;

-- What suspends an erasure: of which kind, under which reference, by whom, until when.
CREATE TABLE holds (
    id              TEXT PRIMARY KEY,
    dossier         TEXT NOT NULL,
    kind            TEXT NOT NULL,
    reference       TEXT NOT NULL,
    staff           TEXT NOT NULL,
    placed_at       BIGINT NOT NULL,
    until_at        BIGINT NOT NULL,
    lifted_at       BIGINT,
    charter_version BIGINT NOT NULL
);
CREATE INDEX holds_dossier ON holds (dossier);

-- A question whether to keep on: the link that answers it is known by a keyed hash.
CREATE TABLE renewals (
    token       BLOB PRIMARY KEY,
    dossier     TEXT NOT NULL,
    asked_at    BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    answered_at BIGINT,
    answer      TEXT
);
CREATE INDEX renewals_dossier ON renewals (dossier);

-- What the sweep did on a day, and what it waits for a human to confirm.
CREATE TABLE sweeps (
    day          TEXT PRIMARY KEY,
    last_at      BIGINT NOT NULL,
    taken        BIGINT NOT NULL,
    erased       BIGINT NOT NULL,
    stopped      TEXT,
    confirmed_by TEXT,
    confirmed_at BIGINT
);

-- An erasure that was decided: it is carried out to its end, however often the process dies. `person` is nobody's id
-- once it is done.
CREATE TABLE erasures (
    id       TEXT PRIMARY KEY,
    scope    TEXT NOT NULL,
    subject  TEXT NOT NULL,
    why      TEXT NOT NULL,
    staff    TEXT,
    asked_at BIGINT NOT NULL,
    done_at  BIGINT,
    erased   BIGINT NOT NULL,
    kept     BIGINT NOT NULL
);
CREATE INDEX erasures_asked ON erasures (asked_at, id);
