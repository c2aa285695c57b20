-- Each list is one range of one index, whatever is filtered and however many messages are stored.
DROP INDEX request_inbox;
DROP INDEX request_sent;
CREATE INDEX request_inbox ON request (open, sort_at, id) WHERE direction = 'in';
CREATE INDEX request_inbox_unit ON request (unit, open, sort_at, id) WHERE direction = 'in';
CREATE INDEX request_inbox_partner ON request (partner, open, sort_at, id) WHERE direction = 'in';
CREATE INDEX request_sent ON request (direction, open, sent, id);
CREATE INDEX request_sent_unit ON request (unit, direction, open, sent, id);
CREATE INDEX request_sent_partner ON request (partner, direction, open, sent, id);
CREATE INDEX permission_case ON permission (case_id, asked_at, id);
DROP INDEX request_country;
CREATE INDEX request_country ON request (country, sent);
-- A receipt for an answer finds the request that it answers.
CREATE INDEX request_answer ON request (answer_id) WHERE answer_id IS NOT NULL;
