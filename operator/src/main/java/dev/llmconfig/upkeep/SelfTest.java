package dev.llmconfig.upkeep;

import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Proves that an installation works, without a provider and without an agent: a key of the
/// built-in Echo and a model of it become Ready, and are gone again. Needs create, get and delete
/// on the two kinds, and nothing else.
public final class SelfTest {

  private static final long LOOK_MILLIS = 250;
  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final Duration patience;
  private final Consumer<String> progress;
  private long deadline;

  /// For one test.
  ///
  /// @param name of both objects; nothing else may have it
  /// @param patience for each half: until they are ready, and until they are gone
  /// @param progress is told each step in a sentence
  public SelfTest(
      KubernetesClient client,
      String namespace,
      String name,
      Duration patience,
      Consumer<String> progress) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.patience = patience;
    this.progress = progress;
  }

  /// Ends with a refusal when anything is not as it should be; what was made is taken away first.
  public void run() {
    try {
      begin();
      create(KEY, ApiKeyConfig.class);
      create(MODEL, ModelConfig.class);
      ready("ApiKeyConfig", () -> conditions(ApiKeyConfig.class));
      ready("ModelConfig", () -> conditions(ModelConfig.class));
    } catch (RuntimeException failed) {
      quietly(this::end);
      throw failed;
    }
    end();
    progress.accept("The installation works.");
  }

  private static final String KEY =
      """
      apiVersion: %s/%s
      kind: ApiKeyConfig
      metadata: {name: %s, namespace: %s}
      spec: {provider: Echo, displayName: "Made by llmconfig selftest"}
      """;

  private static final String MODEL =
      """
      apiVersion: %s/%s
      kind: ModelConfig
      metadata: {name: %3$s, namespace: %4$s}
      spec: {apiKeyRef: {name: %3$s}, model: echo-markdown, displayName: "Made by llmconfig selftest"}
      """;

  private <T extends HasMetadata> void create(String yaml, Class<T> kind) {
    client
        .resource(
            Serialization.unmarshal(
                yaml.formatted(ApiGroup.NAME, ApiGroup.V1ALPHA1, name, namespace), kind))
        .create();
    progress.accept("%s %s/%s was made.".formatted(kind.getSimpleName(), namespace, name));
  }

  private void ready(String kind, Supplier<List<Condition>> conditions) {
    await(
        () -> {
          var stalled = condition(conditions.get(), "Stalled");
          if (stalled.isPresent() && "True".equals(stalled.get().getStatus())) {
            throw new Refused(
                "%s %s/%s cannot become Ready: %s (%s)"
                    .formatted(
                        kind,
                        namespace,
                        name,
                        stalled.get().getMessage(),
                        stalled.get().getReason()));
          }
          return condition(conditions.get(), "Ready")
              .filter(ready -> "True".equals(ready.getStatus()))
              .isPresent();
        },
        () ->
            "%s %s/%s did not become Ready within %d s (%s); see whether the operator runs, watches this namespace, and has a leader."
                .formatted(
                    kind,
                    namespace,
                    name,
                    patience.toSeconds(),
                    condition(conditions.get(), "Ready")
                        .map(ready -> ready.getReason() + ": " + ready.getMessage())
                        .orElse("nobody has looked at it")));
    progress.accept("%s is Ready.".formatted(kind));
  }

  private List<Condition> conditions(Class<? extends HasMetadata> kind) {
    @Nullable List<Condition> found =
        kind == ApiKeyConfig.class
            ? Optional.ofNullable(get(ApiKeyConfig.class))
                .flatMap(key -> Optional.ofNullable(key.getStatus()))
                .map(status -> status.getConditions())
                .orElse(null)
            : Optional.ofNullable(get(ModelConfig.class))
                .flatMap(model -> Optional.ofNullable(model.getStatus()))
                .map(status -> status.getConditions())
                .orElse(null);
    return Objects.requireNonNullElse(found, List.of());
  }

  private static Optional<Condition> condition(List<Condition> all, String type) {
    return all.stream().filter(one -> type.equals(one.getType())).findFirst();
  }

  /// First the model, which would keep the key.
  private void end() {
    begin();
    delete(ModelConfig.class);
    delete(ApiKeyConfig.class);
    progress.accept("Both are gone again.");
  }

  private void delete(Class<? extends HasMetadata> kind) {
    try {
      client.resources(kind).inNamespace(namespace).withName(name).delete();
    } catch (KubernetesClientException failed) {
      if (failed.getCode() != NOT_FOUND) {
        throw failed;
      }
    }
    await(
        () -> get(kind) == null,
        () ->
            "%s %s/%s is still there after %d s; the operator has to let it go. See its log, and delete it by hand."
                .formatted(kind.getSimpleName(), namespace, name, patience.toSeconds()));
  }

  private <T extends HasMetadata> @Nullable T get(Class<T> kind) {
    return client.resources(kind).inNamespace(namespace).withName(name).get();
  }

  private void begin() {
    deadline = System.nanoTime() + patience.toNanos();
  }

  private void await(BooleanSupplier done, Supplier<String> late) {
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new Refused(late.get());
      }
      try {
        new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new Refused("The test was interrupted; what it made is taken away.");
      }
    }
  }

  /// What went wrong first is what is told.
  private void quietly(Runnable step) {
    try {
      step.run();
    } catch (Refused | KubernetesClientException left) {
      progress.accept(
          "%s/%s could not be taken away; delete it by hand.".formatted(namespace, name));
    }
  }
}
