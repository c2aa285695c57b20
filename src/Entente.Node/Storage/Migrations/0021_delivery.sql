CREATE TABLE message (
  id TEXT PRIMARY KEY,
  partner TEXT NOT NULL,
  direction TEXT NOT NULL, -- out, in
  seq BIGINT, -- given at sealing
  kind TEXT NOT NULL,
  case_id TEXT NOT NULL,
  reply_to TEXT,
  from_unit TEXT NOT NULL,
  to_unit TEXT NOT NULL,
  sent BIGINT NOT NULL,
  at BIGINT NOT NULL, -- when this node took it in hand: queued or received
  priority INT NOT NULL, -- 0 is the most urgent
  state TEXT NOT NULL, -- out: queued, sealed, delivered, rejected; in: received
  state_at BIGINT NOT NULL,
  reason TEXT,
  delivered BIGINT, -- the receipt's time, the same on both sides
  classification_rank INT NOT NULL,
  handling TEXT NOT NULL,
  line_sha256 TEXT NOT NULL,
  leaf BIGINT NOT NULL,
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL
);
-- The ledger's order is the order in which they were queued; times may be the same.
CREATE INDEX message_waiting ON message (partner, priority, leaf) WHERE state = 'queued';
CREATE INDEX message_case ON message (case_id, at, id);
CREATE INDEX message_list ON message (direction, at, id);
-- What has no receipt yet: few rows, however many messages there are.
CREATE INDEX message_open ON message (partner, at) WHERE state IN ('queued', 'sealed');
CREATE INDEX message_reply ON message (reply_to) WHERE reply_to IS NOT NULL;

-- Where each direction of a link stands: the next seq, and the hash of the last envelope.
CREATE TABLE chain (
  partner TEXT NOT NULL,
  direction TEXT NOT NULL,
  next BIGINT NOT NULL,
  prev TEXT NOT NULL,
  PRIMARY KEY (partner, direction)
);

CREATE TABLE envelope (
  partner TEXT NOT NULL,
  direction TEXT NOT NULL,
  first BIGINT NOT NULL,
  count INT NOT NULL,
  sha256 TEXT NOT NULL,
  prev TEXT NOT NULL,
  root TEXT NOT NULL,
  batch TEXT NOT NULL, -- the sender's signed batch header
  jwe BYTEA, -- out: kept until the receipt, so that a resend is the same bytes
  at BIGINT NOT NULL, -- sealed or received
  state TEXT NOT NULL, -- out: sealed, receipted; in: taken
  receipt TEXT, -- out: the receiver's signed receipt
  receipt_at BIGINT,
  tree_size BIGINT, -- the receiver's ledger as the receipt states it
  tree_root TEXT,
  PRIMARY KEY (partner, direction, first)
);
CREATE INDEX envelope_hash ON envelope (partner, direction, sha256);
CREATE INDEX envelope_unreceipted ON envelope (partner, first) WHERE state = 'sealed';

-- One row a message, also for those rejected, whose content is not kept.
CREATE TABLE envelope_entry (
  partner TEXT NOT NULL,
  direction TEXT NOT NULL,
  seq BIGINT NOT NULL,
  id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  merkle_leaf TEXT NOT NULL, -- proves the line under the envelope's root when the content is gone
  status TEXT NOT NULL, -- sealed, accepted, rejected
  reason TEXT,
  leaf BIGINT, -- in the receiver's ledger
  PRIMARY KEY (partner, direction, seq)
);
CREATE INDEX envelope_entry_id ON envelope_entry (id);

-- How a link does: contact, clock, certificate. Overwritten, never history.
CREATE TABLE link_health (
  partner TEXT PRIMARY KEY,
  contact_at BIGINT,
  skew_ms BIGINT,
  certificate_expires BIGINT,
  failures INT NOT NULL,
  failed_at BIGINT,
  failure TEXT
);

-- Files over 64 KiB, which travel apart in encrypted chunks kept under data/attachments.
CREATE TABLE attachment (
  id TEXT NOT NULL,
  partner TEXT NOT NULL,
  direction TEXT NOT NULL,
  message_id TEXT NOT NULL,
  chunks BIGINT NOT NULL,
  done BIGINT NOT NULL,
  state TEXT NOT NULL, -- out: sending, sent; in: held
  PRIMARY KEY (id, partner, direction, message_id)
);
CREATE INDEX attachment_message ON attachment (message_id, state);
CREATE INDEX attachment_sending ON attachment (partner, id) WHERE state = 'sending';
