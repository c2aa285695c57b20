-- Messages that this node had erased after the backup it was restored from: when a partner brings one back it is erased at once.
CREATE TABLE erased_since (
  message TEXT PRIMARY KEY
);
