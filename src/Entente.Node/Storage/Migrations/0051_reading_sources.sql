-- What helps to know two texts of one encounter, and a file that was read before.

-- The encounter's day, else the day the text came out: texts of one encounter lie days apart.
ALTER TABLE reading ADD COLUMN day TEXT;
UPDATE reading SET day = COALESCE(date, published);
CREATE INDEX reading_day ON reading (partners, day);
CREATE INDEX reading_confidence ON reading (state, confidence, id);

-- The least hashes of a text's runs of five words: texts that share most of them are copies of one another.
CREATE TABLE reading_shingle (
  hash BIGINT NOT NULL,
  reading TEXT NOT NULL,
  PRIMARY KEY (hash, reading)
);
CREATE INDEX reading_shingle_reading ON reading_shingle (reading);

-- Files of watched folders that were looked at, refused ones too, so that no file is opened twice.
CREATE TABLE watched_file (
  path TEXT PRIMARY KEY,
  size BIGINT NOT NULL,
  modified BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  refusal TEXT,
  reading TEXT
);
CREATE INDEX watched_file_seen ON watched_file (seen_at);
