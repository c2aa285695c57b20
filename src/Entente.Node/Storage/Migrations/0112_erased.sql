-- Messages that this node had erased after the backup it was restored from: partners that still hold them do not bring them back.
CREATE TABLE erased_since (
  message TEXT PRIMARY KEY
);
