/// What tests of both modules share: the control plane, its actors and its faults. Published as a
/// test-jar.
@NullMarked
package dev.llmconfig.testing;

import org.jspecify.annotations.NullMarked;
