package dev.llmconfig.domain;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Another object's view of an ApiKeyConfig, through the door of [Parsing].
final class ParsingKeyState {

  private final ApiKeyConfig config;
  private final ApiKeyConfigStatus status;

  private ParsingKeyState(ApiKeyConfig config) {
    this.config = config;
    this.status = Objects.requireNonNullElseGet(config.getStatus(), ApiKeyConfigStatus::new);
  }

  static KeyState read(ApiKeyConfig config) {
    return new ParsingKeyState(config).read();
  }

  private KeyState read() {
    if (status.getObservedGeneration() == null) {
      return notReady(ConditionReason.Pending);
    }
    if (!Objects.equals(status.getObservedGeneration(), config.getMetadata().getGeneration())) {
      return new KeyState.Changing();
    }
    var leaving = config.getMetadata().getDeletionTimestamp() != null;
    var reason =
        condition("Ready").map(Condition::getReason).orElse(ConditionReason.Pending.name());
    var usable = isTrue("Ready") || (leaving && reason.equals(ConditionReason.Deleting.name()));
    return usable ? inUse(leaving) : new KeyState.NotReady(reason, isTrue("Stalled"));
  }

  private UsableKey.Successor successor() {
    if (given(status.getCandidate()).isEmpty()) {
      return UsableKey.Successor.None;
    }
    return condition("Verified").filter(one -> "Unknown".equals(one.getStatus())).isPresent()
        ? UsableKey.Successor.Pending
        : UsableKey.Successor.Refused;
  }

  private boolean isTrue(String type) {
    return condition(type).filter(one -> "True".equals(one.getStatus())).isPresent();
  }

  private Optional<Condition> condition(String type) {
    return Objects.requireNonNullElse(status.getConditions(), List.<Condition>of()).stream()
        .filter(one -> type.equals(one.getType()))
        .findFirst();
  }

  private KeyState inUse(boolean leaving) {
    return switch (Parsing.apiKey(config)) {
      case Validated.Invalid<ApiKey> _ -> notReady(ConditionReason.SpecInvalid);
      case Validated.Valid<ApiKey>(var declared) -> {
        var revision = given(status.getRevision());
        var endpoint =
            given(status.getEndpoint())
                .map(Endpoint::parse)
                .flatMap(parsed ->
                    parsed instanceof Validated.Valid<Endpoint>(var place)
                        ? Optional.of(place)
                        : Optional.empty());
        var missing = revision.isEmpty() && !(declared.source() instanceof KeySource.Keyless);
        yield missing || endpoint.isEmpty()
            ? notReady(ConditionReason.Pending)
            : new KeyState.Usable(
                UsableKey.of(declared, endpoint.get(), revision, successor()), leaving);
      }
    };
  }

  private static KeyState notReady(ConditionReason reason) {
    return new KeyState.NotReady(reason.name());
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }
}
