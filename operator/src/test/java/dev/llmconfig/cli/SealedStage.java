package dev.llmconfig.cli;

import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.Discovery;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.SealingScope;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelSelection;
import dev.llmconfig.api.v1alpha1.SealedKey;
import dev.llmconfig.api.v1alpha1.SecretRef;
import dev.llmconfig.api.v1alpha1.Verification;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.SealingCertificate;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.TokenContent;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.Requests;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// What the platform engineer of a story with keys inside their object, sealed ones above all, does
/// and sees.
record SealedStage(ControlPlane plane, String encryptionKey) {

  static final Duration SOON = Duration.ofSeconds(45);
  static final ResourceDefinitionContext SEALED_SECRETS =
      new ResourceDefinitionContext.Builder()
          .withGroup("bitnami.com")
          .withVersion("v1alpha1")
          .withKind("SealedSecret")
          .withPlural("sealedsecrets")
          .withNamespaced(true)
          .build();

  private static final String CLUSTER_WIDE = "sealedsecrets.bitnami.com/cluster-wide";

  KubernetesClient client() {
    return plane.admin().client();
  }

  /// What `kubeseal --raw` prints for this key of an ApiKeyConfig of this name.
  String seal(String name, String key, SealingScope scope) {
    if (!(SealingCertificate.read(plane.sealedSecrets().certificate(), Instant.now())
        instanceof SealingCertificate.Read.Usable(var box))) {
      throw new AssertionError("the certificate of the controller cannot be used");
    }
    try (var bytes = SecretBytes.taking(key.getBytes(StandardCharsets.UTF_8))) {
      return box.seal(bytes, scope, plane.namespace(), name + "-sealed");
    }
  }

  void create(String name, String sealed, SealingScope scope) {
    client().resource(config(name, spec -> spec.setSealedKey(sealedKey(sealed, scope)))).create();
  }

  void create(String name, String key) {
    create(name, seal(name, key, SealingScope.Strict), SealingScope.Strict);
  }

  ApiKeyConfig config(String name, Consumer<ApiKeyConfigSpec> source) {
    var config = new ApiKeyConfig();
    config.getMetadata().setNamespace(plane.namespace());
    config.getMetadata().setName(name);
    var verification = new Verification();
    verification.setMode(VerificationMode.Disabled);
    var models = new ModelSelection();
    models.setDiscovery(Discovery.Disabled); // or the provider would be asked for its list
    var spec = new ApiKeyConfigSpec();
    spec.setProvider(Provider.OpenAI);
    spec.setVerification(verification);
    spec.setModels(models);
    source.accept(spec);
    config.setSpec(spec);
    return config;
  }

  static SealedKey sealedKey(String encryptedData, SealingScope scope) {
    var sealed = new SealedKey();
    sealed.setEncryptedData(encryptedData);
    sealed.setScope(scope);
    return sealed;
  }

  void reseal(String name, String sealed, SealingScope scope) {
    edit(name, spec -> spec.setSealedKey(sealedKey(sealed, scope)));
  }

  void switchTo(String name, String secret) {
    edit(name, from(secret));
  }

  static Consumer<ApiKeyConfigSpec> from(String secret) {
    var ref = new SecretRef();
    ref.setName(secret);
    ref.setKey("api-key");
    return spec -> {
      spec.setSealedKey(null);
      spec.setSecretRef(ref);
    };
  }

  void edit(String name, Consumer<ApiKeyConfigSpec> change) {
    configs(name)
        .edit(one -> {
          change.accept(one.getSpec());
          return one;
        });
  }

  void secret(String name, String key) {
    plane
        .admin()
        .forceApply(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName(name)
                .endMetadata()
                .withData(
                    Map.of(
                        "api-key",
                        Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8))))
                .build());
  }

  void foreignSealedSecret(String name, String sealed) {
    client()
        .genericKubernetesResources(SEALED_SECRETS)
        .resource(
            new GenericKubernetesResourceBuilder()
                .withApiVersion("bitnami.com/v1alpha1")
                .withKind("SealedSecret")
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName(name)
                .endMetadata()
                .addToAdditionalProperties(
                    "spec", Map.of("encryptedData", Map.of("theirs", sealed)))
                .build())
        .create();
  }

  /// Somebody else sets another scope, which leads to no new generation and no new Secret.
  void widen(String key) {
    sealedSecrets(key + "-sealed")
        .edit(one -> {
          one.getMetadata().getAnnotations().put(CLUSTER_WIDE, "true");
          return one;
        });
  }

  void awaitScope(String key) {
    await("the declared scope of " + key + " to be back")
        .atMost(SOON)
        .until(
            () -> sealedSecret(key).orElseThrow().getMetadata().getAnnotations().get(CLUSTER_WIDE),
            "false"::equals);
  }

  Resource<ApiKeyConfig> configs(String name) {
    return client().resources(ApiKeyConfig.class).inNamespace(plane.namespace()).withName(name);
  }

  Resource<GenericKubernetesResource> sealedSecrets(String name) {
    return client()
        .genericKubernetesResources(SEALED_SECRETS)
        .inNamespace(plane.namespace())
        .withName(name);
  }

  Optional<GenericKubernetesResource> sealedSecret(String key) {
    return Optional.ofNullable(sealedSecrets(key + "-sealed").get());
  }

  Optional<Secret> find(String secret) {
    return Optional.ofNullable(
        client().secrets().inNamespace(plane.namespace()).withName(secret).get());
  }

  boolean carries(String key, String data) {
    return sealedSecret(key)
        .filter(one -> data.equals(one.get("spec", "encryptedData", "api-key")))
        .isPresent();
  }

  /// What the controller has made of it.
  String unsealed(String key) {
    return find(key + "-sealed")
        .map(secret -> secret.getData().get("api-key"))
        .map(base64 -> new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
        .orElse("");
  }

  /// The key in use, opened as the operator would.
  String inUse(String name) {
    var token =
        new String(
            Base64.getDecoder()
                .decode(find(name + "-llmkey").orElseThrow().getData().get("current")),
            StandardCharsets.US_ASCII);
    try (var ring = RunningOperator.ring(encryptionKey)) {
      if (ring.open(token) instanceof Opening.Opened(var plaintext, _)
          && TokenContent.read(plaintext) instanceof TokenContent.Bound(var envelope)) {
        return envelope.key().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
      }
    }
    throw new AssertionError("the token of " + name + " does not open");
  }

  Condition condition(String name, String type) {
    return find(name, type).orElseThrow();
  }

  boolean has(String name, String type) {
    return find(name, type).isPresent();
  }

  private Optional<Condition> find(String name, String type) {
    return Objects.requireNonNullElse(
            configs(name).require().getStatus().getConditions(), List.<Condition>of())
        .stream()
        .filter(one -> one.getType().equals(type))
        .findFirst();
  }

  void awaitReason(String name, String type, String reason) {
    await(name + " to say " + type + " " + reason)
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> condition(name, type).getReason().equals(reason));
  }

  void awaitReady(String name) {
    awaitReason(name, "Ready", "VerificationDisabled");
  }

  /// What was asked of the API server about the objects of this key.
  Requests asked(String name, AuditLog.Mark since) {
    return plane
        .audit()
        .since(since)
        .only(request -> request.name().equals(name) || request.name().startsWith(name + "-"));
  }
}
