package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.store.Drafts;
import dev.llmconfig.store.Looked;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.SecretReads;
import dev.llmconfig.store.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is sent to whichever route: an answer that the document knows, and no failure.
class AnyRequestTest {

  private static final int REQUESTS = 1_500;
  private static final Duration BETWEEN = Duration.ofSeconds(2);
  private static final Stored KEY =
      new Stored(new Ref("agents", "openai"), "k1", 1, "3", "", Wire.object());
  private static final Stored CONFIG =
      new Stored(new Ref("agents", "support"), "m1", 1, "5", "", Wire.object());

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyAnswerIsOneThatTheDocumentKnows(long seed) throws Exception {
    try (var stage = new RestStage(directory)) {
      stage.holds(
          new RestStage.Content(
              List.of(
                  Sample.keyRow(new Ref("agents", "openai"), "k1", 3),
                  Sample.suspendedKeyRow(new Ref("agents", "old"), "k2", 4)),
              List.of(
                  Sample.modelConfigRow(new Ref("agents", "support"), "m1", 5),
                  Sample.defaultConfigRow(new Ref("agents", "usual"), "m2", 6),
                  Sample.ownedConfigRow(new Ref("agents", "owned"), "m3", 7, "llm-team-a")),
              List.of(Sample.models(new Ref("agents", "openai"), "1", "gpt-5-mini", "gpt-4.1")),
              List.of(Sample.agentRow(new Ref("agents", "chat"), "a1", 8))));
      stage.review.knows("root", "root", everything());
      stage.drafts.says((_, _) -> new Drafts.Reading.Not(new Outcome.Unavailable("away")));
      stage.secrets.has(
          new Looked.Found<>(
              List.of(new SecretReads.Listed(new Ref("agents", "openai-key"), "", false))),
          new Looked.Found<>(List.of("api-key")));
      stage.review.knows("powerless", "jane");
      stage.review.knows("what.kubectl-create-token.prints", "of the example");
      var random = new Random(seed);
      var seen =
          AnyAnswers.hold(
              world(stage),
              seed,
              REQUESTS,
              request -> {
                stage.pass(BETWEEN);
                if (random.nextInt(30) > 0) {
                  stage.beats();
                }
                says(stage, request, random);
              });
      assertThat(seen.statuses())
          .as("the requests reach what they are about")
          .contains(
              200, 201, 202, 204, 304, 400, 401, 403, 404, 406, 409, 412, 413, 414, 415, 421, 422,
              428, 431);
      assertThat(seen.refused())
          .as("what never came to a good end, which nothing here can")
          .isSubsetOf(
              "POST /config/api-keys/test",
              "POST /config/api-keys/{id}/test",
              "POST /config/api-keys/{id}/import",
              "POST /chat");
    }
  }

  private static AnyWorld world(RestStage stage) {
    return new AnyWorld(
        stage.address(),
        "root",
        "powerless",
        "agents",
        Map.of(
            "api-keys", List.of("agents.openai", "agents.old"),
            "config/models", List.of("agents.support", "agents.openai:gpt-5-mini"),
            "model-configs", List.of("agents.support", "agents.usual", "agents.owned"),
            "agents/", List.of("agents.Deployment.chat"),
            "secrets/", List.of("agents.openai-key")),
        Set.of("ApiServerUnavailable", "OutcomeUnknown"));
  }

  /// What can become of such a request.
  private static void says(RestStage stage, AnyRequest request, Random random) {
    var stored = request.route().startsWith("/config/api-keys") ? KEY : CONFIG;
    var outcomes =
        new ArrayList<Outcome>(
            List.of(
                new Outcome.Unavailable("away"),
                new Outcome.Unknown("lost"),
                new Outcome.Denied(Right.of("patch", "apikeyconfigs").in("agents"))));
    var ofOne = request.route().contains("{id}");
    if (ofOne) {
      outcomes.add(new Outcome.Missing());
    }
    switch (request.method()) {
      case "DELETE" ->
          outcomes.addAll(
              List.of(
                  random.nextInt(4) == 0 ? new Outcome.Deleted() : new Outcome.Deleting(),
                  new Outcome.Deleting(),
                  new Outcome.Conflict(stored),
                  new Outcome.InUse(List.of("agents.support"))));
      case "PATCH", "PUT" ->
          outcomes.addAll(
              List.of(
                  new Outcome.Done(stored, List.of()),
                  new Outcome.Conflict(stored),
                  new Outcome.BeingDeleted(),
                  new Outcome.KeyHeldElsewhere("openai-key"),
                  new Outcome.OwnedField(List.of(new Outcome.Owned("spec.model", "kubectl")))));
      default -> {
        if (request.route().endsWith("/rollout")) {
          outcomes.add(new Outcome.Requested(stored, "now"));
        } else if (!request.route().endsWith("/test")) {
          outcomes.add(
              new Outcome.Done(stored, List.of(new Outcome.Warning("key", "KeyTrimmed", "So."))));
        }
        if (!ofOne) {
          outcomes.add(new Outcome.AlreadyExists("ModelConfig support"));
        }
      }
    }
    stage.store.says(outcomes.get(random.nextInt(outcomes.size())));
  }

  private static Right[] everything() {
    var verbs = List.of("get", "list", "create", "patch", "delete", "use");
    return Stream.concat(
            Stream.of("apikeyconfigs", "modelconfigs")
                .flatMap(kind -> verbs.stream().map(verb -> Right.of(verb, kind))),
            verbs.stream().map(verb -> new Right(verb, "apps", "deployments", "", "")))
        .toArray(Right[]::new);
  }
}
