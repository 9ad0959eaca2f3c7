/// The store where a cluster is the truth: custom resources, written with the caller's own client,
/// so that Kubernetes decides who may, and its audit log names who did. May not import reconcile,
/// rest, sql or vertx.
@NullMarked
package dev.llmconfig.store.cluster;

import org.jspecify.annotations.NullMarked;
