-- Texts read, each once (by the hash of its content), and the draft found in each. Communiqués and press texts are public
-- by nature and are searched, so they lie open; what an officer writes about them is in the same row's draft.

CREATE TABLE reading (
  id TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  received_at BIGINT NOT NULL,
  received_by TEXT NOT NULL,
  decided_at BIGINT,
  decided_by TEXT,
  reason TEXT,
  meeting TEXT,
  same_as TEXT,
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  kind TEXT NOT NULL,
  date TEXT,
  published TEXT,
  partners TEXT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  draft TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX reading_state ON reading (state, id);
CREATE INDEX reading_partners ON reading (partners, id);

-- What became of each file handed in together, refused ones too: shown once the upload is done.
CREATE TABLE reading_batch (
  id TEXT PRIMARY KEY,
  received_at BIGINT NOT NULL,
  received_by TEXT NOT NULL,
  outcome TEXT NOT NULL
);
