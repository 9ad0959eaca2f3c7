/// When providers are asked, how often, and by how many at once: never on a caller's thread, never
/// twice for the same cause, never again after a definitive no, and for ever after bad weather.
/// What an answer means is known by `provider`; what follows from a verdict is decided by `plan`,
/// which this package may not import, nor `reconcile`.
@NullMarked
package dev.llmconfig.verify;

import org.jspecify.annotations.NullMarked;
