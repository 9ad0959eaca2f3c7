/// Gather, plan, apply, report: the only JOSDK code. What is decided is decided in `plan`; what is
/// written is written by `Applier` and `StatusWriter`, and only while the lease is held. May not
/// import sql or vertx.
@NullMarked
package dev.llmconfig.reconcile;

import org.jspecify.annotations.NullMarked;
