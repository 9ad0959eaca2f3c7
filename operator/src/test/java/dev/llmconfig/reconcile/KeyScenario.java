package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.Fingerprints;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ApiKeyPlanner;
import dev.llmconfig.plan.Exposure;
import dev.llmconfig.plan.HeldKey;
import dev.llmconfig.plan.KeyCheck;
import dev.llmconfig.plan.KeyObserved;
import dev.llmconfig.plan.KeyPlan;
import dev.llmconfig.plan.KeyUse;
import dev.llmconfig.plan.ListCheck;
import dev.llmconfig.plan.PlannedEvent;
import dev.llmconfig.plan.Resolution;
import dev.llmconfig.plan.SealedStep;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One golden folder: the objects that are there, and what becomes of them. `in-Situation.yaml` has
/// the time and what the installation was started with; every other file is an object as kubectl
/// would apply it.
final class KeyScenario implements UserObjects, GoldenFolders.Scenario {

  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES));
  private static final KubernetesSerialization OBJECTS = new KubernetesSerialization();
  private static final FernetKey FIRST = key('1');
  private static final FernetKey SECOND = key('2');
  private static final FernetKey FOREIGN = key('9');
  private static final TokenNotation TOKENS =
      new TokenNotation(
          Map.of(
              "k1", KeyRing.of(FIRST),
              "k2", KeyRing.of(SECOND),
              "foreign", KeyRing.of(FOREIGN)));

  private final Path folder;
  private final Set<String> used = new TreeSet<>();
  private final JsonNode situation;
  private final ApiKeyConfig config;
  private final Map<Ref, Secret> secrets =
      new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

  private final Map<Ref, ConfigMap> configMaps = new HashMap<>();
  private final List<GenericKubernetesResource> sealedSecrets = new ArrayList<>();

  KeyScenario(Path folder) throws IOException {
    this.folder = folder;
    JsonNode read = YAML.createObjectNode();
    ApiKeyConfig only = null;
    for (var file : inputs()) {
      used.add(file.getFileName().toString());
      var text = TOKENS.encrypted(Files.readString(file));
      if (file.endsWith("in-Situation.yaml")) {
        read = YAML.readTree(text);
      } else if (text.contains("\nkind: ApiKeyConfig\n")) {
        only = OBJECTS.unmarshal(text, ApiKeyConfig.class);
      } else if (text.contains("\nkind: SealedSecret\n")) {
        sealedSecrets.add(OBJECTS.unmarshal(text, GenericKubernetesResource.class));
      } else if (text.contains("\nkind: ConfigMap\n")) {
        var map = OBJECTS.unmarshal(text, ConfigMap.class);
        map.getMetadata().setResourceVersion("42");
        configMaps.put(new Ref(map.getMetadata().getNamespace(), map.getMetadata().getName()), map);
      } else {
        var secret = asStored(OBJECTS.unmarshal(text, Secret.class));
        secrets.put(
            new Ref(secret.getMetadata().getNamespace(), secret.getMetadata().getName()), secret);
      }
    }
    situation = read;
    config = java.util.Objects.requireNonNull(only, "a scenario has an ApiKeyConfig");
  }

  @Override
  public Set<String> used() {
    return used;
  }

  @Override
  public Map<String, String> outputs() throws IOException {
    var outputs = new TreeMap<String, String>();
    var use = ModelConfigs.use(config, users());
    if (use.guard() != KeyUse.Guard.KEEP) {
      outputs.put("out-Finalizer.yaml", use.guard() + "\n");
    }
    if (use.leaving()) {
      return outputs;
    }
    switch (Parsing.apiKey(config)) {
      case Validated.Invalid<ApiKey>(var problems) -> {
        status(outputs, KeyStatus.invalid(problems, use, 1, config.getStatus(), now()));
        events(
            outputs, ApiKeyPlanner.inUse(use, KeyMemory.of(config.getStatus())).stream().toList());
      }
      case Validated.Valid<ApiKey>(var key) -> {
        var seen = seen(key);
        try (seen) {
          var plan = planned(seen);
          status(outputs, KeyStatus.of(plan.report(), config.getStatus(), now()));
          events(outputs, plan.events());
          if (tellsOfLists(key)) {
            plan.list().ifPresent(list -> outputs.put("out-List.yaml", asked(list)));
          }
          plan.check().ifPresent(check -> outputs.put("out-Check.yaml", asked(check)));
          sealedSecret(outputs, plan.sealed());
          if (plan.strips() && mayPatchSecrets()) {
            outputs.put("out-Strips.yaml", "strips: the annotation of kubectl\n");
          }
          if (plan.dropsSecret()) {
            outputs.put("out-Drops.yaml", "drops: the managed Secret\n");
          }
          plan.nextLook().ifPresent(time -> outputs.put("out-NextLook.yaml", time + "\n"));
          if (plan.facts().isPresent() && encryption().isPresent()) {
            facts(outputs, kept(key, plan));
          }
          if (plan.secret().isPresent()) {
            secret(outputs, written(plan));
          }
        }
        wiped(seen);
      }
    }
    return outputs;
  }

  /// Looks once, applies what is planned and looks again.
  ///
  /// @return what the second look would write
  Map<String, String> secondLook() throws IOException {
    var outputs = new TreeMap<String, String>();
    if (!ModelConfigs.use(config, users()).leaving()
        && Parsing.apiKey(config) instanceof Validated.Valid<ApiKey>(var key)) {
      try (var seen = seen(key)) {
        var plan = planned(seen);
        if (plan.secret().isPresent()) {
          secrets.put(managed(key), asStored(written(plan)));
        }
        if (plan.dropsSecret()) {
          secrets.remove(managed(key));
        }
        if (plan.strips() && mayPatchSecrets()) {
          secrets
              .values()
              .forEach(one -> one.getMetadata().getAnnotations().remove(LastApplied.ANNOTATION));
        }
        if (plan.facts().isPresent() && encryption().isPresent()) {
          configMaps.put(facts(key), kept(key, plan));
        }
        config.setStatus(KeyStatus.of(plan.report(), config.getStatus(), now()));
      }
      var before = OBJECTS.asYaml(config.getStatus());
      try (var seen = seen(key)) {
        var plan = planned(seen);
        events(outputs, plan.events());
        if (plan.secret().isPresent()) {
          secret(outputs, written(plan));
        }
        if (plan.facts().isPresent() && encryption().isPresent()) {
          facts(outputs, kept(key, plan));
        }
        if (!before.equals(
            OBJECTS.asYaml(KeyStatus.of(plan.report(), config.getStatus(), now())))) {
          status(outputs, KeyStatus.of(plan.report(), config.getStatus(), now()));
        }
      }
    }
    return outputs;
  }

  private KeyObserved seen(ApiKey key) {
    return new KeyGathering(
            new KeySources(
                this,
                new StoredSealedSecrets(situation.path("sealedSecrets").asText(), sealedSecrets),
                consent()),
            this,
            ScenarioProvider.of(situation))
        .gather(
            key,
            new KeyGathering.Surroundings(
                Optional.ofNullable(secrets.get(managed(key))),
                found(key),
                KeyMemory.of(config.getStatus()),
                ModelConfigs.use(config, users())),
            encryption(),
            now())
        .seen();
  }

  /// What is planned, and planned again where it cannot be done.
  private KeyPlan planned(KeyObserved seen) {
    var plan = ApiKeyPlanner.plan(seen);
    return plan.strips() && !mayPatchSecrets()
        ? ApiKeyPlanner.plan(seen.exposed(Exposure.OUT_OF_REACH))
        : plan;
  }

  private boolean mayPatchSecrets() {
    return situation.path("mayPatchSecrets").asBoolean(true);
  }

  private Secret written(KeyPlan plan) {
    var planned = plan.secret().orElseThrow();
    var target =
        ManagedSecretObject.Target.of(
            config, Optional.ofNullable(secrets.get(managed(planned.owner()))));
    return ManagedSecretObject.of(planned, encryption().orElseThrow(), target, now());
  }

  private ConfigMap kept(ApiKey key, KeyPlan plan) {
    return FactsObject.of(
        config,
        plan.facts().orElseThrow(),
        found(key).there(),
        encryption().orElseThrow().installation());
  }

  private static Ref facts(ApiKey key) {
    return new Ref(key.ref().namespace(), ManagedNames.factsConfigMap(key.ref().name()));
  }

  private static Ref managed(ApiKey key) {
    return managed(key.ref());
  }

  private static Ref managed(Ref key) {
    return new Ref(key.namespace(), ManagedNames.encryptedSecret(key.name()));
  }

  private Instant now() {
    return Instant.parse(situation.path("now").asText("2026-11-20T12:00:00Z"));
  }

  @Override
  public Optional<Secret> secret(Ref ref) {
    return Optional.ofNullable(secrets.get(ref));
  }

  @Override
  public Optional<ConfigMap> configMap(Ref ref) {
    return Optional.ofNullable(configMaps.get(ref));
  }

  /// By name.
  private List<String> users() {
    return situation.path("usedBy").valueStream().map(JsonNode::asText).toList();
  }

  private ManagedFacts.Found found(ApiKey key) {
    var there = Optional.ofNullable(configMaps.get(facts(key)));
    return new ManagedFacts.Found(
        there, situation.path("forbidden").asBoolean() ? there : Optional.empty());
  }

  private Consent consent() {
    return new Consent(
        situation.path("requireConsent").asBoolean(true),
        situation.path("allowUnboundTokens").asBoolean());
  }

  /// Where nothing is said of lists, one is to be read; only scenarios about lists show it.
  private boolean tellsOfLists(ApiKey key) {
    return situation.has("list") || situation.has("lists") || found(key).there().isPresent();
  }

  private static String asked(ListCheck check) {
    return "acceptedBefore: %s\n".formatted(check.acceptedBefore());
  }

  private static String asked(KeyCheck check) {
    var lines = new StringBuilder("acceptedBefore: " + check.acceptedBefore() + "\n");
    check.refusedSince().ifPresent(since -> lines.append("refusedSince: %s\n".formatted(since)));
    check
        .known()
        .ifPresent(known -> lines.append("known: %s at %s\n".formatted(known.kind(), known.at())));
    check.request().ifPresent(wish -> lines.append("request: %s\n".formatted(wish)));
    check.every().ifPresent(every -> lines.append("every: %s\n".formatted(every)));
    return lines.toString();
  }

  private Optional<Encryption> encryption() {
    var named = new ArrayList<FernetKey>();
    for (var name : situation.path("ring").asText("k1").split("[, ]+", 0)) {
      switch (name) {
        case "k1" -> named.add(FIRST);
        case "k2" -> named.add(SECOND);
        case "none" -> {}
        default -> throw new IllegalArgumentException("no key " + name);
      }
    }
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Encryption(
                KeyRing.of(
                    named.getFirst(), named.subList(1, named.size()).toArray(FernetKey[]::new)),
                fingerprints()));
  }

  /// Nothing that was opened for a plan outlives it.
  private static void wiped(KeyObserved seen) {
    if (seen.resolution() instanceof Resolution.Found(var key, _, _, _)) {
      assertThat(key.bytes()).hasToString("SecretBytes[wiped]");
    }
    if (seen.held() instanceof HeldKey.Held(var current, var previous, _)) {
      assertThat(current.key().bytes()).hasToString("SecretBytes[wiped]");
      previous
          .flatMap(HeldKey.Previous::opened)
          .ifPresent(opened -> assertThat(opened.key()).hasToString("SecretBytes[wiped]"));
    }
  }

  private void status(Map<String, String> outputs, ApiKeyConfigStatus status) throws IOException {
    var shown = new ApiKeyConfig();
    shown.getMetadata().setNamespace(config.getMetadata().getNamespace());
    shown.getMetadata().setName(config.getMetadata().getName());
    shown.setStatus(status);
    outputs.put("out-ApiKeyConfig-%s.yaml".formatted(config.getMetadata().getName()), yaml(shown));
  }

  private static void events(Map<String, String> outputs, List<PlannedEvent> events) {
    if (!events.isEmpty()) {
      var lines = new StringBuilder();
      events.forEach(event ->
          lines.append("- %s %s: %s\n".formatted(event.kind(), event.reason(), event.message())));
      outputs.put("out-Events.yaml", lines.toString());
    }
  }

  private static void secret(Map<String, String> outputs, Secret secret) throws IOException {
    var shown = (ObjectNode) YAML.readTree(OBJECTS.asYaml(secret));
    var data = (ObjectNode) shown.remove("data");
    var texts = shown.putObject("stringData");
    data.properties()
        .forEach(entry -> texts.put(entry.getKey(), decoded(entry.getValue().asText())));
    outputs.put(
        "out-Secret-%s.yaml".formatted(secret.getMetadata().getName()),
        TOKENS.readable(YAML.writeValueAsString(shown)));
  }

  private void sealedSecret(Map<String, String> outputs, SealedStep step) throws IOException {
    switch (step) {
      case SealedStep.Nothing _, SealedStep.Retire _ -> {}
      case SealedStep.Apply(var wanted, var over) -> {
        assertThat(over.isPresent()).isEqualTo(!sealedSecrets.isEmpty());
        outputs.put(
            "out-SealedSecret-%s.yaml".formatted(wanted.name()),
            yaml(SealedSecretObject.of(wanted)));
      }
      case SealedStep.Delete(var version) ->
          outputs.put("out-Deleted.yaml", "- SealedSecret %s\n".formatted(version.uid()));
    }
  }

  private static void facts(Map<String, String> outputs, ConfigMap facts) throws IOException {
    outputs.put("out-ConfigMap-%s.yaml".formatted(facts.getMetadata().getName()), yaml(facts));
  }

  private static String yaml(Object object) throws IOException {
    return YAML.writeValueAsString(YAML.readTree(OBJECTS.asYaml(object)));
  }

  /// The API server turns `stringData` into `data`, and numbers every object.
  private static Secret asStored(Secret secret) {
    var data = new TreeMap<String, String>();
    Optional.ofNullable(secret.getData()).ifPresent(data::putAll);
    Optional.ofNullable(secret.getStringData())
        .ifPresent(texts ->
            texts.forEach((key, text) ->
                data.put(
                    key,
                    Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))));
    secret.setStringData(null);
    secret.setData(data);
    secret.getMetadata().setResourceVersion("41");
    return secret;
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private List<Path> inputs() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("in-"))
          .sorted()
          .toList();
    }
  }

  private static Fingerprints fingerprints() {
    return Fingerprints.parse(text('f')).orElseThrow();
  }

  private static FernetKey key(char digit) {
    return FernetKey.parse(text(digit)).orElseThrow();
  }

  /// 32 equal bytes, as base64url.
  private static byte[] text(char filler) {
    var bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) filler);
    return Base64.getUrlEncoder().encode(bytes);
  }
}
