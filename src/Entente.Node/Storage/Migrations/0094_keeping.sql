-- What a correction begun here says in words, for those who are told again: gone with the message that it is about.
ALTER TABLE correction ADD COLUMN data_key TEXT;
ALTER TABLE correction ADD COLUMN sealed BYTEA;

-- A notice of a breach may wait for a second person; whether it is told follows from its message's receipt.
ALTER TABLE breach_notice ADD COLUMN approval TEXT;
