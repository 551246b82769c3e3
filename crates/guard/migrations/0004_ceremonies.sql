-- A passkey's ceremony that has begun; it is used once.
CREATE TABLE ceremonies (
    token   BLOB PRIMARY KEY,
    ends_at BIGINT NOT NULL
);
