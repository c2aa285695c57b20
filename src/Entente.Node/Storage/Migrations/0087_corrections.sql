-- What turned out to be wrong or unlawful and must be erased or put right wherever it went: begun here, or told by a partner.
CREATE TABLE correction (
  id TEXT PRIMARY KEY, -- out: made here; in: the partner's message
  matter TEXT NOT NULL, -- its name at the node that began it, the same along the whole chain
  direction TEXT NOT NULL, -- out: begun here; in: a partner told us
  partner TEXT NOT NULL, -- in: who told us
  message_id TEXT NOT NULL, -- whose content it is about
  case_id TEXT NOT NULL,
  unit TEXT NOT NULL, -- ours; empty is everybody's
  action TEXT NOT NULL, -- recall, rectify
  ground TEXT NOT NULL,
  at BIGINT NOT NULL,
  deadline BIGINT NOT NULL,
  state TEXT NOT NULL, -- out: begun; in: waiting, erased, rectified, refused
  decided_at BIGINT,
  decided_by TEXT,
  leaf BIGINT -- our ledger's leaf of the erasure
);
CREATE UNIQUE INDEX correction_matter ON correction (message_id, matter);
CREATE INDEX correction_case ON correction (case_id);
CREATE INDEX correction_state ON correction (state, deadline, id);
CREATE INDEX correction_list ON correction (at, id);

-- Whom we told. A notice without an answer stays where it is for ever.
CREATE TABLE correction_notice (
  id TEXT PRIMARY KEY, -- our message; of a held notice, an id of its own
  correction_id TEXT NOT NULL,
  partner TEXT NOT NULL,
  message_id TEXT NOT NULL, -- by which we had told that partner what is wrong
  deadline BIGINT NOT NULL,
  state TEXT NOT NULL, -- held, sent, delivered, rejected, erased, rectified, refused
  state_at BIGINT NOT NULL,
  ground TEXT, -- of a refusal
  answer_id TEXT,
  leaf BIGINT -- the partner's ledger leaf of the erasure, as it says
);
CREATE INDEX correction_notice_correction ON correction_notice (correction_id);
CREATE INDEX correction_notice_state ON correction_notice (state, deadline);

-- What those whom we told have told us of those whom they told.
CREATE TABLE correction_report (
  notice_id TEXT NOT NULL,
  node TEXT NOT NULL,
  state TEXT NOT NULL, -- told, erased, rectified, refused
  at BIGINT NOT NULL,
  PRIMARY KEY (notice_id, node)
);

-- What was made of it here, for somebody to look at.
CREATE TABLE correction_trace (
  correction_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  item TEXT NOT NULL,
  at BIGINT NOT NULL, -- when it was made
  done_at BIGINT,
  done_by TEXT,
  PRIMARY KEY (correction_id, kind, item)
);
