/// Valid things only, and the pure functions over them: what is asked of a model, and what came of
/// it. An invalid input is a value that names all its problems. May not import the Kubernetes
/// client, anything that reads or writes, or a clock; the API types only in `Parsing`.
@NullMarked
package dev.llmconfig.domain;

import org.jspecify.annotations.NullMarked;
