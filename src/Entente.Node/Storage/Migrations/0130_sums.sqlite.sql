-- What was exchanged with a state, added up by day and by month, so that a figure costs the same at any traffic: a
-- projection of request, a little behind it. Why days are counted anew and never up or down: docs/decisions/0047.
CREATE TABLE exchange_sum (
  country TEXT NOT NULL,
  what TEXT NOT NULL, -- request, domain, ground, held
  grain TEXT NOT NULL, -- day, month
  at BIGINT NOT NULL, -- its beginning, UTC
  direction TEXT NOT NULL,
  code TEXT NOT NULL, -- of the domain or the ground
  urgent BOOLEAN NOT NULL,
  rank INT NOT NULL,
  unit TEXT NOT NULL,
  aside BOOLEAN NOT NULL,
  number BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  in_time BIGINT NOT NULL,
  late BIGINT NOT NULL, -- answered after they were due
  refused BIGINT NOT NULL,
  PRIMARY KEY (country, what, grain, at, direction, code, urgent, rank, unit, aside)
) WITHOUT ROWID;

-- Days whose sums are to be counted anew.
CREATE TABLE exchange_stale (
  country TEXT NOT NULL,
  day BIGINT NOT NULL,
  mark TEXT NOT NULL, -- of one change, never used again
  PRIMARY KEY (country, day, mark)
) WITHOUT ROWID;

-- Delays for a judicial authorisation are few, and told apart in the statistics.
CREATE INDEX request_authorised ON request (country, sent) WHERE authorised;

INSERT INTO setting (name, value) VALUES ('figures.followed', '0');
