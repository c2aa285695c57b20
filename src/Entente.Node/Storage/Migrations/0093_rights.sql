-- What persons asked about their own data, and what became of it.
CREATE TABLE rights_request (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL, -- access, rectification, restriction, erasure
  language TEXT NOT NULL, -- of the letter
  received_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  recorded_by TEXT NOT NULL,
  state TEXT NOT NULL, -- open, waiting, ready, sent
  open BOOLEAN NOT NULL,
  approval TEXT, -- the one that is waited for
  decided_at BIGINT,
  sent_at BIGINT,
  data_key TEXT NOT NULL, -- who asked, what, and the letter
  sealed BYTEA NOT NULL
);
CREATE INDEX rights_request_list ON rights_request (open, due_at, id);

-- Messages that are kept and no longer used, because somebody has the right to it.
CREATE TABLE restriction (
  message_id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  by TEXT NOT NULL,
  lifted_at BIGINT,
  lifted_by TEXT
);
CREATE INDEX restriction_request ON restriction (request_id);

-- What was shown for approval goes with the message that it is about.
CREATE INDEX approval_object ON approval (object);
