package dev.llmconfig.mirror;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.AppliedSettings;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.api.v1alpha1.NameRef;
import dev.llmconfig.api.v1alpha1.SecretRef;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Objects as the API server hands them out.
public final class Sample {

  static final Catalogue CATALOGUE = Catalogue.packed();

  private Sample() {}

  public static ApiKeyConfig key(Ref ref, String uid, long version) {
    var key = new ApiKeyConfig();
    key.setMetadata(meta(ref, uid, version));
    var source = new SecretRef();
    source.setName("openai");
    var spec = new ApiKeyConfigSpec();
    spec.setProvider(Provider.OpenAI);
    spec.setDisplayName("Key " + version);
    spec.setSecretRef(source);
    key.setSpec(spec);
    var status = new ApiKeyConfigStatus();
    status.setObservedGeneration(version);
    status.setMaskedKey("sk-***3f9c");
    status.setEndpoint("https://api.openai.com/v1");
    status.setConditions(
        List.of(
            new ConditionBuilder()
                .withType("Ready")
                .withStatus("True")
                .withReason("Verified")
                .withMessage("OpenAI accepted the key.")
                .build()));
    key.setStatus(status);
    return key;
  }

  public static ModelConfig modelConfig(Ref ref, String uid, long version) {
    var config = new ModelConfig();
    config.setMetadata(meta(ref, uid, version));
    var key = new NameRef();
    key.setName("openai");
    var spec = new ModelConfigSpec();
    spec.setApiKeyRef(key);
    spec.setModel("gpt-" + version);
    config.setSpec(spec);
    return config;
  }

