-- People whom one person said to be themselves: `person` is joined to `main`, which is joined to nobody. Keys stay
-- apart; undoing removes the row.
CREATE TABLE aliases (
    person    TEXT PRIMARY KEY,
    main      TEXT NOT NULL,
    joined_at BIGINT NOT NULL
);
CREATE INDEX aliases_main ON aliases (main);

-- The mailbox that a person proved last, by following a link sent there: its look-up, sealed under their identity.
CREATE TABLE proven_mailboxes (
    person    TEXT PRIMARY KEY,
    mailbox   BLOB NOT NULL,
    proven_at BIGINT NOT NULL
);
