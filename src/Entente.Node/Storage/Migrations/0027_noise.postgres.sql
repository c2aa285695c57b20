-- Ciphertext does not get smaller: PostgreSQL need not try.
ALTER TABLE envelope ALTER COLUMN jwe SET STORAGE EXTERNAL;
