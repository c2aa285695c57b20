-- Words of answers and informations that may be parts of a name, as keyed hashes: a person is found in texts too.
CREATE TABLE text_word (
  word TEXT NOT NULL,
  message_id TEXT NOT NULL,
  PRIMARY KEY (word, message_id)
);
CREATE INDEX text_word_message ON text_word (message_id);
INSERT INTO setting (name, value) VALUES ('rights.read', '0');

-- A letter that tells nothing goes at a moment drawn from the request alone.
ALTER TABLE rights_request ADD COLUMN release_at BIGINT;

-- The registers' own periods, once an entry is closed.
ALTER TABLE rights_request ADD COLUMN review_at BIGINT;
ALTER TABLE rights_request ADD COLUMN erase_at BIGINT;
ALTER TABLE rights_request ADD COLUMN erased_at BIGINT;
CREATE INDEX rights_request_review ON rights_request (review_at, id) WHERE review_at IS NOT NULL;
CREATE INDEX rights_request_erase ON rights_request (erase_at, id) WHERE erase_at IS NOT NULL;
ALTER TABLE breach ADD COLUMN review_at BIGINT;
ALTER TABLE breach ADD COLUMN erase_at BIGINT;
ALTER TABLE breach ADD COLUMN erased_at BIGINT;
CREATE INDEX breach_review ON breach (review_at, id) WHERE review_at IS NOT NULL;
CREATE INDEX breach_erase ON breach (erase_at, id) WHERE erase_at IS NOT NULL;
