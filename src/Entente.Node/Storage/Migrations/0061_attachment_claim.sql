-- Which instance of the node sends a file's chunks, and until when that holds if nothing more is heard of it.
ALTER TABLE attachment ADD COLUMN claimed_by TEXT;
ALTER TABLE attachment ADD COLUMN claimed_until BIGINT;
