/// Callers against a review that is played, and the client that carries their token.
@NullMarked
package dev.llmconfig.access;

import org.jspecify.annotations.NullMarked;
