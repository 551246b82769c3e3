-- Counters, without any person's id: what is erased stays counted, and nothing leads back.
-- An unsolicited application's vacancy is ''.
CREATE TABLE application_figures (
    month   TEXT NOT NULL,
    vacancy TEXT NOT NULL,
    stage   TEXT NOT NULL,
    source  TEXT NOT NULL,
    number  BIGINT NOT NULL,
    PRIMARY KEY (month, vacancy, stage, source)
);

-- How long people waited for the first answer that they were told, by the month of the answer.
CREATE TABLE answer_figures (
    month  TEXT NOT NULL,
    waited TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (month, waited)
);
