package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.Provider;
import dev.llmconfig.store.Holding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key that is to be tried: what one sends to make it, and how it is to be tried. Nothing of it
/// is stored.
///
/// @param consent lets the key of the Secret go to the endpoint this once
/// @param probe that of verification, or the free one, where it is absent
/// @param model to be asked for a word, or looked for, according to the probe
public record TriedKey(
    String namespace,
    @Nullable String name,
    @Nullable String key,
    @Nullable Holding store,
    @Nullable Boolean consent,
    Provider provider,
    @Nullable String displayName,
    @Nullable ObjectNode secretRef,
    @Nullable String encryptedKey,
    @Nullable ObjectNode sealedKey,
    @Nullable String endpoint,
    @Nullable Boolean allowInsecureEndpoint,
    @Nullable List<ObjectNode> headers,
    @Nullable ObjectNode caRef,
    @Nullable ObjectNode azure,
    @Nullable ObjectNode models,
    @Nullable ObjectNode verification,
    @Nullable ObjectNode rotation,
    @Nullable String expiresAt,
    @Nullable Boolean suspend,
    @Nullable Probe probe,
    @Nullable String model) {}
