-- The keys that cookies and forms are protected with: one set for all instances of the node, sealed.
CREATE TABLE cookie_key (
  id TEXT PRIMARY KEY,
  created BIGINT NOT NULL,
  data_key TEXT NOT NULL REFERENCES data_key (id),
  sealed BYTEA NOT NULL
);
