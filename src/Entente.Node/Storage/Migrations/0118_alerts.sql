-- Alerts of ours that nobody at the partner's has taken in charge: few rows, looked for on every visit of the inbox.
CREATE INDEX request_unacknowledged ON request (due) WHERE direction = 'out' AND kind = 'alert' AND open;
