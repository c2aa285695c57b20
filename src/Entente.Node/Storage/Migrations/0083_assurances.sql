-- What may befall somebody in a country because of what we tell it, as this node's officers assess it. Never leaves.
CREATE TABLE risk (
  id TEXT PRIMARY KEY,
  country TEXT NOT NULL,
  kind TEXT NOT NULL, -- death-penalty, torture
  domains TEXT NOT NULL, -- joined by commas; empty for all
  source TEXT NOT NULL,
  placed_at BIGINT NOT NULL,
  placed_by TEXT NOT NULL,
  lifted_at BIGINT
);
CREATE INDEX risk_country ON risk (country, lifted_at);

-- What that country promised against it.
CREATE TABLE assurance (
  id TEXT PRIMARY KEY,
  country TEXT NOT NULL,
  kind TEXT NOT NULL,
  domains TEXT NOT NULL, -- joined by commas; empty for all
  reference TEXT NOT NULL,
  signatory TEXT NOT NULL, -- an office, not a person
  signed_on TEXT NOT NULL,
  expires_on TEXT, -- the last day it holds; null where it names none
  placed_at BIGINT NOT NULL,
  placed_by TEXT NOT NULL,
  lifted_at BIGINT
);
CREATE INDEX assurance_country ON assurance (country, lifted_at);

-- Terms of a link that one side proposed in a signed message and the other has to adopt in another.
CREATE TABLE link_proposal (
  id TEXT PRIMARY KEY, -- the proposal message's
  partner TEXT NOT NULL,
  direction TEXT NOT NULL, -- out, in
  terms TEXT NOT NULL, -- as they went over the link
  state TEXT NOT NULL, -- open, adopted
  proposed_by TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX link_proposal_open ON link_proposal (partner, state, at);
