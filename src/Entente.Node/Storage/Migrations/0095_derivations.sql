-- What was made of messages and left the hands of the program: which messages went in, by whom, when. No content.
CREATE TABLE derivation (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL, -- briefing, document, evidence, letter
  object TEXT NOT NULL, -- as in the ledger: partner:ES, message:…, rights:…
  actor TEXT NOT NULL, -- login of who made it
  at BIGINT NOT NULL,
  country TEXT, -- made of all that was exchanged with this state
  since BIGINT, -- from this moment on
  seen_at BIGINT -- its maker has seen that it was overtaken
);
CREATE INDEX derivation_actor ON derivation (actor, at, id);
CREATE INDEX derivation_country ON derivation (country, at) WHERE country IS NOT NULL;

CREATE TABLE derivation_message (
  message_id TEXT NOT NULL,
  derivation_id TEXT NOT NULL,
  PRIMARY KEY (message_id, derivation_id)
);
CREATE INDEX derivation_message_of ON derivation_message (derivation_id);
