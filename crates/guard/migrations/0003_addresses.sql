-- A change of address that waits for both mailboxes. The new address lies sealed under the person's identity; each
-- link is known by a keyed hash.
CREATE TABLE address_changes (
    person    TEXT PRIMARY KEY,
    address   BLOB NOT NULL,
    old_token BLOB NOT NULL,
    new_token BLOB NOT NULL,
    old_at    BIGINT,
    new_at    BIGINT,
    made_at   BIGINT NOT NULL,
    ends_at   BIGINT NOT NULL
);
CREATE INDEX address_changes_old ON address_changes (old_token);
CREATE INDEX address_changes_new ON address_changes (new_token);
