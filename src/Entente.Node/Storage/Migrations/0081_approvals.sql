-- What waits for, or had, a second person's word. What it is about is sealed.
CREATE TABLE approval (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL, -- a registered kind: send, answer, …
  object TEXT NOT NULL, -- as in the ledger: draft:…, message:…
  partner TEXT,
  rank INT NOT NULL, -- who decides must be cleared for it
  requester TEXT NOT NULL, -- login
  unit TEXT NOT NULL,
  rules TEXT NOT NULL, -- the guard's rules that asked, joined by commas
  roles TEXT NOT NULL, -- whose voices are needed, joined by commas
  asked_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  state TEXT NOT NULL, -- waiting, granted, refused, lapsed, withdrawn
  settled_at BIGINT,
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL
);
CREATE INDEX approval_waiting ON approval (state, due_at, id);
CREATE INDEX approval_requester ON approval (requester, asked_at, id);

CREATE TABLE approval_voice (
  approval TEXT NOT NULL,
  role TEXT NOT NULL,
  officer TEXT NOT NULL, -- login of who decided
  on_behalf TEXT, -- login of who delegated; null where the role is the officer's own
  granted BOOLEAN NOT NULL,
  at BIGINT NOT NULL,
  data_key TEXT NOT NULL,
  sealed BYTEA NOT NULL, -- the reason in words
  PRIMARY KEY (approval, role)
);

-- Somebody's power to decide, lent for a time. It cannot be lent on.
CREATE TABLE delegation (
  id TEXT PRIMARY KEY,
  from_login TEXT NOT NULL,
  to_login TEXT NOT NULL,
  role TEXT NOT NULL,
  mode TEXT NOT NULL, -- delegate: at once; substitute: once half of the time to decide has passed
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX delegation_to ON delegation (to_login, until_at);
CREATE INDEX delegation_from ON delegation (from_login, until_at);
