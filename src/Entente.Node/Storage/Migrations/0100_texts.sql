-- Joint texts and whatever else two sides agree word by word. What a text is follows from its messages (their case is the
-- text); a row holds what lists need, and is written anew from the messages whenever it is stale.

CREATE TABLE joint_text (
  id TEXT PRIMARY KEY,
  partner TEXT NOT NULL,
  country TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  rank INT NOT NULL,
  disagreements INT NOT NULL,
  waiting INT NOT NULL,
  amends TEXT,
  meeting TEXT,
  sha256 TEXT,
  in_force_at BIGINT,
  changed_at BIGINT NOT NULL,
  stale BOOLEAN NOT NULL
);
CREATE INDEX joint_text_country ON joint_text (country, changed_at, id);
CREATE INDEX joint_text_changed ON joint_text (changed_at, id);
CREATE INDEX joint_text_stale ON joint_text (stale) WHERE stale;
CREATE INDEX joint_text_meeting ON joint_text (meeting);

-- What is written here and not yet sent to the other side: one draft a text.
CREATE TABLE text_draft (
  text TEXT PRIMARY KEY REFERENCES joint_text (id) ON DELETE CASCADE,
  by_login TEXT NOT NULL,
  at BIGINT NOT NULL,
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL
);
