/// What to do, decided from what was observed. Pure: the same input gives the same plan; time
/// arrives as a value, and what is random (ciphertext) is made when the plan is applied. May not
/// import the Kubernetes client, anything that reads or writes, or a clock.
@NullMarked
package dev.llmconfig.plan;

import org.jspecify.annotations.NullMarked;
