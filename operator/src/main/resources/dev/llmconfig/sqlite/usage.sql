-- What the sidecar itself remembers. It is nobody's truth: the cluster's audit log is.

CREATE TABLE audit (
  number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor TEXT,
  via TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  namespace TEXT NOT NULL,
  result TEXT NOT NULL,
  reason TEXT NOT NULL,
  address TEXT NOT NULL,
  fields TEXT NOT NULL
) STRICT;

CREATE INDEX audit_at ON audit (at);
