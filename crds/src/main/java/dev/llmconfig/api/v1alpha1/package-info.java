/// The types of the API `llmconfig.dev/v1alpha1`, the source of the CRDs. Plain beans for Jackson
/// and the generator: no logic, no import of ours but `dev.llmconfig.api`. Fields that they do not
/// know are read over, because one object that cannot be read ends the watch of all.
@NullMarked
package dev.llmconfig.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
