-- How long each case is kept: a projection of what the ledger says happened in it, and of what was decided about it.
CREATE TABLE retention (
  case_id TEXT PRIMARY KEY,
  partner TEXT NOT NULL,
  profile TEXT NOT NULL, -- id and version that the periods are from
  categories TEXT NOT NULL, -- of the persons named, comma separated; the shortest period of them all holds
  review_months INT NOT NULL,
  again_months INT NOT NULL,
  erase_months INT NOT NULL,
  last_at BIGINT NOT NULL, -- the last activity
  ended_at BIGINT, -- of the exchange; null while a request is open
  reviewed_at BIGINT,
  reviewed_by TEXT,
  closed_early BIGINT, -- decided at a review: no longer needed
  extended_until BIGINT,
  review_at BIGINT NOT NULL,
  erase_at BIGINT, -- null while a request is open
  state TEXT NOT NULL, -- held, erased
  erased_at BIGINT
);
CREATE INDEX retention_review ON retention (state, review_at, case_id);
CREATE INDEX retention_erase ON retention (state, erase_at, case_id) WHERE erase_at IS NOT NULL;

CREATE TABLE retention_extension (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  until BIGINT NOT NULL,
  data_key TEXT NOT NULL, -- the reason, which may say something of a person
  sealed BYTEA NOT NULL,
  state TEXT NOT NULL, -- asked, granted, refused
  asked_at BIGINT NOT NULL,
  asked_by TEXT NOT NULL,
  decided_at BIGINT,
  decided_by TEXT
);
CREATE INDEX retention_extension_case ON retention_extension (case_id, asked_at, id);
CREATE INDEX retention_extension_open ON retention_extension (asked_at, id) WHERE state = 'asked';

-- How much of the ledger the projection has read.
INSERT INTO setting (name, value) VALUES ('retention.read', '0');
