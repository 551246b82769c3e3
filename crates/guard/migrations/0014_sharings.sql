-- What was given to somebody who uses it for purposes of their own: one record each. Its id is the reference under which
-- it was given; `contact` is where its person reaches whoever has it. Both name an organisation, in its own public words.
CREATE TABLE sharings (
    id              TEXT PRIMARY KEY,
    dossier         TEXT NOT NULL,
    share           TEXT NOT NULL,
    recipient       TEXT NOT NULL,
    contact         TEXT NOT NULL,
    purpose         TEXT NOT NULL,
    fields          TEXT NOT NULL,
    at              BIGINT NOT NULL,
    staff           TEXT NOT NULL,
    charter_version BIGINT NOT NULL
);
CREATE INDEX sharings_dossier ON sharings (dossier);
CREATE INDEX sharings_share ON sharings (share, at);

-- Who is told may be one of these: then `receiver` is its name, `share` by which it received, `contact` where it is told.
ALTER TABLE notices RENAME COLUMN processor TO receiver;
ALTER TABLE notices ADD COLUMN share TEXT NOT NULL DEFAULT '';
ALTER TABLE notices ADD COLUMN contact TEXT NOT NULL DEFAULT '';
DROP INDEX notices_batch;
CREATE UNIQUE INDEX notices_batch ON notices (batch, cause, receiver, share, contact);
