-- Answers that tell nothing, on their way to a third country: each leaves at a moment drawn from one distribution.
CREATE TABLE waiting_answer (
  message TEXT PRIMARY KEY,
  partner TEXT NOT NULL,
  priority INT NOT NULL,
  actor TEXT NOT NULL,
  release_at BIGINT NOT NULL,
  at BIGINT NOT NULL,
  leaf BIGINT NOT NULL, -- of the ledger, written when the officer answered
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL -- the message as it will go
);
CREATE INDEX waiting_answer_due ON waiting_answer (release_at);

-- What this node's officers wrote and see as sent, where something else or nothing went.
CREATE TABLE kept_draft (
  message TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  partner TEXT NOT NULL,
  kind TEXT NOT NULL,
  from_unit TEXT NOT NULL,
  to_unit TEXT NOT NULL,
  reply_to TEXT,
  sent BIGINT NOT NULL,
  at BIGINT NOT NULL,
  priority INT NOT NULL,
  rank INT NOT NULL,
  handling TEXT NOT NULL,
  line_sha256 TEXT NOT NULL,
  leaf BIGINT NOT NULL,
  delivered BIGINT, -- as its officers see it
  actor TEXT NOT NULL,
  held BOOLEAN NOT NULL, -- false: the very message waits its time
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL
);
CREATE INDEX kept_draft_open ON kept_draft (at, message) WHERE delivered IS NULL;
CREATE INDEX kept_draft_case ON kept_draft (case_id, at);
CREATE INDEX kept_draft_held ON kept_draft (held, at);
