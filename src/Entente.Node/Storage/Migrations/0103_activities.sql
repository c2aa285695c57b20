-- What is done together. What each side says of it is in its messages, sealed; a row is what lists, figures and the briefing
-- need of the last word of each side.
CREATE TABLE activity (
  id TEXT PRIMARY KEY,
  partner TEXT NOT NULL,
  country TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  domain TEXT NOT NULL,
  begins TEXT NOT NULL,
  ends TEXT,
  place TEXT NOT NULL,
  beneficiaries TEXT NOT NULL, -- ISO codes, joined by spaces
  state TEXT NOT NULL, -- planned, under-way, held, cancelled
  trained INT,
  instrument TEXT,
  disputed BOOLEAN NOT NULL,
  rank INT NOT NULL,
  ours TEXT, -- the message with our last word
  theirs TEXT
);
CREATE INDEX activity_begins ON activity (begins, id);
CREATE INDEX activity_country ON activity (country, begins, id);

-- Of the side whose word the row shows.
CREATE TABLE activity_result (
  activity TEXT NOT NULL,
  type TEXT NOT NULL,
  number DOUBLE PRECISION,
  unit TEXT
);
CREATE INDEX activity_result_activity ON activity_result (activity);

-- The commitments that either side says it serves.
CREATE TABLE activity_commitment (
  activity TEXT NOT NULL,
  side TEXT NOT NULL,
  commitment TEXT NOT NULL,
  PRIMARY KEY (activity, side, commitment)
);
CREATE INDEX activity_commitment_commitment ON activity_commitment (commitment);
