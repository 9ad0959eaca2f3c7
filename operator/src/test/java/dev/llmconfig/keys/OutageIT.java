package dev.llmconfig.keys;

import static dev.llmconfig.keys.KeyStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.FaultProxy;
import dev.llmconfig.testing.ProxiedRequest;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the API server does: the end is the same, nobody is asked twice, and no Secret is
/// written from what could not be read.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class OutageIT {

  private static final String FIRST = "sk-first-0123456789aaaa";
  private static final String SECOND = "sk-second-0123456789bbbb";

  private KeyStage stage;
  private FaultProxy way;

  @BeforeEach
  void set(ControlPlane plane) {
    stage = KeyStage.set(plane);
    way = plane.faultProxy();
  }

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  /// Conflicts, watches that end, versions that are too old, an API server that is busy and slow.
  @Test
  void allThatAnApiServerMayAnswerIsSurvived() throws IOException {
    startThrough(way);
    awaitRunning();
    var names = IntStream.range(0, 6).mapToObj(at -> "key-" + at).toList();

    way.faults().conflictOnFirstWrites();
    names.forEach(name ->
        stage.apply(stage.inGit(name), stage.secret(name, "sk-" + name + "-one-0123456789")));
    names.forEach(name -> stage.awaits(name, "Ready", "True Verified"));
    way.faults().heal();

    way.faults().expireWatches(5);
    way.watches().drop();
    rotate(names, "two");

    way.faults().throttle(20);
    way.faults().delay(Duration.ofMillis(200));
    rotate(names, "three");

    assertThat(names).allSatisfy(name -> assertThat(stage.calls(name)).hasSize(3));
  }

  @Test
  void keysThatChangeWhileTheApiServerComesAndGoesAreTakenUpOnce() throws IOException {
    stage.start();
    awaitRunning();
    var names = IntStream.range(0, 3).mapToObj(at -> "key-" + at).toList();
    names.forEach(name ->
        stage.apply(stage.inGit(name), stage.secret(name, "sk-" + name + "-one-0123456789")));
    names.forEach(name -> stage.awaits(name, "Ready", "True Verified"));
    var before = names.stream().map(name -> stage.revision(name)).toList();

    names.forEach(name -> stage.apply(stage.secret(name, "sk-" + name + "-two-0123456789")));
    stage.plane.apiServer().kill();
    stage.plane.apiServer().start();

    rotated(names, before);
    var between = names.stream().map(name -> stage.revision(name)).toList();
    stage.plane.apiServer().freeze();
    stage.plane.apiServer().resume();
    names.forEach(name -> stage.apply(stage.secret(name, "sk-" + name + "-three-0123456789")));
    rotated(names, between);
    assertThat(names).allSatisfy(name -> assertThat(stage.calls(name)).hasSize(3));
  }

  /// The term of a real process ends while the provider thinks, so that nobody may write down what
  /// it says.
  @Test
  void anAnswerThatComesWhileTheApiServerIsFrozenIsTakenUpAfterIt(@TempDir Path folder)
      throws IOException {
    try (var operator = OperatorJvm.start(folder, stage.account, stage.ring)) {
      stage.apply(stage.secret("x", FIRST), stage.inGit("x"));
      stage.waitFor("x", "Ready");
      var first = stage.revision("x");
      stage.provider.thinksFor(Duration.ofSeconds(4));
      stage.apply(stage.secret("x", SECOND));
      eventually("the question").until(() -> stage.calls("x").size() == 2);

      stage.plane.apiServer().freeze();
      eventually("the end of the term").until(() -> !operator.runs());
      stage.provider.thinksFor(Duration.ZERO);
      stage.plane.apiServer().resume();

      eventually("the second key")
          .until(() ->
              stage.says("x", "Ready").equals("True Verified")
                  && !stage.revision("x").equals(first));
      assertThat(stage.managed("x").getData()).containsOnlyKeys("current", "previous");
      stage.looksTwice("x");
      // What was heard may have ended with the term; then it is asked about once more.
      assertThat(stage.calls("x")).hasSizeBetween(2, 3);
      assertThat(operator.log())
          .contains("This replica leads no more")
          .as("an outage is no bug of ours")
          .doesNotContain("\"level\":\"ERROR\"");
    }
  }

  @Test
  void whatCannotBeReadIsNeitherGoneNorEmpty() throws IOException {
    startThrough(way);
    stage.apply(stage.inGit("x"), stage.secret("x", FIRST));
    stage.waitFor("x", "Ready");
    var held = stage.managed("x");
    var status = Serialization.asYaml(stage.status("x"));

    for (var answer : List.of(500, 503, 401, 429)) {
      way.faults().fail(answer, OutageIT::readsTheSource);
      var asked = way.requests().size();
      stage.run("label", "secret", "x", "--overwrite", "round=" + answer);
      eventually("the failing read")
          .until(() -> way.requests().stream().skip(asked).anyMatch(OutageIT::readsTheSource));
    }
    assertThat(stage.managed("x")).isEqualTo(held);
    assertThat(Serialization.asYaml(stage.status("x"))).isEqualTo(status);

    way.faults().heal();
    stage.apply(stage.secret("x", SECOND));
    eventually("the second key").until(() -> stage.calls("x").size() == 2);
    stage.awaits("x", "Ready", "True Verified");
  }

  @Test
  void aRightThatIsTakenAwayIsSaidAndHealsWhenItIsGivenBack() throws IOException {
    startThrough(way);
    stage.apply(stage.inGit("x"), stage.secret("x", FIRST));
    stage.waitFor("x", "Ready");
    var held = stage.managed("x");
    way.faults().fail(403, OutageIT::readsTheSource);

    stage.apply(stage.secret("x", SECOND));

    stage.awaits("x", "Resolved", "False Forbidden");
    assertThat(stage.says("x", "Ready")).isEqualTo("True KeptLastGood");
    assertThat(stage.says("x", "Stalled")).isEqualTo("True Forbidden");
    assertThat(stage.message("x", "Stalled")).contains("get secrets", stage.plane.namespace());
    assertThat(stage.managed("x")).isEqualTo(held);

    way.faults().heal();
    stage.run("label", "secret", "x", "given=back");
    stage.awaits("x", "Ready", "True Verified");
    assertThat(stage.calls("x")).hasSize(2);
  }

  private static boolean readsTheSource(ProxiedRequest request) {
    return request.method().equals("GET") && ofTheSource(request);
  }

  /// The annotation that kubectl leaves there is taken away before anybody is asked.
  private static boolean ofTheSource(ProxiedRequest request) {
    return request.path().endsWith("/secrets/x");
  }

  private void rotate(List<String> names, String key) {
    var before = names.stream().map(name -> stage.revision(name)).toList();
    names.forEach(
        name -> stage.apply(stage.secret(name, "sk-" + name + "-" + key + "-0123456789")));
    rotated(names, before);
  }

  private void rotated(List<String> names, List<String> before) {
    for (int at = 0; at < names.size(); at++) {
      var name = names.get(at);
      var old = before.get(at);
      eventually("the next key of " + name)
          .until(() ->
              stage.says(name, "Ready").equals("True Verified")
                  && !stage.revision(name).equals(old));
    }
  }

  private void startThrough(FaultProxy proxy) throws IOException {
    stage.start(stage.account.through(proxy).client().getConfiguration());
  }

  private void awaitRunning() {
    eventually("the operator to run")
        .until(() -> stage.operator().get("/readyz").body().contains("[+] controllers: ok\n"));
  }
}
