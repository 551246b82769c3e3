-- The desk's list, newest first, of every state and of one; the titles of its filter, read off the index alone.
CREATE INDEX vacancies_newest ON vacancies (made_at, id);
CREATE INDEX vacancies_state_newest ON vacancies (state, made_at, id);
CREATE INDEX vacancies_title ON vacancies (title, id, state);
