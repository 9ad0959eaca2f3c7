/// The only package with SQL. `config.db`, behind the ports of `mirror`: one schema file, one
/// writer, readers that open it read-only. May not import the Kubernetes client or model, plan,
/// reconcile, rest or vertx. Native calls pin, so all of it runs on platform threads.
@NullMarked
package dev.llmconfig.sqlite;

import org.jspecify.annotations.NullMarked;