  public static Secret managedSecret(Ref key, String uid, long version) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(key.namespace())
        .withName(ManagedNames.encryptedSecret(key.name()))
        .withUid(uid)
        .withResourceVersion(Long.toString(version))
        .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
        .addToLabels(Labels.API_KEY, key.name())
        .addToAnnotations(Annotations.REVISION, "r-" + version)
        .addToAnnotations(Annotations.ENDPOINT, "https://api.openai.com/v1")
        .addToAnnotations(Annotations.TERMS, "t-" + version)
        .addToAnnotations(Annotations.FINGERPRINT, "hmac:" + version)
        .addToAnnotations(Annotations.PREVIOUS_REVISION, "r-old")
        .addToAnnotations(Annotations.PREVIOUS_ENDPOINT, "https://old.example.com/v1")
        .addToAnnotations(Annotations.PREVIOUS_UNTIL, "2026-12-01T00:00:00Z")
        .endMetadata()
        .withType(ManagedNames.ENCRYPTED_KEY_TYPE)
        .withData(
            Map.of(
                ManagedNames.CURRENT, base64("gAAAAABcurrent" + version),
                ManagedNames.PREVIOUS, base64("gAAAAABprevious")))
        .build();
  }

  /// What was found out about the key with that uid.
  public static ConfigMap facts(Ref key, String keyUid, long version, String... ids) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(key.namespace())
        .withName(ManagedNames.factsConfigMap(key.name()))
        .withUid(keyUid + "f")
        .withResourceVersion(Long.toString(version))
        .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
        .addToLabels(Labels.API_KEY, key.name())
        .addToAnnotations(Annotations.ENDPOINT, "https://api.openai.com/v1")
        .addToAnnotations(Annotations.ASKED_AT, "2026-11-20T12:00:00Z")
        .addNewOwnerReference()
        .withUid(keyUid)
        .endOwnerReference()
        .endMetadata()
        .addToData(
            ManagedNames.MODELS,
            Stream.of(ids)
                .map(id -> "\"%s\":{}".formatted(id))
                .collect(Collectors.joining(",", "{\"models\":{", "}}")))
        .addToData(ManagedNames.AUTHORITY, "-----BEGIN CERTIFICATE-----" + version)
        .build();
  }

  public static OfferedModels models(Ref key, String stamp, String... ids) {
    return new OfferedModels(
        key,
        stamp,
        Optional.of("2026-11-20T12:00:00Z"),
        2,
        3,
        Stream.of(ids)
            .map(id ->
                new OfferedModels.Model(id, OptionalLong.of(400_000), OptionalLong.empty(), "{}"))
            .toList());
  }

  /// A workload that asks for a ModelConfig.
  ///
  /// @param marked whether that has delivered to it
  public static Deployment agent(
      Ref ref, String uid, long version, String asksFor, boolean marked) {
    var labels = new TreeMap<>(Map.of(Labels.MODEL_CONFIG, asksFor));
    if (marked) {
      labels.put(Labels.DELIVERED_BY, ref.name());
    }
    var meta = meta(ref, uid, version);
    meta.setLabels(labels);
    if (marked) {
      meta.setManagedFields(
          Stream.concat(meta.getManagedFields().stream(), Stream.of(delivered())).toList());
    }
    return new DeploymentBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withNewTemplate()
        .withNewMetadata()
        .withAnnotations(marked ? Map.of(Annotations.REVISION, "m-" + version) : Map.of())
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("app")
        .withEnv(marked ? env(version) : List.of())
        .addNewEnv()
        .withName("OWN")
        .withValue("of-its-own")
        .endEnv()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static List<EnvVar> env(long version) {
    return List.of(
        new EnvVarBuilder().withName("OPENAI_MODEL").withValue("gpt-" + version).build(),
        new EnvVarBuilder()
            .withName("OPENAI_API_KEY")
            .withNewValueFrom()
            .withNewSecretKeyRef("api-key", "openai-llmkey-r-0123456789", false)
            .endValueFrom()
            .build());
  }

  /// What the API server notes of our patch.
  private static ManagedFieldsEntry delivered() {
    var fields = new FieldsV1();
    Map<String, Object> env =
        Map.of(
            "k:{\"name\":\"OPENAI_MODEL\"}",
            Map.of(".", Map.of(), "f:name", Map.of(), "f:value", Map.of()),
            "k:{\"name\":\"OPENAI_API_KEY\"}",
            Map.of(".", Map.of(), "f:name", Map.of(), "f:valueFrom", Map.of()));
    Map<String, Object> container =
        Map.of("f:containers", Map.of("k:{\"name\":\"app\"}", Map.of("f:env", env)));
    fields.setAdditionalProperties(
        Map.of("f:spec", Map.of("f:template", Map.of("f:spec", container))));
    return new ManagedFieldsEntryBuilder()
        .withManager("llm-config-operator")
        .withOperation("Update")
        .withFieldsType("FieldsV1")
        .withFieldsV1(fields)
        .build();
  }

  /// With everything in it.
  public static AgentRow agentRow(Ref ref, String uid, long version) {
    return new AgentProjection(
            agent(ref, uid, version, "support", true),
            "support",
            Optional.of(told(new Ref(ref.namespace(), "support"), version)),
            Optional.of(told(new Ref(ref.namespace(), "support"), version)))
        .row();
  }

  /// A ModelConfig whose settings are with everybody.
  static ModelConfig told(Ref ref, long version) {
    var config = modelConfig(ref, "m", version);
    var applied = new AppliedSettings();
    applied.setModel("gpt-" + version);
    var status = new ModelConfigStatus();
    status.setRevision("m-" + version);
    status.setApplied(applied);
    config.setStatus(status);
    return config;
  }

  public static KeyRow keyRow(Ref ref, String uid, long version) {
    return Projection.key(
        key(ref, uid, version),
        Optional.of(managedSecret(ref, uid + "s", version)),
        Optional.of(facts(ref, uid, version, "gpt-" + version)));
  }

  public static ModelConfigRow modelConfigRow(Ref ref, String uid, long version) {
    return Projection.modelConfig(modelConfig(ref, uid, version));
  }

  /// One that an application of Argo CD holds.
  public static ModelConfigRow ownedConfigRow(Ref ref, String uid, long version, String name) {
    var config = modelConfig(ref, uid, version);
    config
        .getMetadata()
        .setAnnotations(
            Map.of(
                "argocd.argoproj.io/tracking-id",
                "%s:llmconfig.dev/ModelConfig:%s/%s".formatted(name, ref.namespace(), ref.name())));
    return Projection.modelConfig(config);
  }

  /// One that is the default of its namespace.
  public static ModelConfigRow defaultConfigRow(Ref ref, String uid, long version) {
    var config = modelConfig(ref, uid, version);
    config.getSpec().setIsDefault(true);
    return Projection.modelConfig(config);
  }

  public static KeyRow suspendedKeyRow(Ref ref, String uid, long version) {
    var key = key(ref, uid, version);
    key.getSpec().setSuspend(true);
    return Projection.key(
        key, Optional.of(managedSecret(ref, uid + "s", version)), Optional.empty());
  }

  /// Rows as the operator would write them of these objects.
  public static KeyRow row(ApiKeyConfig key) {
    return Projection.key(key, Optional.empty(), Optional.empty());
  }

  public static ModelConfigRow row(ModelConfig config) {
    return Projection.modelConfig(config);
  }

  public static AgentRow row(HasMetadata workload) {
    return new AgentProjection(workload, "", Optional.empty(), Optional.empty()).row();
  }

  public static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectMeta meta(Ref ref, String uid, long version) {
    var meta = new ObjectMeta();
    meta.setNamespace(ref.namespace());
    meta.setName(ref.name());
    meta.setUid(uid);
    meta.setGeneration(version);
    meta.setResourceVersion(Long.toString(version));
    meta.setCreationTimestamp("2026-11-20T11:00:00Z");
    meta.setManagedFields(
        List.of(
            new ManagedFieldsEntryBuilder()
                .withManager("kubectl")
                .withTime("2026-11-20T11:00:00Z")
                .build(),
            new ManagedFieldsEntryBuilder()
                .withManager("llm-config-operator")
                .withSubresource("status")
                .withTime("2026-11-20T11:00:05Z")
                .build()));
    return meta;
  }
}
