-- The whole schema of config.db. A changed file is another schema: what an older version wrote is
-- dropped and rebuilt from the cluster. No column holds a plaintext key.

-- name: epoch, seq, synced_at, watched_namespaces, replica, replicas, leader, resource_versions
CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  id TEXT NOT NULL GENERATED ALWAYS AS (namespace || '.' || name) VIRTUAL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  uid TEXT NOT NULL,
  generation INTEGER NOT NULL,
  rv TEXT NOT NULL,
  secret_rv TEXT NOT NULL,
  facts_rv TEXT NOT NULL,
  seq INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  deleting INTEGER NOT NULL,
  managed_by TEXT NOT NULL,
  provider TEXT NOT NULL,
  display_name TEXT NOT NULL,
  source TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  expires_at TEXT,
  headers TEXT NOT NULL,
  -- Both tokens as the managed Secret holds them, each with the endpoint it was accepted for.
  encrypted_key TEXT,
  revision TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  -- How the current key is used, whatever is declared: a digest, and certificates as PEM.
  terms TEXT NOT NULL,
  ca TEXT,
  previous_encrypted_key TEXT,
  previous_revision TEXT,
  previous_endpoint TEXT,
  previous_until TEXT,
  masked_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  candidate TEXT NOT NULL,
  phase TEXT NOT NULL,
  ready TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  observed_generation INTEGER NOT NULL,
  checked_at TEXT,
  model_count INTEGER,
  -- Why there is none to choose from, where there is none.
  models_reason TEXT,
  models_message TEXT,
  used_by INTEGER,
  spec TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (namespace, name)
) STRICT;

CREATE TABLE model_configs (
  id TEXT NOT NULL GENERATED ALWAYS AS (namespace || '.' || name) VIRTUAL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  uid TEXT NOT NULL,
  generation INTEGER NOT NULL,
  rv TEXT NOT NULL,
  seq INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  deleting INTEGER NOT NULL,
  managed_by TEXT NOT NULL,
  api_key TEXT NOT NULL,
  model TEXT NOT NULL,
  display_name TEXT NOT NULL,
  is_default INTEGER NOT NULL,
  is_active INTEGER NOT NULL,
  parameters TEXT NOT NULL,
  -- Empty until the operator has resolved it.
  provider TEXT NOT NULL,
  context_tokens INTEGER,
  max_output_tokens INTEGER,
  retires_on TEXT,
  revision TEXT NOT NULL,
  candidate TEXT NOT NULL,
  failed_revision TEXT NOT NULL,
  mode TEXT NOT NULL,
  profile TEXT NOT NULL,
  matched INTEGER NOT NULL,
  up_to_date INTEGER NOT NULL,
  rolling INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  phase TEXT NOT NULL,
  ready TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  observed_generation INTEGER NOT NULL,
  applied TEXT NOT NULL,
  spec TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (namespace, name)
) STRICT;

-- What there is to choose from: kept lists, declared models, patterns and catalogue in one.
CREATE TABLE model_lists (
  namespace TEXT NOT NULL,
  api_key TEXT NOT NULL,
  stamp TEXT NOT NULL,
  asked_at TEXT,
  hidden INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  PRIMARY KEY (namespace, api_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE models (
  namespace TEXT NOT NULL,
  api_key TEXT NOT NULL,
  -- In the order of the ids.
  place INTEGER NOT NULL,
  model TEXT NOT NULL,
  context_tokens INTEGER,
  max_output_tokens INTEGER,
  facts TEXT NOT NULL,
  PRIMARY KEY (namespace, api_key, place)
) STRICT, WITHOUT ROWID;

-- Workloads that carry a label of ours. What their pods run is not in here: it may hold anything.
-- Of their variables the values of ours are, and of settings that cannot be keys.
CREATE TABLE agents (
  id TEXT NOT NULL GENERATED ALWAYS AS (namespace || '.' || kind || '.' || name) VIRTUAL,
  namespace TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  uid TEXT NOT NULL,
  generation INTEGER NOT NULL,
  -- What the row is made of. Not its resourceVersion, which its own status moves all the time.
  stamp TEXT NOT NULL,
  seq INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  deleting INTEGER NOT NULL,
  managed_by TEXT NOT NULL,
  -- The one that it asks for; mode and profile are empty where that is not there.
  model_config TEXT NOT NULL,
  mode TEXT NOT NULL,
  profile TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  since TEXT,
  requested_revision TEXT NOT NULL,
  requested_model TEXT NOT NULL,
  running_revision TEXT NOT NULL,
  running_model TEXT NOT NULL,
  -- Last, because lists do not read them: what each container has of us, and what a preview of the
  -- next revision needs.
  containers TEXT NOT NULL,
  sketch TEXT NOT NULL,
  PRIMARY KEY (namespace, kind, name)
) STRICT;

CREATE TABLE changes (
  seq INTEGER NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  op TEXT NOT NULL,
  manager TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
