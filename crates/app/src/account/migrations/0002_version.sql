-- Under which version of the charter the row was written.
ALTER TABLE people ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE people SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = people.id), (SELECT MIN(version) FROM charter_versions), 0);
