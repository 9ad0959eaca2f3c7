package dev.llmconfig.provider.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/// A request as the fake saw it. The key itself is not in it: what tells keys apart is a hash.
///
/// @param path with its query
/// @param headers in lower case, without those that carry a key
/// @param keyHeader the header that carried the key
/// @param keyId eight hex digits of the key's SHA-256
public record Seen(
    String method,
    String path,
    FakeCall call,
    Map<String, String> headers,
    Optional<String> keyHeader,
    Optional<String> keyId,
    JsonNode body) {}
