/// The mirror of the cluster: what informers hold, projected to rows, and the read side of those
/// rows for the sidecar. Decides nothing. Where the rows are kept is behind [MirrorStore] and
/// [MirrorReader]. May not import plan, reconcile, sql or vertx.
@NullMarked
package dev.llmconfig.mirror;

import org.jspecify.annotations.NullMarked;
