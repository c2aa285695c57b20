-- What moved a request's legal clock: a projection of signed messages, each counted from its receipt, which both sides hold.
CREATE TABLE clock_event (
  id TEXT PRIMARY KEY, -- the message's id
  request_id TEXT NOT NULL,
  direction TEXT NOT NULL, -- out, in
  move TEXT NOT NULL, -- asked, clarified, authorising, authorised
  sent BIGINT NOT NULL,
  at BIGINT, -- the receipt's time; null until it is here
  expected BIGINT -- authorising: when the answer is expected
);
CREATE INDEX clock_event_request ON clock_event (request_id);

ALTER TABLE request ADD COLUMN clock TEXT NOT NULL DEFAULT 'running'; -- running, clarification, authorisation
ALTER TABLE request ADD COLUMN clock_at BIGINT; -- since when it is stopped
ALTER TABLE request ADD COLUMN time_left BIGINT; -- milliseconds, while it is stopped
ALTER TABLE request ADD COLUMN expected BIGINT; -- when the asked side expects to answer
ALTER TABLE request ADD COLUMN authorised BOOLEAN NOT NULL DEFAULT FALSE; -- a judicial authorisation was ever awaited
ALTER TABLE request ADD COLUMN warn_at BIGINT; -- from then on the unit is alerted
ALTER TABLE request ADD COLUMN escalate_at BIGINT; -- from then on the supervisors are
ALTER TABLE request ADD COLUMN partial_id TEXT; -- a first part of the answer, the rest of which is announced
ALTER TABLE request ADD COLUMN held_ground TEXT; -- of a refusal told in the form of 'no information'
CREATE INDEX request_warn ON request (unit, open, warn_at) WHERE direction = 'in' AND warn_at IS NOT NULL;
CREATE INDEX request_escalate ON request (open, escalate_at) WHERE direction = 'in' AND escalate_at IS NOT NULL;
CREATE INDEX request_partial ON request (partial_id) WHERE partial_id IS NOT NULL;

-- When a unit is at its desk, and who is alerted when it is not. It never moves a legal limit.
CREATE TABLE duty (
  unit TEXT PRIMARY KEY, -- empty: for units that have no hours of their own
  days TEXT NOT NULL, -- working days, 1 is Monday: 1,2,3,4,5
  opens INT NOT NULL, -- minutes after midnight, by the node's clock
  closes INT NOT NULL,
  duty_unit TEXT NOT NULL, -- alerted outside these hours; empty: nobody else
  holidays TEXT NOT NULL -- yyyy-MM-dd, joined by spaces
);
