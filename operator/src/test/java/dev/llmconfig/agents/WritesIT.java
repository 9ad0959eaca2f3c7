package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Requests;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the operator writes, counted at the API server.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class WritesIT {

  private static final String MODEL = "gemini-2.5-flash";
  private static final String PROFILE = "delivery: {profile: spring-ai-2}";

  private AgentStage stage;

  @BeforeEach
  void set(ControlPlane plane) throws IOException {
    stage = AgentStage.set(plane).start();
    stage.apply(stage.secret("one", "sk-right-0123456789abcd"));
    manifests();
    stage.awaits("quiet", "Ready", "True Delivered");
    stage.run("rollout", "status", "deployment", "agent", "--timeout=30s");
    seen("first");
  }

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  @Test
  void nothingIsWrittenWhereNothingChanges() throws IOException {
    var mark = stage.mark();
    var events = events();
    manifests();
    manifests();
    stage.run("annotate", "mcfg", "quiet", "team=support");
    stage.run("label", "deployment", "agent", "team=support");
    seen("second");
    assertThat(written(mark)).isEmpty();
    assertThat(events()).isEqualTo(events);
  }

  @Test
  void aRestartWritesNothing() throws IOException {
    stage.stop();
    var mark = stage.mark();
    var events = events();
    stage.start();
    seen("third");
    assertThat(written(mark)).isEmpty();
    assertThat(events()).isEqualTo(events);
  }

  /// After a restart nobody remembers what the provider said, so what is edited stays until the
  /// list is read again; of a provider that says it, it is the same.
  @Test
  void whatAListSaysIsShownAndRestartsNobody() throws IOException {
    stage.restart();
    seen("fourth");
    var mark = stage.mark();
    var revision = stage.revision("quiet");
    stage.list("one", MODEL, "{\"2026-11-20\":{\"contextTokens\":99999,\"maxOutputTokens\":7}}");
    stage.awaits("what the list says", () -> stage.resolved("quiet").equals("99999 7"));
    assertThat(written(mark)).hasSizeLessThanOrEqualTo(1);
    assertThat(stage.revision("quiet")).isEqualTo(revision);

    stage.stop();
    mark = stage.mark();
    stage.start();
    seen("fifth");
    assertThat(written(mark)).isEmpty();
    assertThat(stage.resolved("quiet")).isEqualTo("99999 7");
  }

  @Test
  void aParameterThatPodsDoNotSeeRestartsNobody() {
    var mark = stage.mark();
    var revision = stage.revision("quiet");
    stage.apply(
        stage.model(
            "quiet", "one", MODEL, "parameters: {temperature: 0.2, extra: {seed: 7}}", PROFILE));
    stage.awaits("the parameter to be applied", () -> !stage.revision("quiet").equals(revision));
    stage.awaits("quiet", "Ready", "True Delivered");
    assertThat(stage.patches(mark, "agent")).isZero();
  }

  /// The workload once, and the status when it begins and when it is done.
  @Test
  void oneChangeOfOneWorkloadIsThreeCalls() {
    var mark = stage.mark();
    stage.apply(warm("0.7"));
    hasTemperature("0.7");
    stage.awaits("quiet", "Ready", "True Delivered");
    assertThat(stage.patches(mark, "agent")).isEqualTo(1);
    assertThat(written(mark)).hasSizeLessThanOrEqualTo(3);
  }

  /// Asked within the second in which a change comes to rest, the provider costs no call more.
  @Test
  void oneChangeOfTheModelIsThreeCalls() {
    var mark = stage.mark();
    stage.apply(
        stage.model("quiet", "one", "gpt-5-mini", "parameters: {temperature: 0.2}", PROFILE));
    stage.awaits(
        "the agent to have the model",
        () -> "gpt-5-mini".equals(stage.given("agent").get("SPRING_AI_OPENAI_CHAT_MODEL")));
    stage.awaits("quiet", "Ready", "True Delivered");
    assertThat(stage.patches(mark, "agent")).isEqualTo(1);
    assertThat(written(mark)).hasSizeLessThanOrEqualTo(3);
  }

  private String warm(String temperature) {
    return stage.model(
        "quiet", "one", MODEL, "parameters: {temperature: " + temperature + "}", PROFILE);
  }

  private void hasTemperature(String temperature) {
    stage.awaits(
        "the agent to have temperature " + temperature,
        () -> temperature.equals(stage.given("agent").get("SPRING_AI_OPENAI_CHAT_TEMPERATURE")));
  }

  private void manifests() {
    stage.apply(stage.key("one"), warm("0.2"), stage.agent("agent", "quiet"));
  }

  /// Whoever serves a newcomer has seen what came before it.
  private void seen(String newcomer) {
    stage.apply(
        stage.secret("two", "sk-right-0123456789abcd"),
        stage.key("two"),
        stage.model(newcomer, "two", "gpt-5-mini"),
        stage.agent("agent-of-" + newcomer, newcomer));
    stage.awaits(newcomer, "Ready", "True Delivered");
  }

  /// That concerns what is quiet; events have no names, and are counted by what they are about.
  private Iterable<Requests.Request> written(AuditLog.Mark mark) {
    return stage
        .written(mark)
        .only(one ->
            List.of("one", "quiet", "agent").contains(one.name())
                || one.name().startsWith("one-llmkey"));
  }

  private long events() {
    return stage
        .client()
        .v1()
        .events()
        .inNamespace(stage.plane.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> List.of("one", "quiet").contains(event.getInvolvedObject().getName()))
        .count();
  }
}
