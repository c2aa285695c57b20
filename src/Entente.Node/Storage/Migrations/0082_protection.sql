-- Persons under international protection or asking for it. Local: no message, export or count ever carries it.
CREATE TABLE protected_person (
  id TEXT PRIMARY KEY,
  origin TEXT NOT NULL, -- ISO country from whose authorities the person is protected
  placed_at BIGINT NOT NULL,
  placed_by TEXT NOT NULL,
  lifted_at BIGINT,
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL -- name and remark
);
CREATE INDEX protected_person_open ON protected_person (lifted_at, origin);
