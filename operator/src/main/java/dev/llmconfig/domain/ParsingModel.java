package dev.llmconfig.domain;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.Rollback;
import dev.llmconfig.api.RolloutPolicy;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.api.v1alpha1.Delivery;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.api.v1alpha1.NameRef;
import dev.llmconfig.api.v1alpha1.RolloutSettings;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A ModelConfig through the door of [Parsing].
final class ParsingModel {

  private final ParsingProblems problems = new ParsingProblems();
  private final ObjectMeta meta;
  private final ModelConfigSpec spec;

  private ParsingModel(ModelConfig config) {
    this.meta = config.getMetadata();
    this.spec = Objects.requireNonNullElseGet(config.getSpec(), ModelConfigSpec::new);
  }

  static Validated<ModelSettings> read(ModelConfig config) {
    return new ParsingModel(config).read();
  }

  /// Also of one that cannot be read: its followers are not up for grabs because of a typing error.
  static Optional<DefaultClaim> claim(ModelConfig config) {
    var parsing = new ParsingModel(config);
    return Boolean.TRUE.equals(parsing.spec.getIsDefault())
            && parsing.meta.getDeletionTimestamp() == null
        ? Optional.of(new DefaultClaim(text(parsing.meta.getName()), parsing.created()))
        : Optional.empty();
  }

  private Validated<ModelSettings> read() {
    var settings =
        new ModelSettings(
            new Ref(text(meta.getNamespace()), name()),
            text(meta.getUid()),
            Objects.requireNonNullElse(meta.getGeneration(), 0L),
            created(),
            apiKey(),
            model(),
            new ParsingParameters(problems).read(spec.getParameters()),
            problems.word(
                spec,
                "spec.unsupportedParameters",
                spec.getUnsupportedParameters(),
                UnsupportedParameters.class,
                UnsupportedParameters.Drop),
            Boolean.TRUE.equals(spec.getIsDefault()),
            fallbacks(),
            delivery(),
            requests(),
            Boolean.TRUE.equals(spec.getSuspend()),
            meta.getDeletionTimestamp() != null);
    return Validated.of(settings, problems.found());
  }

  private String name() {
    var name = text(meta.getName());
    if (name.equals(Labels.DEFAULT)) {
      problems.add(
          "metadata.name",
          "metadata.name must not be default, which is the label value of agents that follow the default: choose another name, and set spec.isDefault: true.");
    } else {
      problems.rule("metadata.name", FieldRules.objectName(name, FieldRules.LONGEST_OWN_NAME));
    }
    return name;
  }

  private Instant created() {
    try {
      return given(meta.getCreationTimestamp())
          .map(text -> OffsetDateTime.parse(text).toInstant())
          .orElse(Instant.MAX);
    } catch (DateTimeParseException _) {
      return Instant.MAX;
    }
  }

  private String apiKey() {
    var name = spec.getApiKeyRef() == null ? "" : text(spec.getApiKeyRef().getName());
    if (name.isEmpty()) {
      problems.add("spec.apiKeyRef", "spec.apiKeyRef is missing: name the ApiKeyConfig to use.");
    } else {
      problems.rule(
          "spec.apiKeyRef.name", FieldRules.objectName(name, FieldRules.LONGEST_OWN_NAME));
    }
    return name;
  }

  private String model() {
    var model = text(spec.getModel());
    if (model.isEmpty()) {
      problems.add(
          "spec.model", "spec.model is missing: set the id of the model as the provider knows it.");
    } else {
      problems.rule("spec.model", FieldRules.modelId(model));
    }
    return model;
  }

