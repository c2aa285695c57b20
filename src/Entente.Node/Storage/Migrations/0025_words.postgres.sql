-- Keyed hashes of the words a message may be found by: the words themselves stay sealed.
CREATE TABLE IF NOT EXISTS request_word (
  word TEXT NOT NULL,
  request_id TEXT NOT NULL,
  PRIMARY KEY (word, request_id)
);
CREATE INDEX IF NOT EXISTS request_word_request ON request_word (request_id);
