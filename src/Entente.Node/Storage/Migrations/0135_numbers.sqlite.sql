-- Words and what a request is about as numbers, and the request by its leaf in the ledger: a quarter of the pages that a
-- message writes, and hardly more than sixteen bytes a word.
DROP TABLE request_word;
CREATE TABLE request_word (
  word BIGINT NOT NULL, -- the keyed hash
  leaf BIGINT NOT NULL, -- ledger_leaf of the message
  PRIMARY KEY (word, leaf)
) WITHOUT ROWID;

DROP TABLE request_subject;
CREATE TABLE request_subject (
  hash BIGINT NOT NULL,
  leaf BIGINT NOT NULL,
  country TEXT NOT NULL,
  received BIGINT NOT NULL,
  PRIMARY KEY (hash, leaf)
) WITHOUT ROWID;

DROP TABLE request_found;
CREATE TABLE request_found (
  request_id TEXT PRIMARY KEY NOT NULL,
  leaf BIGINT NOT NULL,
  words BYTEA NOT NULL, -- eight bytes each, most significant first
  subjects BYTEA NOT NULL
) WITHOUT ROWID;

DROP TABLE text_word;
CREATE TABLE text_word (
  word BIGINT NOT NULL,
  message_id TEXT NOT NULL,
  PRIMARY KEY (word, message_id)
) WITHOUT ROWID;
CREATE INDEX text_word_message ON text_word (message_id);
-- The reader of the messages makes the last one again.
UPDATE setting SET value = '0' WHERE name = 'messages.followed';
