-- How much of what a partner sent was refused on a day: past a bound the refusals of a day share one leaf.
CREATE TABLE refusal_day (
  partner TEXT NOT NULL,
  day TEXT NOT NULL, -- in UTC
  refused BIGINT NOT NULL,
  envelope TEXT, -- hash of the last one taken, which names all before it; null until the day is accounted for
  leaf BIGINT,
  PRIMARY KEY (partner, day)
);
