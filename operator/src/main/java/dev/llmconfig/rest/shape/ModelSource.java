package dev.llmconfig.rest.shape;

import org.jspecify.annotations.Nullable;

/// How the list of one key came about.
///
/// @param reason why it is not fresh, or is empty
/// @param sentence the same in words, with the next step
/// @param at when the provider was asked for it
/// @param count how many models are in it
public record ModelSource(
    String apiKeyId,
    String status,
    @Nullable String reason,
    @Nullable String sentence,
    @Nullable String at,
    int count) {}
