/// What would become of agents if some objects were applied, worked out by the planners of the
/// operator on objects as they would be then. Pure; it sends nothing to anybody and holds no key.
/// May not import a kubernetes client (but for its way of reading objects), sql or vertx.
@NullMarked
package dev.llmconfig.impact;

import org.jspecify.annotations.NullMarked;
