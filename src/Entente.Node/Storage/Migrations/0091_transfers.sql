-- One row for each message that left: what the law wants documented of it, in codes. Its words stay sealed in the message.
CREATE TABLE transfer (
  message_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  partner TEXT NOT NULL,
  country TEXT NOT NULL,
  to_unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  profile TEXT NOT NULL,
  rank INT NOT NULL,
  handling TEXT NOT NULL,
  domain TEXT NOT NULL,
  basis TEXT NOT NULL, -- the instrument's id on this node; empty where none was named
  article TEXT NOT NULL,
  ground TEXT NOT NULL, -- of a transfer to a third country; empty where none was stated
  data TEXT NOT NULL, -- types of subjects and `file`, comma separated
  persons TEXT NOT NULL, -- categories of persons, comma separated
  origins TEXT NOT NULL, -- `node/message` of others' information in it, comma separated
  authorised BOOLEAN NOT NULL -- every originator had agreed
);
CREATE INDEX transfer_at ON transfer (at, message_id);
CREATE INDEX transfer_partner ON transfer (partner, at, message_id);

-- What the record of processing counts, by month: small, however much is exchanged.
CREATE TABLE processing_count (
  month TEXT NOT NULL,
  direction TEXT NOT NULL,
  partner TEXT NOT NULL,
  country TEXT NOT NULL,
  kind TEXT NOT NULL,
  domain TEXT NOT NULL,
  basis TEXT NOT NULL,
  ground TEXT NOT NULL,
  persons TEXT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (month, direction, partner, kind, domain, basis, ground, persons)
);

INSERT INTO setting (name, value) VALUES ('transfers.read', '0');
