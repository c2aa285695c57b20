-- What the one leaf a day says of a link on which it is not told when envelopes leave.
CREATE TABLE quiet_day (
  partner TEXT NOT NULL,
  day TEXT NOT NULL, -- in UTC
  envelope TEXT NOT NULL, -- hash of the last one sent, which names all before it; empty where none was
  receipt TEXT NOT NULL, -- hash of the last one kept
  leaf BIGINT, -- null for the day on which the link was first looked at
  PRIMARY KEY (partner, day)
);
