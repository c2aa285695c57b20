-- What each received request is about, as keyed hashes, and requests that look like another that came shortly before.
CREATE TABLE request_subject (
  hash TEXT NOT NULL,
  request_id TEXT NOT NULL,
  country TEXT NOT NULL,
  received BIGINT NOT NULL,
  PRIMARY KEY (hash, request_id)
);
CREATE INDEX request_subject_request ON request_subject (request_id);

CREATE TABLE request_twin (
  request_id TEXT NOT NULL, -- the later one
  other_id TEXT NOT NULL,
  state TEXT NOT NULL, -- offered, linked, dismissed
  at BIGINT NOT NULL,
  by_login TEXT,
  PRIMARY KEY (request_id, other_id)
);
CREATE INDEX request_twin_other ON request_twin (other_id);
