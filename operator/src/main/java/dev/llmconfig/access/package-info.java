/// Who is calling and what they may do, as the API server says it when it is asked with the
/// caller's own credentials; and the client that carries them. May not import plan, reconcile or
/// sql.
@NullMarked
package dev.llmconfig.access;

import org.jspecify.annotations.NullMarked;
