-- In SQLite a table keeps its rows in one tree and its primary key in another, unless the key is an INTEGER or the table
-- is WITHOUT ROWID. What is written for every message is written once.
DROP TABLE ledger_leaf;
CREATE TABLE ledger_leaf (
  idx INTEGER PRIMARY KEY,
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
CREATE INDEX ledger_leaf_link ON ledger_leaf (link, idx) WHERE link IS NOT NULL;
CREATE INDEX ledger_leaf_action ON ledger_leaf (action, idx);

DROP TABLE ledger_node;
CREATE TABLE ledger_node (
  level BIGINT NOT NULL,
  idx BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (level, idx)
) WITHOUT ROWID;

DROP TABLE data_key;
CREATE TABLE data_key (
  id TEXT PRIMARY KEY NOT NULL,
  wrapped BYTEA NOT NULL
) WITHOUT ROWID;

DROP TABLE chain;
CREATE TABLE chain (
  partner TEXT NOT NULL,
  direction TEXT NOT NULL,
  next BIGINT NOT NULL,
  prev TEXT NOT NULL,
  PRIMARY KEY (partner, direction)
) WITHOUT ROWID;

DROP TABLE envelope_entry;
CREATE TABLE envelope_entry (
  partner TEXT NOT NULL,
  direction TEXT NOT NULL,
  seq BIGINT NOT NULL,
  id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  merkle_leaf TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  leaf BIGINT,
  PRIMARY KEY (partner, direction, seq)
) WITHOUT ROWID;
CREATE INDEX envelope_entry_id ON envelope_entry (id);
