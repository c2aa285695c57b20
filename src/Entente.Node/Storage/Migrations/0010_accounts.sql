CREATE TABLE unit (
  slug TEXT PRIMARY KEY,
  names TEXT NOT NULL,
  created BIGINT NOT NULL
);

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  search TEXT NOT NULL,
  unit TEXT NOT NULL REFERENCES unit (slug),
  clearance INTEGER NOT NULL,
  language TEXT,
  active BOOLEAN NOT NULL,
  password_hash TEXT NOT NULL,
  must_change_password BOOLEAN NOT NULL,
  security_stamp TEXT NOT NULL,
  concurrency_stamp TEXT NOT NULL,
  totp_data_key TEXT REFERENCES data_key (id),
  totp_sealed BYTEA,
  totp_enrolled BOOLEAN NOT NULL,
  totp_step BIGINT NOT NULL,
  failures INTEGER NOT NULL,
  locked_until BIGINT,
  created BIGINT NOT NULL
);
CREATE INDEX account_unit ON account (unit, login);

CREATE TABLE account_role (
  account TEXT NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  PRIMARY KEY (account, role)
);

-- One-time codes for a lost telephone; only hashes are kept.
CREATE TABLE account_recovery_code (
  account TEXT NOT NULL REFERENCES account (id),
  hash TEXT NOT NULL,
  PRIMARY KEY (account, hash)
);

CREATE TABLE account_passkey (
  credential TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  name TEXT,
  created BIGINT NOT NULL,
  public_key BYTEA NOT NULL,
  sign_count BIGINT NOT NULL,
  transports TEXT NOT NULL,
  user_verified BOOLEAN NOT NULL,
  backup_eligible BOOLEAN NOT NULL,
  backed_up BOOLEAN NOT NULL,
  attestation BYTEA NOT NULL,
  client_data BYTEA NOT NULL
);
CREATE INDEX account_passkey_account ON account_passkey (account, created);

-- A signed-in browser. The cookie holds the token; here is its hash only.
CREATE TABLE account_session (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL REFERENCES account (id),
  created BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  address TEXT NOT NULL,
  agent TEXT NOT NULL,
  method TEXT NOT NULL
);
CREATE INDEX account_session_account ON account_session (account, created);
