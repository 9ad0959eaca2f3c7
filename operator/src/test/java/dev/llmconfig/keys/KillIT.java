package dev.llmconfig.keys;

import static dev.llmconfig.keys.KeyStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.HeldToken;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.FaultProxy;
import dev.llmconfig.testing.ProxiedRequest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The process gets a `kill -9` between two of its writes, when it is about to do the second one
/// and what it knows is nowhere else, and while a provider thinks. Whoever comes after it ends
/// where it would have ended, from the files that it left behind, and asks nobody twice about what
/// was written down.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class KillIT {

  @TempDir Path folder;

  private KeyStage stage;
  private FaultProxy way;
  private OperatorJvm operator;
  private ConfigReader mirror;
  private List<String> ring;

  @BeforeEach
  void set(ControlPlane plane) {
    stage = KeyStage.set(plane);
    way = plane.faultProxy();
    ring = new ArrayList<>(List.of(stage.ring));
    mirror = plane.closedLater(ConfigReader.of(folder.resolve("data")));
    start();
  }

  @AfterEach
  void close() throws IOException {
    operator.close();
    stage.close();
  }

  @ParameterizedTest
  @EnumSource(KeyStory.class)
  void killedBetweenTwoWritesItEndsAsIfItHadNotBeen(KeyStory story) {
    var undisturbed = undisturbed(story);
    for (int at : story.halfDone().toArray()) {
      var name = "x" + at;
      story.prepare(stage, name);
      var asked = stage.calls(name).size();
      var before = way.requests().size();
      killBefore(at);

      story.act(stage, name);
      awaitKilled();
      assertThat(writesSince(before, name)).isEqualTo(story.writes().subList(0, at + 1));
      start();

      assertEnd(story, name, undisturbed);
      assertThat(stage.calls(name))
          .as("calls about " + name)
          .hasSize(asked + story.calls() + story.callsAgain(at));
    }
  }

  @Test
  void killedWhileTheProviderThinksItAsksOnceMore() {
    var undisturbed = undisturbed(KeyStory.Rotation);
    KeyStory.Rotation.prepare(stage, "x");
    var asked = stage.calls("x").size();
    stage.provider.thinksFor(Duration.ofSeconds(8));
    KeyStory.Rotation.act(stage, "x");
    eventually("the question").until(() -> stage.calls("x").size() == asked + 1);

    operator.kill();
    stage.provider.thinksFor(Duration.ZERO);
    start();

    assertEnd(KeyStory.Rotation, "x", undisturbed);
    assertThat(stage.calls("x")).hasSize(asked + 2);
  }

  /// One is encrypted with the new key at the most, and the other is not.
  @Test
  void killedInTheMiddleOfAReencryptionItGoesOnWithTheRest() {
    var names = List.of("x-one", "x-two");
    names.forEach(name -> KeyStory.use(stage, name));
    var revisions = names.stream().map(name -> stage.revision(name)).toList();
    operator.kill();
    ring.addFirst(RunningOperator.newKey());
    var before = way.requests().size();
    killBefore(1);

    launch();
    awaitKilled();
    assertThat(writesSince(before, "x"))
        .hasSize(2)
        .allSatisfy(write -> assertThat(write).startsWith("PATCH secrets/x-"));
    start();

    eventually("all to be encrypted with the new key")
        .until(() -> names.stream().allMatch(this::opensWithTheFirst));
    assertThat(names)
        .allSatisfy(name -> {
          assertThat(stage.says(name, "Ready")).isEqualTo("True Verified");
          assertThat(stage.calls(name)).hasSize(1);
          var tokens = new Tokens(stage.plane, ring.getFirst());
          assertThat(tokens.opened(stage.managed(name), "current"))
              .isEqualTo(KeyStory.FIRST + name);
        });
    assertThat(names.stream().map(name -> stage.revision(name)).toList()).isEqualTo(revisions);
  }

  /// Where the story ends, and that its writes are those that it says.
  private Map<String, String> undisturbed(KeyStory story) {
    story.prepare(stage, "calm");
    var before = way.requests().size();
    var asked = stage.calls("calm").size();

    story.act(stage, "calm");

    eventually("the end of " + story).until(() -> story.ended(stage, "calm"));
    // It follows a moment later, and what it shows is what the others are held against.
    eventually("the mirror at the end of " + story)
        .untilAsserted(() -> assertThat(state("calm").get("mirror")).isIn("is current", "gone"));
    assertThat(writesSince(before, "calm")).isEqualTo(story.writes());
    assertThat(stage.calls("calm")).hasSize(asked + story.calls());
    return state("calm");
  }

  private void assertEnd(KeyStory story, String name, Map<String, String> undisturbed) {
    eventually("the end of " + story + " of " + name).until(() -> story.ended(stage, name));
    eventually("the state of " + name)
        .untilAsserted(() -> assertThat(state(name)).isEqualTo(undisturbed));
    if (story != KeyStory.Deletion) {
      var held = stage.managed(name);
      stage.looksTwice(name);
      assertThat(stage.managed(name)).isEqualTo(held);
    }
    assertThat(state(name)).isEqualTo(undisturbed);
  }

  /// All that a reader can see, but for times and names.
  private Map<String, String> state(String name) {
    var state = new TreeMap<String, String>();
    if (stage.run("get", "akc", name, "--ignore-not-found").isEmpty()) {
      state.put("Secret", stage.find(name + "-llmkey").isPresent() ? "left" : "gone");
      state.put("list", list(name).isPresent() ? "left" : "gone");
      state.put("mirror", row(name).isPresent() ? "left" : "gone");
      return state;
    }
    var object = stage.get(name);
    var status = stage.status(name);
    for (var condition : Objects.requireNonNull(status.getConditions())) {
      state.put(
          condition.getType(),
          condition.getStatus() + " " + condition.getReason() + " " + condition.getMessage());
    }
    var managed = stage.managed(name);
    var tokens = new Tokens(stage.plane, ring.getFirst());
    managed.getData().keySet().forEach(key -> state.put(key, tokens.opened(managed, key)));
    state.put("annotations", managed.getMetadata().getAnnotations().keySet().toString());
    state.put("finalizers", object.getMetadata().getFinalizers().toString());
    state.put("candidate", String.valueOf(status.getCandidate()));
    state.put("kstatus", Kstatus.of(object).toString());
    state.put(
        "revision is the Secret's",
        String.valueOf(
            stage
                .revision(name)
                .equals(managed.getMetadata().getAnnotations().get("llmconfig.dev/revision"))));
    state.put(
        "mirror",
        row(name)
            .flatMap(KeyRow::current)
            .map(HeldToken::token)
            .map(token -> token.equals(token(name)) ? "is current" : "is old")
            .orElse("is empty"));
    var list = list(name).orElseThrow();
    state.put("list", list.getData().toString());
    state.put(
        "list is of",
        stage.revision(name).equals(list.getMetadata().getAnnotations().get(Annotations.REVISION))
            ? "the key in use"
            : "another");
    state.put("models", status.getModelCount() + " and in the mirror " + offered(name));
    state.replaceAll((_, value) -> value.replace(name, "x"));
    return state;
  }

  private Optional<KeyRow> row(String name) {
    return mirror.read(view -> view.key(new Ref(stage.plane.namespace(), name)).map(Stored::row));
  }

  private Optional<ConfigMap> list(String name) {
    return Optional.ofNullable(
        stage
            .client()
            .configMaps()
            .inNamespace(stage.plane.namespace())
            .withName(ManagedNames.factsConfigMap(name))
            .get());
  }

  private Set<String> offered(String name) {
    return mirror.read(view ->
        view.models(new Ref(stage.plane.namespace(), name)).stream()
            .flatMap(offered -> offered.models().stream())
            .map(OfferedModels.Model::id)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private String token(String name) {
    return new String(
        Base64.getDecoder().decode(stage.managed(name).getData().get("current")),
        StandardCharsets.US_ASCII);
  }

  private boolean opensWithTheFirst(String name) {
    return !new Tokens(stage.plane, ring.getFirst())
        .opened(stage.managed(name), "current")
        .isEmpty();
  }

  /// @param write how many come before it
  private void killBefore(int write) {
    var seen = new AtomicInteger();
    way.faults().atTheCut(() -> operator.kill());
    way.faults().cutBefore(request -> writes(request) && seen.getAndIncrement() == write);
  }

  private void awaitKilled() {
    eventually("the operator to come there").until(() -> !operator.alive());
  }

  private void start() {
    way.faults().heal();
    launch();
    eventually("the operator to run").until(operator::runs);
  }

  /// That the lease of a dead leader runs out takes 15 s, which we do not wait for.
  private void launch() {
    stage.client().leases().inNamespace(stage.plane.namespace()).delete();
    operator = OperatorJvm.start(folder, stage.account.through(way), String.join(",", ring));
  }

  /// Events and leases tell of what is done; they are not what is done. Models have stories of
  /// their own.
  private static boolean writes(ProxiedRequest request) {
    return request.write()
        && !request.path().contains("/leases")
        && !request.path().contains("/events")
        && !request.path().contains("/modelconfigs");
  }

  private List<String> writesSince(int requests, String name) {
    return way.requests().stream()
        .skip(requests)
        .filter(KillIT::writes)
        .map(request ->
            request.method() + " " + request.path().replaceFirst(".*/namespaces/[^/]+/", ""))
        .map(write -> write.replaceFirst("/" + name, "/x"))
        .toList();
  }
}
