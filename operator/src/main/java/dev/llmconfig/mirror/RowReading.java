package dev.llmconfig.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.AppliedSettings;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.AppliedStatus;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Optional;

/// Makes of the JSON in a row what the operator made of the object: through the same doors, so that
/// both understand it in the same way.
final class RowReading {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private RowReading() {}

  static Optional<ApiKey> key(KeyRow row) {
    return bean(row.declared().spec(), ApiKeyConfigSpec.class).flatMap(spec -> key(row, spec));
  }

  private static Optional<ApiKey> key(KeyRow row, ApiKeyConfigSpec spec) {
    var config = new ApiKeyConfig();
    config.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(row.ref().namespace())
            .withName(row.ref().name())
            .withUid(row.version().uid())
            .withGeneration(row.version().generation())
            .build());
    config.setSpec(spec);
    return Parsing.apiKey(config) instanceof Validated.Valid<ApiKey>(var key)
        ? Optional.of(key)
        : Optional.empty();
  }

  static Optional<AppliedRevision> lastGood(ModelConfigRow row) {
    return row.applied().isEmpty()
        ? Optional.empty()
        : bean(row.applied(), AppliedSettings.class)
            .flatMap(applied -> AppliedStatus.read(row.revisions().applied(), applied));
  }

  /// One row that cannot be read is nothing, and takes no other with it (traps K8).
  private static <T> Optional<T> bean(String json, Class<T> type) {
    try {
      return Optional.ofNullable(JSON.readValue(json, type));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
