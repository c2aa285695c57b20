-- What a form that sends led to, kept in the transaction of what it sent: posted again, it leads there and sends nothing.
CREATE TABLE posted_form (
  officer TEXT NOT NULL, -- login
  number TEXT NOT NULL, -- made when the page was
  content TEXT NOT NULL, -- keyed hash of all that was filled in
  next TEXT NOT NULL, -- the address it led to
  at BIGINT NOT NULL,
  PRIMARY KEY (officer, number, content)
);
CREATE INDEX posted_form_at ON posted_form (at);
