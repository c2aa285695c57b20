-- Meetings being prepared: what both sides hold follows from their messages, as with joint texts; a row is what lists and
-- calendars need.
CREATE TABLE planned_meeting (
  id TEXT PRIMARY KEY,
  partner TEXT NOT NULL,
  country TEXT NOT NULL,
  kind TEXT NOT NULL,
  date TEXT NOT NULL,
  time TEXT NOT NULL,
  minutes INT NOT NULL,
  place TEXT NOT NULL,
  agreed BOOLEAN NOT NULL,
  proposals INT NOT NULL,
  sequence INT NOT NULL,
  updated_at BIGINT NOT NULL,
  rank INT NOT NULL
);
CREATE INDEX planned_meeting_date ON planned_meeting (date, id);

-- Our own minutes of a session; they never leave.
CREATE TABLE meeting_minutes (
  meeting TEXT NOT NULL,
  session TEXT NOT NULL,
  by_login TEXT NOT NULL,
  at BIGINT NOT NULL,
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (meeting, session)
);

-- A secret address under which a calendar program reads; its owner ends it.
CREATE TABLE calendar_feed (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  country TEXT,
  secret_sha256 TEXT NOT NULL UNIQUE,
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  clearance INT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX calendar_feed_account ON calendar_feed (account);
