package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.store.Holding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be said of a key: the spec of an ApiKeyConfig, and beside it the key itself, and where
/// that is kept. A patch has any of it.
///
/// @param consent tells the Secret to let its key go to the endpoint; of a key that is tried, this
///   once
public record KeyFields(
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
    @Nullable Boolean suspend) {}
