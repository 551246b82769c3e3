-- Which entry of the ledger a receipt can be signed of: what happened to a dossier.
CREATE TABLE receipts (
    entry   TEXT PRIMARY KEY,
    dossier TEXT NOT NULL,
    kind    TEXT NOT NULL,
    at      BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX receipts_dossier ON receipts (dossier);

-- The pseudonym died with the key; the entry says what the erasure came to, and so does its receipt.
ALTER TABLE erasures ADD COLUMN pseudonym BLOB;
ALTER TABLE erasures ADD COLUMN entry TEXT;

-- What an erasure took so far, by the clause of its purpose.
CREATE TABLE erasure_parts (
    erasure TEXT NOT NULL,
    clause  TEXT NOT NULL,
    erased  BIGINT NOT NULL,
    PRIMARY KEY (erasure, clause)
);

-- What a processor has to be told of what it received: its data were erased, rectified, restricted. `batch` is the
-- erasure, or what went at the same time. `next_at` is when it is to be told, or told again.
CREATE TABLE notices (
    id              TEXT PRIMARY KEY,
    batch           TEXT NOT NULL,
    processor       TEXT NOT NULL,
    cause           TEXT NOT NULL,
    way             TEXT NOT NULL,
    state           TEXT NOT NULL,
    dossiers        BIGINT NOT NULL,
    first_at        BIGINT NOT NULL,
    last_at         BIGINT NOT NULL,
    made_at         BIGINT NOT NULL,
    next_at         BIGINT,
    ends_at         BIGINT,
    times           BIGINT NOT NULL,
    told_at         BIGINT,
    told_by         TEXT,
    answered_at     BIGINT,
    answered_by     TEXT,
    closed_at       BIGINT,
    charter_version BIGINT NOT NULL
);
CREATE UNIQUE INDEX notices_batch ON notices (batch, cause, processor);
CREATE INDEX notices_open ON notices (made_at, id) WHERE closed_at IS NULL;
CREATE INDEX notices_next ON notices (next_at) WHERE closed_at IS NULL;
CREATE INDEX notices_ends ON notices (ends_at) WHERE closed_at IS NULL;

-- The sendings that a notice is about: a mail's id is its Message-ID's.
CREATE TABLE notice_sendings (
    notice  TEXT NOT NULL,
    sending TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (notice, sending)
);
