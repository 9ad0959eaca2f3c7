/// The chart and what is made of it: rendered by the real helm, accepted by the real API server,
/// and enough for the real operator. What only reads files is a test of its own, without a cluster.
@NullMarked
package dev.llmconfig.install;

import org.jspecify.annotations.NullMarked;
