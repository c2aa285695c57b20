-- What became of each request and each piece of information: a projection of messages, which remain the truth.
CREATE TABLE request (
  id TEXT PRIMARY KEY, -- the message's id
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL, -- request, information
  direction TEXT NOT NULL, -- out, in
  partner TEXT NOT NULL,
  country TEXT NOT NULL, -- the partner's
  unit TEXT NOT NULL, -- ours; empty where it was addressed to a unit we do not have
  partner_unit TEXT NOT NULL,
  domain TEXT NOT NULL,
  urgency TEXT NOT NULL, -- the code of a time limit of the profile; empty for information
  profile_id TEXT NOT NULL,
  profile_version TEXT NOT NULL,
  rank INT NOT NULL,
  author TEXT, -- out: our officer's login
  forwards TEXT, -- out: the received message whose content it passes on
  sent BIGINT NOT NULL,
  received BIGINT, -- the receipt's time, the same on both sides
  due BIGINT,
  sort_at BIGINT NOT NULL, -- due where there is a due time, so that the most urgent comes first
  state TEXT NOT NULL, -- out: sent, delivered, rejected; in: received; both: seen, taken, answered
  open BOOLEAN NOT NULL,
  reason TEXT, -- out: why the partner did not take it
  seen_at BIGINT,
  taken_at BIGINT,
  taken_by TEXT, -- in: our officer's login
  answered_at BIGINT,
  answer_id TEXT,
  outcome TEXT,
  ground TEXT
);
CREATE INDEX request_case ON request (case_id);
CREATE INDEX request_inbox ON request (direction, open, sort_at, id);
CREATE INDEX request_sent ON request (direction, sent, id);
CREATE INDEX request_country ON request (country, direction);

-- Our own remarks on a case; they never leave.
CREATE TABLE case_note (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  author TEXT NOT NULL,
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL
);
CREATE INDEX case_note_case ON case_note (case_id, at);

-- An originator's leave to pass a message on to one other node. out: we asked; in: we were asked.
CREATE TABLE permission (
  id TEXT PRIMARY KEY, -- the asking message's id
  direction TEXT NOT NULL,
  partner TEXT NOT NULL,
  message_id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  to_node TEXT NOT NULL,
  state TEXT NOT NULL, -- asked, granted, refused
  asked_at BIGINT NOT NULL,
  asked_by TEXT,
  decided_at BIGINT,
  decided_by TEXT
);
CREATE INDEX permission_message ON permission (message_id, to_node);
CREATE INDEX permission_open ON permission (direction, state, asked_at);

-- Files of a message still being written, so that a refused draft loses none of them. Sealed is the content, or the key
-- of a file that travels apart, whose chunks are kept under data/attachments by the id in apart.
CREATE TABLE draft_file (
  id TEXT PRIMARY KEY,
  officer TEXT NOT NULL,
  at BIGINT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  apart TEXT,
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL
);
CREATE INDEX draft_file_at ON draft_file (at);
