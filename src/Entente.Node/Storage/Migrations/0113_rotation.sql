-- A card issued after the signing key was renewed, as partners get it who hold the one before: signed by both keys.
ALTER TABLE own_card ADD COLUMN rotation TEXT;
