-- SQLite keeps no checksum of its pages. Of the small tables whose rows nobody signed and whose change would do harm, every
-- row stands here a second time, written by triggers (Storage/RowCopies.cs); `entente verify` holds the two against each
-- other. On PostgreSQL, which has checksums, it stays empty.
CREATE TABLE row_copy (
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  copy TEXT NOT NULL,
  PRIMARY KEY (name, key)
);
