-- Our own cards; past ones stay, so that what they signed can still be verified.
CREATE TABLE own_card (
  sha256 TEXT PRIMARY KEY,
  jws TEXT NOT NULL,
  issued BIGINT NOT NULL
);

CREATE TABLE link (
  partner TEXT PRIMARY KEY,
  card TEXT NOT NULL,
  state TEXT NOT NULL, -- pending, active, suspended
  state_at BIGINT NOT NULL,
  state_by TEXT NOT NULL,
  reason TEXT,
  settings INT NOT NULL -- the version in force
);

-- Every card a partner has given us. The current one is named by link.card.
CREATE TABLE link_card (
  partner TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  jws TEXT NOT NULL,
  at BIGINT NOT NULL,
  officer TEXT NOT NULL,
  PRIMARY KEY (partner, sha256)
);

-- Who compared the safety number, for which signing key of the partner.
CREATE TABLE link_confirmation (
  partner TEXT NOT NULL,
  signing_key TEXT NOT NULL,
  officer TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (partner, signing_key, officer)
);

CREATE TABLE link_settings (
  partner TEXT NOT NULL,
  version INT NOT NULL,
  json TEXT NOT NULL,
  at BIGINT NOT NULL,
  officer TEXT NOT NULL,
  PRIMARY KEY (partner, version)
);

-- Raised with every change, so that another instance or the command line is noticed by one cheap read.
INSERT INTO setting (name, value) VALUES ('links.version', '0');
