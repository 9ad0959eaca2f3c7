package dev.llmconfig.provider.fake;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.llmconfig.api.VerdictReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One answer of a provider, and what we make of it; see `src/test/resources/providers/README.md`.
public record Fixture(
    String id,
    FakeCall call,
    int status,
    Map<String, String> headers,
    String body,
    List<String> pages,
    boolean once,
    boolean withoutKey,
    Fault fault,
    Expected expect) {

  public record Expected(
      VerdictReason reason,
      @Nullable Integer models,
      @Nullable Integer retryAfterSeconds,
      @Nullable String said) {}

  /// What stands in the file: everything but id, call and expectation may be left out.
  record Written(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) FakeCall call,
      @Nullable Integer status,
      @Nullable Map<String, String> headers,
      @Nullable String body,
      @Nullable List<String> pages,
      boolean once,
      boolean withoutKey,
      @Nullable Fault fault,
      @JsonProperty(required = true) Expected expect) {

    Fixture fixture() {
      return new Fixture(
          id,
          call,
          status == null ? 200 : status,
          headers == null ? Map.of() : headers,
          body == null ? "" : body.strip(),
          pages == null ? List.of() : pages,
          once,
          withoutKey,
          fault == null ? Fault.None : fault,
          expect);
    }
  }
}
