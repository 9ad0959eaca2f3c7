package dev.llmconfig.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// What a token says of itself. Nobody has checked it, so it decides nothing but how soon something
/// ends and what is looked at first.
///
/// @param expiresAt empty for a token that is no JWT, or has no end
/// @param namespace that of the ServiceAccount whose token it is
record TokenClaims(Optional<Instant> expiresAt, Optional<String> namespace) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TokenClaims NONE = new TokenClaims(Optional.empty(), Optional.empty());

  static TokenClaims of(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return NONE;
    }
    try {
      var claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      return new TokenClaims(
          number(claims.path("exp")),
          Optional.of(claims.path("kubernetes.io").path("namespace").asText(""))
              .filter(name -> !name.isEmpty()));
    } catch (JsonProcessingException | IllegalArgumentException _) {
      return NONE;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Optional<Instant> number(JsonNode seconds) {
    return seconds.isNumber() && seconds.canConvertToLong()
        ? Optional.of(Instant.ofEpochSecond(Math.clamp(seconds.longValue(), 0, 253_402_300_799L)))
        : Optional.empty();
  }
}
