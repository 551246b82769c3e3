-- A token has a name, scopes and the last day it was used; those of before had none of them, and are made anew.
DROP TABLE api_tokens;
CREATE TABLE api_tokens (
    token   BLOB PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    staff   TEXT NOT NULL,
    name    BLOB NOT NULL,
    scopes  TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_on TEXT
);
CREATE INDEX api_tokens_staff ON api_tokens (staff);
CREATE INDEX api_tokens_ends ON api_tokens (ends_at);

-- What a program did under an Idempotency-Key: the ids its work bears, and, once it is done, the answer, sealed under
-- the site's key beside a keyed hash of what was asked.
CREATE TABLE once (
    key         BLOB PRIMARY KEY,
    first       TEXT NOT NULL,
    second      TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    request     BLOB,
    answer      TEXT
);
CREATE INDEX once_ends ON once (ends_at);
