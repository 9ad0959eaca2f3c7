package dev.llmconfig.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.AppliedBasis;
import dev.llmconfig.api.v1alpha1.AppliedSettings;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.api.v1alpha1.ModelSelection;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Rows as the operator writes them for what can be chatted with.
public final class ChatRows {

  private ChatRows() {}

  /// What the operator keeps of a key.
  public static String token(KeyRing ring, Ref key, String endpoint, String text) {
    try (var envelope =
            new Envelope(
                Envelope.Purpose.Store,
                key.namespace(),
                key.name(),
                endpoint,
                SecretBytes.taking(text.getBytes(StandardCharsets.US_ASCII)));
        var plaintext = envelope.toJson()) {
      return ring.encrypt(plaintext, Instant.parse("2026-11-20T12:00:00Z"));
    }
  }

  public static Key key(Ref ref) {
    return new Key(ref);
  }

  public static Config config(Ref ref, String model) {
    return new Config(ref, model);
  }

  /// The built-in provider, ready.
  public static KeyRow echo(Ref ref) {
    return key(ref).of(Provider.Echo, "https://echo.invalid/v1").row();
  }

  /// A key in the making.
  public static final class Key {
    private final ApiKeyConfig bean;
    private Optional<HeldToken> current = Optional.empty();
    private Optional<HeldToken> previous = Optional.empty();
    private String endpoint = "https://api.openai.com/v1";

    private Key(Ref ref) {
      bean = Sample.key(ref, "u-" + ref.name(), 3);
    }

    public Key current(String revision, String place, String token) {
      endpoint = place;
      current = Optional.of(new HeldToken(token, revision, place, Optional.empty()));
      return this;
    }

    public Key previous(String revision, String place, String token) {
      previous =
          Optional.of(new HeldToken(token, revision, place, Optional.of("2026-12-01T00:00:00Z")));
      return this;
    }

    public Key without() {
      current = Optional.empty();
      previous = Optional.empty();
      return this;
    }

    public Key suspended() {
      bean.getSpec().setSuspend(true);
      return this;
    }

    /// Reached over plain HTTP, as a test's own server is.
    public Key at(Provider provider, String place) {
      bean.getSpec().setProvider(provider);
      bean.getSpec().setEndpoint(place);
      bean.getSpec().setAllowInsecureEndpoint(true);
      endpoint = place;
      return this;
    }

    Key of(Provider provider, String place) {
      bean.getSpec().setProvider(provider);
      bean.getSpec().setSecretRef(null);
      endpoint = place;
      return this;
    }

    public Key allowing(String... patterns) {
      var models = new ModelSelection();
      models.setAllow(List.of(patterns));
      bean.getSpec().setModels(models);
      return this;
    }

    public Key ready(String status, String reason, String message) {
      bean.getStatus().setConditions(List.of(condition(status, reason, message)));
      return this;
    }

    public KeyRow row() {
      var row = Projection.key(bean, Optional.empty(), Optional.empty());
      return new KeyRow(
          row.ref(),
          row.version(),
          current.map(HeldToken::token).orElse(""),
          "",
          row.declared(),
          current,
          previous,
          new KeyRow.Accepted(endpoint, "", Optional.empty()),
          row.told());
    }
  }

  /// A config in the making.
  public static final class Config {
    private final ModelConfig bean;
    private final ModelConfigStatus status = new ModelConfigStatus();

    private Config(Ref ref, String model) {
      bean = Sample.modelConfig(ref, "u-" + ref.name(), 5);
      bean.getSpec().setModel(model);
      bean.setStatus(status);
    }

    /// With these settings applied.
    ///
    /// @param revision of the key; empty for a provider that needs none
    public Config applied(
        String model, String key, String revision, String place, String parameters) {
      return applied(Provider.OpenAI, model, key, revision, place, parameters);
    }

    public Config applied(
        Provider provider,
        String model,
        String key,
        String revision,
        String place,
        String parameters) {
      var basis = new AppliedBasis();
      basis.setDeclared("i-0123456789");
      basis.setTokenField(TokenField.MaxTokens);
      var applied = new AppliedSettings();
      applied.setModel(model);
      applied.setApiKey(key);
      applied.setProvider(provider);
      applied.setApiKeyRevision(revision.isEmpty() ? null : revision);
      applied.setEndpoint(place);
      applied.setParameters(json(parameters));
      applied.setBasis(basis);
      applied.setProfile("openai@1");
      applied.setMode(DeliveryMode.Env);
      applied.setFileMountPath("/etc/llm");
      status.setRevision("m-0123456789");
      status.setApplied(applied);
      return this;
    }

    public Config suspended() {
      bean.getSpec().setSuspend(true);
      return this;
    }

    public Config ready(String state, String reason, String message) {
      status.setConditions(List.of(condition(state, reason, message)));
      return this;
    }

    public ModelConfigRow row() {
      return Projection.modelConfig(bean);
    }
  }

  private static io.fabric8.kubernetes.api.model.Condition condition(
      String status, String reason, String message) {
    return new ConditionBuilder()
        .withType("Ready")
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonMapper.builder().build().readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new AssertionError(wrong);
    }
  }
}
