-- What a leave is for, its own clock, and that it was taken back. A passed-on message is found by what it passes on.
ALTER TABLE permission ADD COLUMN for_use TEXT NOT NULL DEFAULT 'onward'; -- onward, court, dissemination, purpose
ALTER TABLE permission ADD COLUMN purpose_hash TEXT; -- purpose: a keyed hash of the purpose asked for
ALTER TABLE permission ADD COLUMN limit_ms BIGINT; -- the time to decide
ALTER TABLE permission ADD COLUMN received BIGINT; -- the receipt's time, the same on both sides
ALTER TABLE permission ADD COLUMN due BIGINT;
ALTER TABLE permission ADD COLUMN revoked_at BIGINT; -- the receipt's time of the revocation
CREATE INDEX request_forwards ON request (forwards) WHERE forwards IS NOT NULL;
