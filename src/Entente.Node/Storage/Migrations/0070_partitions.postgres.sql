-- Messages by the year of their id (a UUIDv7 begins with the time). What has no year of its own, such as an id that a
-- partner's clock put far away, is kept by the default partition. Why years and why only messages: docs/decisions/0012.

-- Makes one partition and attaches it, which does not hold up those who read and write the others. False where it is
-- there already, or where its rows have gone to the default partition: there they stay, found as well as anywhere.
CREATE FUNCTION make_partition(parent TEXT, part TEXT, low_ms BIGINT, high_ms BIGINT) RETURNS BOOLEAN AS $$
DECLARE
  low TEXT := lpad(to_hex(low_ms), 12, '0');
  high TEXT := lpad(to_hex(high_ms), 12, '0');
  strays BOOLEAN;
BEGIN
  -- Instances start at once; the second finds the work done.
  PERFORM pg_advisory_xact_lock(7318349394477058);
  IF to_regclass(quote_ident(part)) IS NOT NULL THEN
    RETURN FALSE;
  END IF;
  low := substr(low, 1, 8) || '-' || substr(low, 9) || '-0000-0000-000000000000';
  high := substr(high, 1, 8) || '-' || substr(high, 9) || '-0000-0000-000000000000';
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE id >= %L AND id < %L)', parent || '_default', low, high)
    INTO strays;
  IF strays THEN
    RETURN FALSE;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, parent);
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, part, low, high);
  RETURN TRUE;
END $$ LANGUAGE plpgsql;

DO $$
DECLARE
  indexes TEXT[] := ARRAY(
    SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'message'::regclass AND NOT indisprimary
  );
  this INT := extract(YEAR FROM clock_timestamp());
  definition TEXT;
BEGIN
  ALTER TABLE message RENAME TO message_whole;
  CREATE TABLE message (LIKE message_whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (id);
  -- Noise does not get smaller: nothing is gained by trying.
  ALTER TABLE message ALTER COLUMN sealed SET STORAGE EXTERNAL;
  CREATE TABLE message_default (LIKE message INCLUDING ALL);
  ALTER TABLE message ATTACH PARTITION message_default DEFAULT;
  FOR y IN this - 1 .. this + 1 LOOP
    PERFORM make_partition(
      'message',
      'message_' || y,
      (extract(EPOCH FROM make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) * 1000)::BIGINT,
      (extract(EPOCH FROM make_timestamptz(y + 1, 1, 1, 0, 0, 0, 'UTC')) * 1000)::BIGINT
    );
  END LOOP;
  INSERT INTO message SELECT * FROM message_whole;
  DROP TABLE message_whole;
  ALTER TABLE message ADD PRIMARY KEY (id);
  FOREACH definition IN ARRAY indexes LOOP
    EXECUTE definition;
  END LOOP;
END $$;
