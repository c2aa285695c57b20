-- What is written for every message is written as few times as its readers need it.

-- By which hashes a request is found, in one row: an erasure takes them back, and no index by request is needed for it.
CREATE TABLE request_found (
  request_id TEXT PRIMARY KEY,
  words TEXT NOT NULL, -- joined by spaces
  subjects TEXT NOT NULL -- hashes of request_subject, joined by spaces
);
INSERT INTO request_found (request_id, words, subjects)
SELECT w.request_id, string_agg(w.word, ' '),
  COALESCE((SELECT string_agg(s.hash, ' ') FROM request_subject s WHERE s.request_id = w.request_id), '')
FROM request_word w GROUP BY w.request_id;
DROP INDEX request_word_request;
DROP INDEX request_subject_request;

-- Entries are found by partner, direction and seq, messages by id and case.
DROP INDEX envelope_entry_id;
DROP INDEX message_list;

-- One reader of the ledger for all that is made of its messages.
INSERT INTO setting (name, value)
SELECT 'messages.followed', CAST(MIN(CAST(value AS BIGINT)) AS TEXT) FROM setting WHERE name IN ('retention.read', 'transfers.read', 'rights.read');
DELETE FROM setting WHERE name IN ('retention.read', 'transfers.read', 'rights.read');
