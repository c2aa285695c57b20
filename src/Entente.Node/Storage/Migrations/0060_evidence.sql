-- Partners' ledger leaves of what we sent, with the path to a receipt's tree head: fetched once, kept as evidence.
CREATE TABLE partner_leaf (
  partner TEXT NOT NULL,
  idx BIGINT NOT NULL,
  event TEXT NOT NULL,
  size BIGINT NOT NULL,
  proof TEXT NOT NULL, -- hashes joined by spaces
  at BIGINT NOT NULL,
  PRIMARY KEY (partner, idx)
);
