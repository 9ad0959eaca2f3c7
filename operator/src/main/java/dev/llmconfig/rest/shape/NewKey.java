package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.store.Holding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key that is to be made: the spec of an ApiKeyConfig, and beside it where it is to be, the key
/// itself, and where that is kept.
///
/// @param name made from provider and displayName where it is absent
/// @param consent tells the Secret to let its key go to the endpoint
public record NewKey(
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
    @Nullable Boolean suspend) {}
