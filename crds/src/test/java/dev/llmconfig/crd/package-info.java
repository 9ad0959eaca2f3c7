/// How the CRDs are made from the beans, and the tests of what was made: drift, descriptions, and
/// every rule against the real API server. Test code only; imports no other package of ours but
/// `api` and `testing`.
@NullMarked
package dev.llmconfig.crd;

import org.jspecify.annotations.NullMarked;
