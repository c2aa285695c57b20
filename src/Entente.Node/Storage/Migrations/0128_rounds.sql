-- Which alerts were raised together. It stays here: to tell a partner who else was warned would be telling of others.
CREATE TABLE alert_round (
    message TEXT PRIMARY KEY,
    round TEXT NOT NULL,
    case_id TEXT NOT NULL,
    partner TEXT NOT NULL,
    country TEXT NOT NULL,
    unit TEXT NOT NULL,
    author TEXT NOT NULL,
    at BIGINT NOT NULL,
    approval TEXT
);
CREATE INDEX alert_round_round ON alert_round (round);
CREATE INDEX alert_round_case ON alert_round (case_id);
