-- WITHOUT ROWID: a message has some twenty of these rows. Keyed hashes of the words a message may be found by: the words themselves stay sealed.
CREATE TABLE IF NOT EXISTS request_word (
  word TEXT NOT NULL,
  request_id TEXT NOT NULL,
  PRIMARY KEY (word, request_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS request_word_request ON request_word (request_id);
