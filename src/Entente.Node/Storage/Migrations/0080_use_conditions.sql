-- What binds the use of a message beyond its row: labels it came with and whose information it passes on. Codes only;
-- most messages have no row.
CREATE TABLE use_condition (
  message TEXT PRIMARY KEY,
  tlp TEXT,
  pap TEXT,
  origins TEXT -- node ids, joined by commas
);

-- Set aside: no use until somebody answerable has lifted it. Why is a code: `rights` (obtained against human rights).
CREATE TABLE quarantine (
  message TEXT PRIMARY KEY,
  why TEXT NOT NULL,
  placed_at BIGINT NOT NULL,
  placed_by TEXT NOT NULL, -- a login, or the partner's node id
  lifted_at BIGINT,
  lifted_by TEXT
);
CREATE INDEX quarantine_open ON quarantine (lifted_at, placed_at);
