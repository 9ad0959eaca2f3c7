/// What goes over the wire, as records: they are written as they are, and the schemas of the
/// OpenAPI document are read off them. `@Nullable` is what may be absent. Knows nothing of rows,
/// callers or routes.
@NullMarked
package dev.llmconfig.rest.shape;

import org.jspecify.annotations.NullMarked;
