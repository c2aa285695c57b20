-- Commitments as both sides follow them. A commitment made in a text in force has the clause's id on both nodes.

ALTER TABLE commitment ADD COLUMN clause TEXT;
ALTER TABLE commitment ADD COLUMN wordings TEXT;
ALTER TABLE commitment ADD COLUMN indicator TEXT;
ALTER TABLE commitment ADD COLUMN target INT;
ALTER TABLE commitment ADD COLUMN rhythm TEXT;
ALTER TABLE commitment ADD COLUMN own_unit TEXT;
ALTER TABLE commitment ADD COLUMN partner_unit TEXT;
CREATE INDEX commitment_due ON commitment (due, id);

-- What each side says of it, by its own officers: the newest of each side stands.
CREATE TABLE commitment_report (
  id TEXT PRIMARY KEY,
  commitment TEXT NOT NULL,
  side TEXT NOT NULL,
  at BIGINT NOT NULL,
  author TEXT NOT NULL,
  state TEXT NOT NULL,
  figure INT,
  note TEXT NOT NULL,
  message TEXT
);
CREATE INDEX commitment_report_commitment ON commitment_report (commitment, at, id);

-- Which messages and activities served a commitment.
CREATE TABLE commitment_service (
  commitment TEXT NOT NULL,
  message TEXT NOT NULL,
  kind TEXT NOT NULL,
  direction TEXT NOT NULL,
  partner TEXT NOT NULL,
  rank INT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (commitment, message)
);
CREATE INDEX commitment_service_partner ON commitment_service (partner, at);

CREATE INDEX request_country_due ON request (country, due) WHERE open;
