package dev.llmconfig.keys;

import static dev.llmconfig.keys.KeyStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.SecretRef;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.Requests;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// So many keys, each its own, at one provider that takes a moment to answer.
final class ManyKeys {

  private static final Duration MOMENT = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(500);

  private final KeyStage stage;
  private final List<String> names;
  private Optional<AuditLog.Mark> settled = Optional.empty();

  ManyKeys(KeyStage stage, int count) {
    this.stage = stage;
    this.names = IntStream.range(0, count).mapToObj(at -> "many-" + at).toList();
  }

  /// How long it took, from the start of the operator.
  Duration allBecomeReady() throws IOException {
    stage.provider.thinksFor(MOMENT);
    each(this::create);
    var begin = System.nanoTime();
    stage.start();
    eventually("all keys to be ready")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> ready() == names.size());
    var took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(lists()).as("lists, which came with the answers").isEqualTo(names.size());
    assertThat(stage.provider.seen()).as("calls").hasSize(names.size());
    assertThat(stage.provider.mostAtOnce()).as("calls at once").isBetween(2, 4);
    return took;
  }

  /// From the start of the operator until it has looked at every key.
  Duration aRestartCostsNothing() throws IOException {
    stage.stop();
    var mark = stage.plane.audit().mark();
    settled = Optional.of(mark);
    var begin = System.nanoTime();
    stage.start();
    everyKeyIsLookedAt(mark);
    var took = Duration.ofNanos(System.nanoTime() - begin);
    nothingHappened();
    return took;
  }

  void aSecondApplyOfTheSameGitStateCostsNothing() {
    each(name -> stage.plane.admin().apply(config(name)));
    nothingHappened();
  }

  /// Every key is looked at once more, as at a resync.
  void aSecondLookCostsNothing() {
    var mark = stage.plane.audit().mark();
    each(name ->
        stage
            .client()
            .secrets()
            .inNamespace(stage.plane.namespace())
            .withName(name)
            .edit(one ->
                new SecretBuilder(one)
                    .editMetadata()
                    .addToLabels("look", "again")
                    .endMetadata()
                    .build()));
    everyKeyIsLookedAt(mark);
    nothingHappened();
  }

  private void everyKeyIsLookedAt(AuditLog.Mark mark) {
    eventually("a look at every key")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() ->
            requests(mark).verb("get").on("secrets").all().stream()
                    .map(Requests.Request::name)
                    .filter(names::contains)
                    .distinct()
                    .count()
                == names.size());
  }

  /// Since the restart, so that what comes late is counted at the next step.
  private void nothingHappened() {
    assertThat(stage.provider.seen()).as("calls").hasSize(names.size());
    assertThat(requests(settled.orElseThrow()).writes().butLeases()).as("writes").isEmpty();
  }

  private Requests requests(AuditLog.Mark mark) {
    return stage.plane.audit().since(mark).by(stage.account);
  }

  private long ready() {
    return stage
        .client()
        .resources(ApiKeyConfig.class)
        .inNamespace(stage.plane.namespace())
        .list()
        .getItems()
        .stream()
        .filter(one -> Kstatus.of(one) == Kstatus.Current)
        .count();
  }

  private long lists() {
    return stage
        .client()
        .configMaps()
        .inNamespace(stage.plane.namespace())
        .list()
        .getItems()
        .stream()
        .map(one -> one.getMetadata().getName())
        .filter(names.stream().map(ManagedNames::factsConfigMap).toList()::contains)
        .count();
  }

  private void create(String name) {
    var place = stage.place("many");
    stage
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(stage.plane.namespace())
                .withName(name)
                .withAnnotations(Map.of("llmconfig.dev/allowed-endpoints", place))
                .endMetadata()
                .withStringData(Map.of("api-key", "sk-" + name + "-0123456789abcdef"))
                .build())
        .create();
    stage.plane.admin().apply(config(name));
  }

  private ApiKeyConfig config(String name) {
    var ref = new SecretRef();
    ref.setName(name);
    ref.setKey("api-key");
    var spec = new ApiKeyConfigSpec();
    spec.setProvider(Provider.OpenAI);
    spec.setEndpoint(stage.place("many"));
    spec.setAllowInsecureEndpoint(true);
    spec.setSecretRef(ref);
    var config = new ApiKeyConfig();
    config.getMetadata().setNamespace(stage.plane.namespace());
    config.getMetadata().setName(name);
    config.setSpec(spec);
    return config;
  }

  private void each(Consumer<String> what) {
    inParallel(names, what);
  }

  static void inParallel(List<String> names, Consumer<String> what) {
    try (var eight = Executors.newFixedThreadPool(8)) {
      names.stream()
          .map(name -> eight.submit(() -> what.accept(name)))
          .toList()
          .forEach(done -> {
            try {
              done.get();
            } catch (Exception failed) {
              throw new IllegalStateException(failed);
            }
          });
    }
  }
}
