-- What config.db has besides the rows where it is the truth. Rows are made anew by each version;
-- these tables stay, and a version that changes them has to bring along what is in them.

CREATE TABLE objects (
  kind TEXT NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (kind, namespace, name)
) STRICT;

CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was done to this store once. The first is the form of these tables.
CREATE TABLE migration_versions (
  name TEXT NOT NULL PRIMARY KEY,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: the last number that was given.
CREATE TABLE counter (
  last INTEGER NOT NULL
) STRICT;
