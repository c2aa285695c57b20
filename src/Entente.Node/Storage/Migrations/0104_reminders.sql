-- A reminder of a commitment that the unit owning it has seen: each of the four comes once.
CREATE TABLE reminder_seen (
  commitment TEXT NOT NULL,
  due TEXT NOT NULL, -- a date that is moved reminds anew
  stage TEXT NOT NULL, -- month, week, day, overdue
  by_login TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (commitment, due, stage)
);
