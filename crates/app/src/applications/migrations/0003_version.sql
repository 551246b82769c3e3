-- Under which version of the charter the answer was given.
ALTER TABLE application_answers ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE application_answers SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = application_answers.application), (SELECT MIN(version) FROM charter_versions), 0);
