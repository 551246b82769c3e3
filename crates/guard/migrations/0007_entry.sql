-- How a session was entered. Of those that are open it isn't known: they count as entered by a password alone.
ALTER TABLE sessions ADD COLUMN entry TEXT NOT NULL DEFAULT 'password';
