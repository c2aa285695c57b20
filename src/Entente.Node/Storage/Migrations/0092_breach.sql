CREATE TABLE breach (
  id TEXT PRIMARY KEY,
  noticed_at BIGINT NOT NULL, -- the clock of 72 hours starts here
  recorded_at BIGINT NOT NULL,
  recorded_by TEXT NOT NULL,
  nature TEXT NOT NULL, -- confidentiality, integrity, availability; comma separated
  risk TEXT NOT NULL, -- empty until assessed; unlikely, risk, high
  data_key TEXT NOT NULL, -- what happened, in words
  sealed BYTEA NOT NULL,
  notified_at BIGINT, -- to the supervisory authority
  notified_by TEXT,
  persons_told_at BIGINT,
  closed_at BIGINT,
  closed_by TEXT
);
CREATE INDEX breach_list ON breach (noticed_at, id);

-- Messages whose content was concerned.
CREATE TABLE breach_message (
  breach_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  partner TEXT NOT NULL,
  PRIMARY KEY (breach_id, message_id)
);

-- What we told partners about our breaches, and what they told us about theirs.
CREATE TABLE breach_notice (
  message_id TEXT PRIMARY KEY,
  direction TEXT NOT NULL,
  partner TEXT NOT NULL,
  breach_id TEXT NOT NULL, -- the sender's number
  at BIGINT NOT NULL,
  noticed_at BIGINT NOT NULL,
  nature TEXT NOT NULL,
  messages TEXT NOT NULL -- ids, comma separated
);
CREATE INDEX breach_notice_breach ON breach_notice (breach_id, partner);
CREATE INDEX breach_notice_in ON breach_notice (direction, at, message_id);
