/// Saving: the port through which everything is changed, whether the truth is a cluster or a file.
/// What it takes and gives knows neither. May not import reconcile, rest, sql or vertx.
@NullMarked
package dev.llmconfig.store;

import org.jspecify.annotations.NullMarked;
