/// The store where a file is the truth: objects in the form they would have in a cluster, kept in a
/// ledger that writes all of a change or nothing, with the rows that everybody reads beside them.
/// May not import reconcile, rest, sql or vertx.
@NullMarked
package dev.llmconfig.store.local;

import org.jspecify.annotations.NullMarked;
