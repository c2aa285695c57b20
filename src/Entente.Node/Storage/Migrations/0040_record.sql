-- The record: with whom one cooperates, who met, what was signed and promised. Dates are ISO text as precise as known
-- (2022, 2022-04, 2022-04-07); sort_date is the same padded, so that lists can be paged by key.

CREATE TABLE partner (
  country TEXT PRIMARY KEY,
  touched_at BIGINT NOT NULL
);

CREATE TABLE authority (
  id TEXT PRIMARY KEY,
  country TEXT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL
);
CREATE INDEX authority_folded ON authority (folded);
CREATE INDEX authority_country ON authority (country, folded);

CREATE TABLE official (
  id TEXT PRIMARY KEY,
  country TEXT NOT NULL,
  name TEXT NOT NULL,
  native TEXT,
  folded TEXT NOT NULL
);
CREATE INDEX official_country ON official (country, folded);

-- since and until are what an officer knows; seen_first and seen_last are what the texts attest.
CREATE TABLE post (
  id TEXT PRIMARY KEY,
  official TEXT NOT NULL REFERENCES official (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  title TEXT NOT NULL,
  since TEXT,
  until TEXT,
  seen_first TEXT,
  seen_last TEXT,
  UNIQUE (official, role)
);

CREATE TABLE meeting (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  date TEXT,
  sort_date TEXT NOT NULL,
  place TEXT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX meeting_sort ON meeting (sort_date, id);

CREATE TABLE meeting_partner (
  meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  country TEXT NOT NULL,
  PRIMARY KEY (meeting, country)
);
CREATE INDEX meeting_partner_country ON meeting_partner (country, meeting);

CREATE TABLE meeting_session (
  meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  format TEXT NOT NULL,
  PRIMARY KEY (meeting, format)
);

CREATE TABLE meeting_domain (
  meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  domain TEXT NOT NULL,
  PRIMARY KEY (meeting, domain)
);

CREATE TABLE meeting_authority (
  meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  authority TEXT NOT NULL REFERENCES authority (id) ON DELETE CASCADE,
  PRIMARY KEY (meeting, authority)
);

CREATE TABLE participation (
  meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  official TEXT NOT NULL REFERENCES official (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (meeting, official)
);
CREATE INDEX participation_official ON participation (official, meeting);

CREATE TABLE meeting_result (
  id TEXT PRIMARY KEY,
  meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  amount DOUBLE PRECISION,
  countries TEXT NOT NULL
);
CREATE INDEX meeting_result_meeting ON meeting_result (meeting);

-- The texts a meeting is known from.
CREATE TABLE meeting_source (
  meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  reading TEXT NOT NULL,
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  published TEXT,
  PRIMARY KEY (meeting, reading)
);
CREATE INDEX meeting_source_reading ON meeting_source (reading);

CREATE TABLE instrument (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  title TEXT NOT NULL,
  date TEXT,
  sort_date TEXT NOT NULL,
  ended TEXT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);

CREATE TABLE instrument_partner (
  instrument TEXT NOT NULL REFERENCES instrument (id) ON DELETE CASCADE,
  country TEXT NOT NULL,
  PRIMARY KEY (instrument, country)
);
CREATE INDEX instrument_partner_country ON instrument_partner (country, instrument);

-- Which meetings signed or recalled an instrument.
CREATE TABLE meeting_instrument (
  meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  instrument TEXT NOT NULL REFERENCES instrument (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  PRIMARY KEY (meeting, instrument)
);
CREATE INDEX meeting_instrument_instrument ON meeting_instrument (instrument);

CREATE TABLE commitment (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  wording TEXT NOT NULL,
  domain TEXT,
  state TEXT NOT NULL,
  due TEXT,
  meeting TEXT REFERENCES meeting (id) ON DELETE CASCADE,
  instrument TEXT REFERENCES instrument (id) ON DELETE SET NULL,
  sort_date TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX commitment_meeting ON commitment (meeting, type);
CREATE INDEX commitment_instrument ON commitment (instrument);

CREATE TABLE commitment_partner (
  commitment TEXT NOT NULL REFERENCES commitment (id) ON DELETE CASCADE,
  country TEXT NOT NULL,
  PRIMARY KEY (commitment, country)
);
CREATE INDEX commitment_partner_country ON commitment_partner (country, commitment);

CREATE TABLE commitment_progress (
  id TEXT PRIMARY KEY,
  commitment TEXT NOT NULL REFERENCES commitment (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX commitment_progress_commitment ON commitment_progress (commitment, id);

-- What a fact was before an officer changed it, so that the change can be undone.
CREATE TABLE record_change (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  was TEXT NOT NULL,
  undone BOOLEAN NOT NULL
);
CREATE INDEX record_change_object ON record_change (kind, object, id);
