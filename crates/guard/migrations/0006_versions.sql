-- From when a version applies, where that was decided at its activation: before it, the one before applies. Without it,
-- from its activation on. `noted_at`: when the ledger learned that it applies.
ALTER TABLE charter_versions ADD COLUMN effective_at BIGINT;
ALTER TABLE charter_versions ADD COLUMN noted_at BIGINT;
UPDATE charter_versions SET noted_at = activated_at;

-- Whatever is sealed says under which version it was written; so does what was done with it.
ALTER TABLE files ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE files SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = files.dossier), (SELECT MIN(version) FROM charter_versions), 0);
ALTER TABLE mails ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE mails SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = mails.dossier), (SELECT MIN(version) FROM charter_versions), 0);
ALTER TABLE credentials ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE credentials SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = credentials.dossier), (SELECT MIN(version) FROM charter_versions), 0);
ALTER TABLE disclosures ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE disclosures SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = disclosures.dossier), (SELECT MIN(version) FROM charter_versions), 0);
ALTER TABLE decisions ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE decisions SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = decisions.dossier), (SELECT MIN(version) FROM charter_versions), 0);
ALTER TABLE staff ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE staff SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = staff.id), (SELECT MIN(version) FROM charter_versions), 0);
ALTER TABLE proven_mailboxes ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE proven_mailboxes SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = proven_mailboxes.person), (SELECT MIN(version) FROM charter_versions), 0);
ALTER TABLE address_changes ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE address_changes SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = address_changes.person), (SELECT MIN(version) FROM charter_versions), 0);
ALTER TABLE api_tokens ADD COLUMN charter_version BIGINT NOT NULL DEFAULT 0;
UPDATE api_tokens SET charter_version = COALESCE((SELECT d.charter_version FROM dossiers d WHERE d.id = api_tokens.staff), (SELECT MIN(version) FROM charter_versions), 0);
