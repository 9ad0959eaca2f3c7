package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Keeper;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Preview;
import dev.llmconfig.store.Stored;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a change asks of a store, and what is made of its outcome.
@SuppressWarnings("NullAway.Init") // set before each test
class RestWritesTest {

  private static final Ref KEY = new Ref("agents", "openai");
  private static final Ref CONFIG = new Ref("agents", "support");
  private static final String CANARY = "sk-proj-canary0123456789";

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    for (var resource : List.of("apikeyconfigs", "modelconfigs")) {
      stage.review.knows("viewer", "viewer", Right.of("get", resource), Right.of("list", resource));
    }
    stage.review.knows(
        "jane",
        "jane",
        List.of("get", "list", "create", "patch", "delete").stream()
            .flatMap(verb ->
                List.of("apikeyconfigs", "modelconfigs").stream()
                    .map(resource -> Right.of(verb, resource).in("agents")))
            .toArray(Right[]::new));
    stage.holds(
        new RestStage.Content(
            List.of(Sample.keyRow(KEY, "k1", 3)),
            List.of(Sample.modelConfigRow(CONFIG, "m1", 5)),
            List.of(),
            List.of()));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void onAFullDiskNothingIsSavedWhichIsSaidAndReadsGoOn() {
    stage.store.says(
        new Outcome.Missing(),
        () -> {
          throw new StoreFailure(StoreFailure.Cause.DISK_FULL, "the disk of /data is full", null);
        });

    var refused =
        stage.change(
            "POST",
            "jane",
            "/config/api-keys",
            "{\"namespace\": \"agents\", \"provider\": \"Echo\"}");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().path("reason").asText()).isEqualTo("StorageFull");
    assertThat(refused.json().path("detail").asText()).contains("the disk of /data is full");
    assertThat(stage.get("jane", "/config/api-keys/agents.openai").status()).isEqualTo(200);
  }

  @Test
  void aKeyThatIsMadeIsAnsweredAsItIsRead() {
    stage.store.says(
        new Outcome.Done(
            stored(new Ref("agents", "new"), "k9", 1),
            List.of(new Outcome.Warning("key", "KeyTrimmed", "It was trimmed."))),
        () -> stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "new"), "k9", 1))));

    var made =
        stage.change(
            "POST",
            "jane",
            "/config/api-keys",
            "{\"namespace\": \"agents\", \"provider\": \"OpenAI\", \"key\": \"%s\", \"store\": \"Secret\"}"
                .formatted(CANARY));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo("/api/config/api-keys/agents.new");
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    assertThat(made.header("x-llmconfig-mirror")).isEmpty();
    assertThat(made.header("ETag")).startsWith("\"k9.1.");
    assertThat(made.json().path("id").asText()).isEqualTo("agents.new");
    assertThat(made.json().at("/warnings/0/reason").asText()).isEqualTo("KeyTrimmed");
    assertThat(stage.store.asked)
        .containsExactly(
            "createKey KeyDraft[namespace=agents, name=Optional.empty,"
                + " spec={\"provider\":\"OpenAI\"}, holding=Optional[Secret], consent=false] a key of 24"
                + " Manner[run=Apply, foreign=Ask]");
    assertThat(made.body() + stage.store.asked).doesNotContain(CANARY);
  }

  @Test
  void whatTheMirrorDoesNotShowInTimeIsAnsweredFromTheStoreAndSaid() {
    stage.store.says(new Outcome.Done(stored(new Ref("agents", "new"), "m9", 1), List.of()));

    var made =
        stage.change(
            "POST",
            "jane",
            "/config/model-configs",
            "{\"namespace\": \"agents\", \"name\": \"new\", \"apiKeyRef\": {\"name\": \"a\"}, \"model\": \"m\"}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("x-llmconfig-mirror")).isEqualTo("behind");
    assertThat(made.json().path("generation").asLong()).isEqualTo(1);
    assertThat(made.json().path("state").asText()).isEqualTo("Pending");
  }

  @Test
  void aChangeIsForTheStateThatWasSeen() {
    stage.store.says(new Outcome.Done(stored(CONFIG, "m1", 5), List.of()));
    var etag = stage.get("jane", "/config/model-configs/agents.support").header("ETag");

    assertThat(patch("/config/model-configs/agents.support", "{\"model\": \"n\"}").status())
        .isEqualTo(428);
    assertThat(
            patch("/config/model-configs/agents.support", "{\"model\": null}", "If-Match: " + etag)
                .status())
        .isEqualTo(200);
    patch("/config/model-configs/agents.support?dryRun=true&force=true", "{}", "If-Match: *");
    patch("/config/model-configs/agents.support", "{}", "If-Match: \"nonsense\"");

    assertThat(stage.store.asked)
        .containsExactly(
            "changeModel agents/support OneOf[states=[Seen[uid=m1, generation=5]]]"
                + " {\"model\":null} Manner[run=Apply, foreign=Ask]",
            "changeModel agents/support Any[] {} Manner[run=DryRun, foreign=TakeOver]",
            "changeModel agents/support OneOf[states=[Seen[uid=, generation=-1]]] {}"
                + " Manner[run=Apply, foreign=Ask]");
  }

  @Test
  void whoeverWasFasterIsShown() {
    stage.store.says(new Outcome.Conflict(stored(CONFIG, "m1", 5)));

    var refused = patch("/config/model-configs/agents.support", "{}", "If-Match: *");

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.json().path("reason").asText()).isEqualTo("ChangedMeanwhile");
    assertThat(refused.json().at("/current/id").asText()).isEqualTo("agents.support");
    assertThat(refused.json().at("/current/generation").asLong()).isEqualTo(5);
  }

  @Test
  void eachOutcomeHasItsAnswer() {
    var right = new Right("patch", "llmconfig.dev", "modelconfigs", "agents", "support");
    var secret = new Right("get", "", "secrets", "agents", "theirs");
    var owned = List.of(new Outcome.Owned("spec.model", "kubectl"));
    var git = new Keeper(Keeper.Tool.ArgoCD, "llm", false);
    var answers =
        Map.<Outcome, String>ofEntries(
            Map.entry(new Outcome.Missing(), "404 ModelNotFound"),
            Map.entry(new Outcome.Denied(right), "403 Forbidden"),
            Map.entry(new Outcome.Denied(secret), "403 SecretNotReadable"),
            Map.entry(new Outcome.OwnedField(owned), "409 FieldOwnedByAnotherManager"),
            Map.entry(new Outcome.OwnedByGit(git, "a: b"), "409 ManagedByGit"),
            Map.entry(new Outcome.KeyHeldElsewhere("Secret x"), "409 KeyHeldElsewhere"),
            Map.entry(new Outcome.AlreadyExists("ModelConfig x"), "409 AlreadyExists"),
            Map.entry(new Outcome.EndpointNotAllowed("kubectl"), "422 EndpointNotAllowed"),
            Map.entry(new Outcome.BeingDeleted(), "409 Deleting"),
            Map.entry(new Outcome.InUse(List.of("a")), "409 InUse"),
            Map.entry(new Outcome.Unavailable("x"), "503 ApiServerUnavailable"),
            Map.entry(new Outcome.Unknown("x"), "503 OutcomeUnknown"),
            Map.entry(flawed(Flaw.Reason.KeyRingMissing), "503 KeyRingMissing"),
            Map.entry(flawed(Flaw.Reason.UnknownField, Flaw.Reason.Invalid), "400 UnknownField"),
            Map.entry(flawed(Flaw.Reason.LooksLikeAKey, Flaw.Reason.Invalid), "422 Invalid"),
            Map.entry(flawed(Flaw.Reason.LooksLikeAKey), "422 LooksLikeAKey"),
            Map.entry(flawed(Flaw.Reason.KeyLooksMasked), "422 KeyLooksMasked"),
            Map.entry(flawed(Flaw.Reason.KeyMalformed), "422 KeyMalformed"),
            Map.entry(flawed(Flaw.Reason.KeyEmpty), "422 KeyEmpty"),
            Map.entry(
                flawed(Flaw.Reason.KeyRequiredForNewEndpoint), "422 KeyRequiredForNewEndpoint"));
    answers.forEach((outcome, expected) -> {
      stage.store.says(outcome);
      var heard = patch("/config/model-configs/agents.support", "{}", "If-Match: *");
      assertThat(heard.status() + " " + heard.json().path("reason").asText())
          .as("%s", outcome)
          .isEqualTo(expected);
    });
    stage.store.says(new Outcome.OwnedField(owned));
    var asked = patch("/config/model-configs/agents.support", "{}", "If-Match: *").json();
    assertThat(asked.path("manager").asText()).isEqualTo("kubectl");
    assertThat(asked.at("/fields/0").asText()).isEqualTo("spec.model");
    stage.store.says(new Outcome.Denied(right));
    asked = patch("/config/model-configs/agents.support", "{}", "If-Match: *").json();
    assertThat(asked.path("action").asText()).contains("llmconfig-edit");
  }

  @Test
  void aDryRunTellsWhatWouldChange() {
    var preview =
        new Preview(
            stored(CONFIG, "m1", 6),
            List.of(
                new Preview.Change("spec.model", Optional.of(text("a")), Optional.of(text("b"))),
                new Preview.Change("key", Optional.empty(), Optional.empty())));
    stage.store.says(new Outcome.Previewed(preview, List.of()));

    var impact = patch("/config/model-configs/agents.support?dryRun=true", "{}", "If-Match: *");

    assertThat(impact.status()).isEqualTo(200);
    assertThat(impact.json().path("dryRun").asBoolean()).isTrue();
    assertThat(impact.json().at("/changes/0/to").asText()).isEqualTo("b");
    assertThat(impact.json().at("/changes/1/changed").asBoolean()).isTrue();
  }

  @Test
  void aDeletionSaysWhatBecomesOfUsers() {
    stage.store.says(
        new Outcome.Deleted(),
        () -> stage.changes(new RowChange.Gone(ObjectKind.ApiKeyConfig, KEY)));
    assertThat(delete("/config/api-keys/agents.openai?replaceWith=agents.other").status())
        .isEqualTo(204);
    stage.store.says(new Outcome.InUse(List.of("support")));
    var used = delete("/config/api-keys/agents.openai");
    assertThat(used.json().at("/configs/0").asText()).isEqualTo("agents.support");
    delete("/config/api-keys/agents.openai?force=true");
    assertThat(delete("/config/api-keys/agents.openai?replaceWith=tools.other").status())
        .isEqualTo(422);
    assertThat(stage.store.asked)
        .containsExactly(
            "deleteKey agents/openai Any[] By[key=other] Manner[run=Apply, foreign=Ask]",
            "deleteKey agents/openai Any[] None[] Manner[run=Apply, foreign=Ask]",
            "deleteKey agents/openai Any[] Forced[] Manner[run=Apply, foreign=TakeOver]");
    stage.store.says(new Outcome.Deleting());
    assertThat(delete("/config/model-configs/agents.support").status()).isEqualTo(202);
    stage.store.says(
        new Outcome.Deleting(),
        () -> stage.changes(new RowChange.Gone(ObjectKind.ModelConfig, CONFIG)));
    assertThat(delete("/config/model-configs/agents.support").status())
        .as("it was accepted, and is gone by now")
        .isEqualTo(204);
  }

  @Test
  void whatAKeyOffersCanBeSelectedByItsId() {
    stage.store.says(new Outcome.Done(stored(CONFIG, "m1", 5), List.of()));

    assertThat(post("/config/models/agents.support/select", "{}").status()).isEqualTo(200);
    post(
        "/config/models/agents.openai:openai~2Fgpt~20x~7E~C3~A9/select",
        "{\"parameters\": {\"topP\": 0.5}}");
    var put =
        stage.change(
            "PUT",
            "jane",
            "/config/models/agents.support/parameters",
            "{\"temperature\": 0.5}",
            "If-Match: *");

    assertThat(put.status()).isEqualTo(200);
    assertThat(stage.store.asked)
        .containsExactly(
            "select Configured[model=agents/support] Any[] Optional.empty Manner[run=Apply, foreign=Ask]",
            "select Offered[key=agents/openai, model=openai/gpt x~é] Any[] Optional[{\"topP\":0.5}]"
                + " Manner[run=Apply, foreign=Ask]",
            "replaceParameters agents/support Any[] {\"temperature\":0.5} Manner[run=Apply,"
                + " foreign=Ask]");
  }

  @Test
  void anActionIsForTheStateThatItsCallerHasSeen() {
    var config = stage.get("jane", "/config/model-configs/agents.support");
    var key = stage.get("jane", "/config/api-keys/agents.openai");
    stage.store.says(new Outcome.Conflict(stored(CONFIG, "m1", 5)));

    for (var action : List.of("/config/models/%s/select", "/config/model-configs/%s/rollout")) {
      var body = action.endsWith("rollout") ? "{\"action\": \"Retry\"}" : "{}";
      var late =
          stage.change(
              "POST",
              "jane",
              action.formatted("agents.support"),
              body,
              "If-Match: " + config.header("ETag"));
      assertThat(late.status()).as(action).isEqualTo(412);
      assertThat(late.json().path("reason").asText()).isEqualTo("ChangedMeanwhile");
      assertThat(late.json().at("/current/id").asText()).isEqualTo("agents.support");
    }
    stage.store.says(new Outcome.Conflict(stored(KEY, "k1", 3)));
    for (var action : List.of("test", "import")) {
      var late =
          stage.change(
              "POST",
              "jane",
              "/config/api-keys/agents.openai/" + action,
              "{}",
              "If-Match: " + key.header("ETag"));
      assertThat(late.status()).as(action).isEqualTo(412);
      assertThat(late.json().at("/current/id").asText()).isEqualTo("agents.openai");
    }
    assertThat(stage.store.asked)
        .hasSize(4)
        .allMatch(one -> one.contains(" OneOf[states=[Seen[uid="));
  }

  @Test
  void aKeyThatGoesWhileItsVerdictIsReadIsNoError() throws Exception {
    var ending = new AtomicBoolean();
    stage.store.says(new Outcome.Requested(stored(KEY, "k1", 3), "the mark"));
    var comesAndGoes =
        Thread.startVirtualThread(() -> {
          for (var version = 10; !ending.get(); version++) {
            stage.changes(checked(version, "the mark", "True", "KeyAccepted"));
            stage.changes(new RowChange.Gone(ObjectKind.ApiKeyConfig, KEY));
          }
        });
    try {
      for (var time = 0; time < 200; time++) {
        assertThat(post("/config/api-keys/agents.openai/test", "{}").status()).isEqualTo(200);
      }
    } finally {
      ending.set(true);
      comesAndGoes.join();
    }
  }

  /// Whoever asks for a preview of one must not be given the real one.
  @Test
  void whatHasNoDryRunRefusesTheParameter() {
    for (var path :
        List.of(
            "/config/model-configs/agents.support/rollout",
            "/config/api-keys/agents.openai/test",
            "/config/api-keys/agents.openai/import",
            "/agents/agents.Deployment.chat/restart")) {
      var refused = post(path + "?dryRun=true", "{}");

      assertThat(refused.status()).as(path).isEqualTo(400);
      assertThat(refused.json().path("reason").asText()).isEqualTo("UnknownParameter");
    }
    assertThat(stage.store.asked).isEmpty();
    assertThat(stage.workloads.asked).isEmpty();
  }

  @Test
  void aRolloutIsApprovedByItsRevision() {
    stage.store.says(new Outcome.Requested(stored(CONFIG, "m1", 5), "m-71aa"));

    assertThat(
            post(
                    "/config/model-configs/agents.support/rollout",
                    "{\"action\": \"Approve\", \"revision\": \"m-71aa\"}")
                .status())
        .isEqualTo(202);
    assertThat(
            post("/config/model-configs/agents.support/rollout", "{\"action\": \"Approve\"}")
                .status())
        .isEqualTo(422);
    assertThat(
            post("/config/model-configs/agents.support/rollout", "{\"action\": \"Retry\"}")
                .status())
        .isEqualTo(202);
    assertThat(stage.store.asked)
        .containsExactly(
            "requestRollout agents/support Any[] Approve[revision=m-71aa]",
            "requestRollout agents/support Any[] Retry[]");
  }

  @Test
  void aTestIsAnsweredByTheVerdictThatRepeatsItsMark() {
    var version = 3;
    for (var verdict :
        List.of(
            "True KeyAccepted Accepted", "False InvalidKey Refused", "Unknown Timeout Unknown")) {
      var words = verdict.split(" ", -1);
      version += 2;
      var before = version;
      stage.changes(checked(before, "an older mark", "True", "KeyAccepted"));
      stage.store.says(
          new Outcome.Requested(stored(KEY, "k1", 3), "the mark"),
          () -> stage.changes(checked(before + 1, "the mark", words[0], words[1])));

      var result = post("/config/api-keys/agents.openai/test", "{}");

      assertThat(result.status()).isEqualTo(200);
      assertThat(result.json().path("outcome").asText()).isEqualTo(words[2]);
      assertThat(result.json().path("reason").asText()).isEqualTo(words[1]);
      assertThat(result.json().path("providerRequestId").asText()).isEqualTo("req_1");
      assertThat(result.json().path("action").asText()).isNotEmpty().doesNotContain("{");

      var strict = post("/config/api-keys/agents.openai/test?strict=true", "{}");
      assertThat(strict.status())
          .isEqualTo(Map.of("Accepted", 200, "Refused", 422).getOrDefault(words[2], 503));
      assertThat(strict.json().path("reason").asText()).isEqualTo(words[1]);
    }
    stage.store.says(new Outcome.Missing());
    assertThat(post("/config/api-keys/agents.openai/test", "{}").status()).isEqualTo(404);
  }

  private static RowChange checked(int version, String mark, String status, String reason) {
    var row = Sample.keyRow(KEY, "k1", version);
    var told = row.told();
    var json =
        """
        {"handled": {"verify": "%s"}, "requestId": "req_1", "conditions": [
          {"type": "Resolved", "status": "True", "reason": "Decrypted"},
          {"type": "Verified", "status": "%s", "reason": "%s", "message": "A sentence."}]}
        """
            .formatted(mark, status, reason);
    return new RowChange.KeyIs(
        new KeyRow(
            row.ref(),
            row.version(),
            row.secretVersion(),
            row.factsVersion(),
            row.declared(),
            row.current(),
            row.previous(),
            row.accepted(),
            new KeyRow.Told(
                told.phase(),
                told.ready(),
                told.observedGeneration(),
                told.maskedKey(),
                told.fingerprint(),
                told.candidate(),
                told.checkedAt(),
                told.modelCount(),
                told.emptyList(),
                told.usedBy(),
                json)));
  }

  @Test
  void nobodyChangesWhatTheyMayOnlyRead() {
    for (var attempt :
        List.of(
            stage.change("PATCH", "viewer", "/config/api-keys/agents.openai", "{}", "If-Match: *"),
            stage.change("DELETE", "viewer", "/config/api-keys/agents.openai", ""),
            stage.change("POST", "viewer", "/config/api-keys/agents.openai/test", "{}"),
            stage.change(
                "POST",
                "viewer",
                "/config/api-keys",
                "{\"namespace\": \"agents\", \"provider\": \"OpenAI\"}"),
            stage.change("POST", "jane", "/config/models/tools.any/select", "{}"))) {
      assertThat(attempt.status()).isEqualTo(403);
      assertThat(attempt.json().path("reason").asText()).isEqualTo("Forbidden");
    }
    assertThat(stage.store.asked).isEmpty();
  }

  private RestStage.Heard patch(String path, String body, String... headers) {
    return stage.change("PATCH", "jane", path, body, headers);
  }

  private RestStage.Heard post(String path, String body) {
    return stage.change("POST", "jane", path, body);
  }

  private RestStage.Heard delete(String path) {
    return stage.change("DELETE", "jane", path, "");
  }

  private static Outcome flawed(Flaw.Reason... reasons) {
    return new Outcome.Invalid(
        List.of(reasons).stream().map(one -> new Flaw("spec.a", one, "It is wrong.")).toList());
  }

  private static Stored stored(Ref ref, String uid, long generation) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode().put("provider", "OpenAI");
    return new Stored(ref, uid, generation, "77", "2026-11-20T12:00:00Z", spec);
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }
}
