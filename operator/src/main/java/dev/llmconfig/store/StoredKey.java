package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import java.util.Optional;

/// A key as it is stored, with what is held of it.
///
/// @param declared empty where the spec is not understood
/// @param token of the store; empty where none is held
/// @param accepted the endpoint that it is held for
public record StoredKey(
    Ref ref, ObjectNode spec, Optional<ApiKey> declared, Optional<String> token, String accepted) {

  /// Where the key in the token may be used, as far as that is what the spec says.
  Optional<Binding> place() {
    return declared
        .map(ApiKey::binding)
        .filter(binding ->
            Endpoint.parse(accepted) instanceof Validated.Valid<Endpoint>(var endpoint)
                && endpoint.equals(binding.endpoint()));
  }

  @Override
  public String toString() {
    return ref.toString();
  }
}
