/// Plain HTTP to places that others name, made safe: the address is checked and then dialled, time
/// and size are bounded, nothing is followed, kept or repeated. One shared Vert.x client, called
/// from virtual threads. Knows nothing of providers. May not import Kubernetes, nor read the
/// environment.
@NullMarked
package dev.llmconfig.provider.transport;

import org.jspecify.annotations.NullMarked;
