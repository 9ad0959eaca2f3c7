/// How the providers are asked whether a key, an endpoint and a model are good, and what their
/// answers mean: one small file per dialect, an ordered chain of pure rules over a normalised
/// answer, and nothing of a provider's text that was not scrubbed. Providers themselves are data,
/// in `dev.llmconfig.api.Provider`. May not import the Kubernetes client.
@NullMarked
package dev.llmconfig.provider;

import org.jspecify.annotations.NullMarked;
