-- Who: name and contact, sealed under the identity's dossier, whose id is the person's.
CREATE TABLE people (
    id          TEXT PRIMARY KEY,
    language    TEXT NOT NULL,
    given_name  BLOB,
    family_name BLOB,
    email       BLOB,
    phone       BLOB,
    added_at    BIGINT NOT NULL
);
