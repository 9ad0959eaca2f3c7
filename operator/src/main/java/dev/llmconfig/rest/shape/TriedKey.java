package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.llmconfig.api.Probe;
import org.jspecify.annotations.Nullable;

/// A key that is to be tried: what one sends to make it, and how it is to be tried. Nothing of it
/// is stored.
///
/// @param probe that of verification, or the free one, where it is absent
/// @param model to be asked for a word, or looked for, according to the probe
public record TriedKey(@JsonUnwrapped NewKey made, @Nullable Probe probe, @Nullable String model) {}
