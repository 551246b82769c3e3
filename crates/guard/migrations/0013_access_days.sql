-- The record of a reading ends by itself, day by day.
CREATE INDEX access_days_day ON access_days (day);
