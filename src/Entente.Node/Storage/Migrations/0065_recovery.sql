-- Partners that are asked, after a restore to an older state, what this node has forgotten.
CREATE TABLE recovery (
  partner TEXT PRIMARY KEY,
  since BIGINT NOT NULL,
  state TEXT NOT NULL, -- asking, done
  sent BIGINT NOT NULL, -- messages of ours that came back
  received BIGINT NOT NULL, -- messages of theirs that came back
  lost_size BIGINT, -- the ledger that the partner had witnessed
  lost_root TEXT,
  ended BIGINT
);

-- A partner that restored an older state says so, signed; its heads are compared from then on. The earlier ones stay.
ALTER TABLE witness_head ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
CREATE TABLE witness_epoch (
  link TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  at BIGINT NOT NULL,
  declaration TEXT NOT NULL, -- the partner's signed word
  PRIMARY KEY (link, epoch)
);
