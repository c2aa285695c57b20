-- Which of our agreement keys each partner last encrypted to: an older one is kept until all use the present one.
CREATE TABLE agreement_use (
  partner TEXT PRIMARY KEY,
  kid TEXT NOT NULL,
  at BIGINT NOT NULL
);
