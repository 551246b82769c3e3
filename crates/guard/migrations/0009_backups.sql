-- How backups stand: of each kind the last that was begun, was made, or failed. `detail` is an id, or an error's words.
CREATE TABLE backups (
    kind    TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at      BIGINT NOT NULL,
    detail  TEXT NOT NULL,
    PRIMARY KEY (kind, outcome)
);
