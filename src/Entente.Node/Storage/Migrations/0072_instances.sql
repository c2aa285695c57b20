-- The instances of this node that live, and which of them serves each link. Times are the database's own. Serving a link
-- twice harms nothing but the machine: what is sealed and what is receipted is decided by the rows of the chain.
CREATE TABLE node_instance (
  id TEXT PRIMARY KEY,
  until BIGINT NOT NULL
);
CREATE TABLE link_lease (
  partner TEXT PRIMARY KEY,
  instance TEXT NOT NULL,
  until BIGINT NOT NULL
);
