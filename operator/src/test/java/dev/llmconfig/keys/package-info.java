/// Stories of keys, told with kubectl on a real API server: a platform engineer, the operator with
/// its own rights, and a provider that counts what it is asked. Nobody calls a reconciler by hand
/// here.
@NullMarked
package dev.llmconfig.keys;

import org.jspecify.annotations.NullMarked;
