-- What the guard refused or held, and to whom. Rule ids only: no content.
CREATE TABLE decision (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL, -- send, view, receive
  kind TEXT NOT NULL,
  partner TEXT NOT NULL,
  object TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX decision_at ON decision (at, id);
CREATE INDEX decision_object ON decision (object);
