-- One text for both engines: BYTEA and BIGINT are names SQLite accepts as they are.

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Each sealed content has a key of its own, wrapped by the node's master key. Deleting a row erases the content.
CREATE TABLE data_key (
  id TEXT PRIMARY KEY,
  wrapped BYTEA NOT NULL
);

CREATE TABLE ledger_leaf (
  idx BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  why TEXT NOT NULL,
  hash TEXT,
  link TEXT,
  json TEXT NOT NULL
);
CREATE INDEX ledger_leaf_object ON ledger_leaf (object, idx);
CREATE INDEX ledger_leaf_actor ON ledger_leaf (actor, idx);

-- Hashes of the complete subtrees, so that a proof reads a logarithm of the ledger.
CREATE TABLE ledger_node (
  level BIGINT NOT NULL,
  idx BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (level, idx)
);

-- What partners' ledgers looked like when we saw them: we are their witness.
CREATE TABLE witness_head (
  link TEXT NOT NULL,
  size BIGINT NOT NULL,
  at BIGINT NOT NULL,
  root TEXT NOT NULL,
  jws TEXT NOT NULL, -- the tree head, or the receipt that states it
  proven BOOLEAN NOT NULL, -- shown to continue, or to begin, the other proven heads
  PRIMARY KEY (link, size, root)
);

-- An alarm stays open until somebody dismisses it with a written reason.
CREATE TABLE alarm (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  link TEXT,
  detail TEXT NOT NULL,
  dismissed_at BIGINT,
  dismissed_by TEXT,
  dismissed_reason TEXT
);
CREATE INDEX alarm_open ON alarm (dismissed_at, at);
