/// The types of the API `llmconfig.dev/v1alpha1`, the source of the CRDs. Plain beans for Jackson
/// and the generator: no logic, no import from anything else of ours.
@NullMarked
package dev.llmconfig.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
