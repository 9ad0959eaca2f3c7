/// What a process tells about itself over HTTP: `/livez`, `/readyz`, `/metrics`. Knows nothing of
/// what it reports on: checks and metrics are handed in. May not import the Kubernetes client,
/// plan, reconcile or sql.
@NullMarked
package dev.llmconfig.health;

import org.jspecify.annotations.NullMarked;
