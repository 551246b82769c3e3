-- Offers. Everything here is published text or the house's own: nothing personal.
CREATE TABLE vacancies (
    id             TEXT PRIMARY KEY,
    slug           TEXT NOT NULL UNIQUE,
    reference      TEXT NOT NULL UNIQUE,
    state          TEXT NOT NULL,
    language       TEXT NOT NULL,
    title          TEXT NOT NULL,
    summary        TEXT NOT NULL,
    description    TEXT NOT NULL,
    next_steps     TEXT NOT NULL,
    place          TEXT NOT NULL,
    country        TEXT NOT NULL,
    contract       TEXT NOT NULL,
    remote         TEXT NOT NULL,
    salary_min     BIGINT,
    salary_max     BIGINT,
    salary_period  TEXT NOT NULL,
    currency       TEXT NOT NULL,
    recruiter      TEXT,
    made_at        BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL,
    published_at   BIGINT,
    closed_at      BIGINT
);
CREATE INDEX vacancies_state ON vacancies (state, published_at);
