-- What signs receipts. `public` is the Ed25519 key in hexadecimal digits; `wrapped` its seed under the wrapping key, gone
-- once another signs. The public part stays: what it signed is verified for as long as anybody asks.
CREATE TABLE signing (
    public TEXT PRIMARY KEY,
    wrapped BLOB,
    made_at BIGINT NOT NULL,
    until_at BIGINT,
    CHECK ((wrapped IS NULL) = (until_at IS NOT NULL))
);

-- Addresses that are left alone because their owner asked for it, by keyed hash: no dossier is named.
CREATE TABLE suppressions (
    kind TEXT NOT NULL,
    hash BLOB NOT NULL,
    purpose TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (kind, hash)
);
CREATE INDEX suppressions_until ON suppressions (until_at);
