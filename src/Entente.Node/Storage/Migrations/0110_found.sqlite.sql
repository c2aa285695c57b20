-- What is written for every message is written as few times as its readers need it.

-- By which hashes a request is found, in one row: an erasure takes them back, and no index by request is needed for it.
CREATE TABLE request_found (
  request_id TEXT PRIMARY KEY NOT NULL,
  words TEXT NOT NULL, -- joined by spaces
  subjects TEXT NOT NULL -- hashes of request_subject, joined by spaces
) WITHOUT ROWID;
INSERT INTO request_found (request_id, words, subjects)
SELECT w.request_id, group_concat(w.word, ' '),
  COALESCE((SELECT group_concat(s.hash, ' ') FROM request_subject s WHERE s.request_id = w.request_id), '')
FROM request_word w GROUP BY w.request_id;
DROP INDEX request_word_request;
DROP INDEX request_subject_request;

CREATE TABLE request_about (
  hash TEXT NOT NULL,
  request_id TEXT NOT NULL,
  country TEXT NOT NULL,
  received BIGINT NOT NULL,
  PRIMARY KEY (hash, request_id)
) WITHOUT ROWID;
INSERT INTO request_about SELECT hash, request_id, country, received FROM request_subject;
DROP TABLE request_subject;
ALTER TABLE request_about RENAME TO request_subject;

-- Entries are found by partner, direction and seq, messages by id and case.
DROP INDEX envelope_entry_id;
DROP INDEX message_list;

-- One reader of the ledger for all that is made of its messages.
INSERT INTO setting (name, value)
SELECT 'messages.followed', CAST(MIN(CAST(value AS BIGINT)) AS TEXT) FROM setting WHERE name IN ('retention.read', 'transfers.read', 'rights.read');
DELETE FROM setting WHERE name IN ('retention.read', 'transfers.read', 'rights.read');
