-- The list of who may see only what is assigned to them.
CREATE INDEX applications_assigned ON applications (recruiter, submitted_at, id);
