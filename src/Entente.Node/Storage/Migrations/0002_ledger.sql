-- The ledger page filters by these; nearly every leaf has its page through one of four indexes.
CREATE INDEX ledger_leaf_link ON ledger_leaf (link, idx) WHERE link IS NOT NULL;
CREATE INDEX ledger_leaf_action ON ledger_leaf (action, idx);

-- Our own signed heads, kept once an hour: what this node said of its ledger, to be held against it later.
CREATE TABLE ledger_head (
  size BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  root TEXT NOT NULL,
  jws TEXT NOT NULL
);