  private List<String> fallbacks() {
    var fallbacks =
        Objects.requireNonNullElse(spec.getFallbackRefs(), List.<NameRef>of()).stream()
            .map(ref -> text(ref.getName()))
            .toList();
    var seen = new HashSet<String>();
    for (var name : fallbacks) {
      problems.rule("spec.fallbackRefs", FieldRules.objectName(name, FieldRules.LONGEST_OWN_NAME));
      if (name.equals(meta.getName())) {
        problems.add(
            "spec.fallbackRefs",
            "spec.fallbackRefs names this ModelConfig itself: remove it, or name another ModelConfig.");
      } else if (!seen.add(name)) {
        problems.add(
            "spec.fallbackRefs",
            "spec.fallbackRefs has the same ModelConfig twice: keep one of them.");
      }
    }
    return fallbacks;
  }

  private ModelDelivery delivery() {
    var declared = Objects.requireNonNullElseGet(spec.getDelivery(), Delivery::new);
    var mode =
        problems.word(
            declared,
            "spec.delivery.mode",
            declared.getMode(),
            DeliveryMode.class,
            ModelDelivery.USUAL_MODE);
    return new ModelDelivery(
        mode,
        profile(declared),
        new ParsingSelector(problems, "spec.delivery.selector").read(declared.getSelector()),
        containers(declared),
        fileMountPath(declared),
        rollout(declared, mode),
        problems.word(
            declared,
            "spec.delivery.rollback",
            declared.getRollback(),
            Rollback.class,
            ModelDelivery.USUAL_ROLLBACK));
  }

  private String profile(Delivery declared) {
    var profile = given(declared.getProfile()).orElse(ModelDelivery.USUAL_PROFILE);
    problems.rule("spec.delivery.profile", FieldRules.profileId(profile));
    return profile;
  }

  private SortedSet<String> containers(Delivery declared) {
    var names = ParsingProblems.texts(declared.getContainers());
    for (var name : names) {
      problems.rule("spec.delivery.containers", FieldRules.containerName(name));
    }
    return new TreeSet<>(names);
  }

  private String fileMountPath(Delivery declared) {
    var path = given(declared.getFileMountPath()).orElse(ModelDelivery.USUAL_MOUNT_PATH);
    problems.rule("spec.delivery.fileMountPath", FieldRules.directory(path));
    return path.replaceAll("/$", "");
  }

  private ModelDelivery.Rollout rollout(Delivery declared, DeliveryMode mode) {
    var rollout = Objects.requireNonNullElseGet(declared.getRollout(), RolloutSettings::new);
    var usual = ModelDelivery.USUAL_ROLLOUT;
    var policy =
        problems.word(
            rollout,
            "spec.delivery.rollout.policy",
            rollout.getPolicy(),
            RolloutPolicy.class,
            usual.policy());
    var modeIsRead = !declared.unknownWords().containsKey("mode");
    if (policy == RolloutPolicy.OnRestart && mode != DeliveryMode.EnvFrom && modeIsRead) {
      problems.add(
          "spec.delivery.rollout.policy",
          "spec.delivery.rollout.policy OnRestart works only with mode EnvFrom: set spec.delivery.mode: EnvFrom, or choose Automatic or Manual.");
    }
    return new ModelDelivery.Rollout(
        policy,
        problems.between(
            "spec.delivery.rollout.maxParallel",
            Objects.requireNonNullElse(rollout.getMaxParallel(), usual.maxParallel()),
            1,
            100),
        Duration.ofSeconds(
            problems.between(
                "spec.delivery.rollout.minIntervalSeconds",
                Objects.requireNonNullElse(
                    rollout.getMinIntervalSeconds(), (int) usual.minInterval().toSeconds()),
                0,
                Integer.MAX_VALUE)));
  }

  private ModelRequests requests() {
    var annotations = Objects.requireNonNullElse(meta.getAnnotations(), Map.<String, String>of());
    return new ModelRequests(
        given(annotations.get(Annotations.VERIFY_REQUESTED_AT)),
        given(annotations.get(Annotations.RETRY_REQUESTED_AT)),
        given(annotations.get(Annotations.APPROVED_REVISION)),
        // Whoever wrote `yes` here did not ask for a rollout.
        given(annotations.get(Annotations.DRY_RUN))
            .filter(asked -> !asked.equals("false"))
            .isPresent());
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }
}
