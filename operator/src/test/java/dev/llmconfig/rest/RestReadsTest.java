package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.access.Right;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read, and by whom.
@SuppressWarnings("NullAway.Init") // set before each test
class RestReadsTest {

  private static final Right LIST_KEYS = Right.of("list", "apikeyconfigs");
  private static final Right GET_KEYS = Right.of("get", "apikeyconfigs");
  private static final Right LIST_CONFIGS = Right.of("list", "modelconfigs");
  private static final Right GET_CONFIGS = Right.of("get", "modelconfigs");

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.review.knows("root", "root", LIST_KEYS, GET_KEYS, LIST_CONFIGS, GET_CONFIGS);
    stage.review.knows(
        "jane",
        "jane",
        LIST_KEYS.in("agents"),
        GET_KEYS.in("agents"),
        LIST_CONFIGS.in("agents"),
        GET_CONFIGS.in("agents"));
    stage.review.knows("nobody", "nobody");
    stage.holds(
        new RestStage.Content(
            List.of(
                Sample.keyRow(new Ref("agents", "openai"), "k1", 3),
                Sample.keyRow(new Ref("tools", "openai"), "k2", 4)),
            List.of(
                Sample.modelConfigRow(new Ref("agents", "support"), "m1", 5),
                Sample.modelConfigRow(new Ref("tools", "search"), "m2", 6)),
            List.of(
                Sample.models(new Ref("agents", "openai"), "s1", "gpt-5-mini", "openai/gpt x~é")),
            List.of(
                Sample.agentRow(new Ref("agents", "chat"), "a1", 7),
                Sample.agentRow(new Ref("agents", "batch.v2"), "a2", 7))));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aKeyIsShownAsTheDesignSaysAndItsTokenNowhere() {
    var key = stage.get("root", "/config/api-keys").json().path("items").get(0);

    assertThat(key.path("id").asText()).isEqualTo("agents.openai");
    assertThat(key.path("provider").asText()).isEqualTo("OpenAI");
    assertThat(key.path("source").asText()).isEqualTo("SecretRef");
    assertThat(key.path("maskedKey").asText()).isEqualTo("sk-***3f9c");
    assertThat(key.path("state").asText()).isEqualTo("Ready");
    assertThat(key.path("reason").asText()).isEqualTo("Verified");
    assertThat(key.path("usedBy")).isEqualTo(json("{\"configs\":1,\"agents\":2}"));
    assertThat(key.path("previousUsableUntil").asText()).isEqualTo("2026-12-01T00:00:00Z");
    assertThat(key.path("managedBy")).isEqualTo(json("{\"owner\":\"Kubectl\",\"editable\":true}"));
    assertThat(key.path("generation").asLong()).isEqualTo(3);
    assertThat(key.has("spec")).isFalse();
    assertThat(stage.get("root", "/config/api-keys").body()).doesNotContain("gAAAAAB");
  }

  @Test
  void oneKeyComesWithSpecConditionsAndChanges() {
    var key = stage.get("jane", "/config/api-keys/agents.openai").json();

    assertThat(key.path("spec").path("secretRef").path("name").asText()).isEqualTo("openai");
    assertThat(key.path("conditions").get(0).path("type").asText()).isEqualTo("Ready");
    assertThat(key.path("notes").isArray()).isTrue();
    assertThat(key.path("changes").size()).isZero();

    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", 4)));

    var changes = stage.get("jane", "/config/api-keys/agents.openai").json().path("changes");
    assertThat(changes)
        .isEqualTo(
            json(
                "[{\"at\":\"2026-11-20T12:00:00Z\",\"operation\":\"Update\",\"manager\":\"kubectl\"}]"));
  }

  @Test
  void whatArgoCdHoldsLinksToItsApplication() {
    stage.changes(
        new RowChange.ModelConfigIs(
            Sample.ownedConfigRow(new Ref("agents", "support"), "m1", 6, "llm-team-a")));

    var owner =
        json(
            """
            {"owner":"ArgoCD","name":"llm-team-a","editable":false,
             "link":"https://cd.example.com/argo/applications/llm-team-a"}
            """);
    var one = stage.get("jane", "/config/model-configs/agents.support").json();
    assertThat(one.path("managedBy")).isEqualTo(owner);
    var all = stage.get("jane", "/config/model-configs").json().path("items");
    assertThat(all.get(0).path("managedBy")).isEqualTo(owner);
  }

  @Test
  void aConfigAndAnAgentNameEachOther() {
    var config = stage.get("jane", "/config/model-configs/agents.support").json();
    assertThat(config.path("apiKeyId").asText()).isEqualTo("agents.openai");
    assertThat(config.path("state").asText()).isEqualTo("Pending");

    var agents = stage.get("jane", "/agents?config=agents.support&sort=-name");
    assertThat(agents.each("id"))
        .containsExactly("agents.Deployment.chat", "agents.Deployment.batch.v2");
    assertThat(agents.json().path("items").get(0).path("apiKeyId").asText())
        .isEqualTo("agents.openai");
    var agent = stage.get("jane", "/agents/agents.Deployment.batch.v2");
    assertThat(agent.json().path("running").path("model").asText()).isEqualTo("gpt-7");
    assertThat(stage.get("jane", "/agents/agents.Deployment").status()).isEqualTo(404);
    assertThat(stage.get("jane", "/agents/agents.Deployment.").status()).isEqualTo(404);
  }

  @Test
  void modelsOfAKeyHaveIdsThatNoProxyDamages() {
    var models = stage.get("jane", "/config/api-keys/agents.openai/models");

    assertThat(models.each("id"))
        .containsExactly("agents.openai:gpt-5-mini", "agents.openai:openai~2Fgpt~20x~7E~C3~A9");
    assertThat(models.json().path("status").asText()).isEqualTo("Fresh");
    assertThat(models.json().path("hiddenByAllow").asInt()).isEqualTo(2);
    assertThat(stage.get("jane", "/config/api-keys/agents.none/models").status()).isEqualTo(404);
  }

  @Test
  void whoeverMayReadOneNamespaceSeesJustThat() {
    assertThat(stage.get("jane", "/config/api-keys").each("id")).containsExactly("agents.openai");
    assertThat(stage.get("jane", "/config/api-keys").json().path("total").asInt()).isEqualTo(1);
    assertThat(stage.get("root", "/config/api-keys").each("id"))
        .containsExactly("agents.openai", "tools.openai");
    assertThat(stage.get("jane", "/namespaces").each("name")).containsExactly("agents");
    assertThat(stage.get("root", "/namespaces").each("name")).containsExactly("agents", "tools");
    assertThat(stage.get("nobody", "/namespaces").each("name")).isEmpty();
    assertThat(stage.get("root", "/namespaces").json().path("reach").asText()).isEqualTo("Cluster");
    assertThat(stage.get("jane", "/namespaces").json().path("reach").asText())
        .isEqualTo("Namespaces");
  }

  @Test
  void theMissingRightIsNamed() {
    for (var path :
        List.of(
            "/config/api-keys?namespace=tools",
            "/config/api-keys?namespace=agents&namespace=tools")) {
      var refused = stage.get("jane", path);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("verb").asText()).isEqualTo("list");
      assertThat(refused.json().path("resource").asText()).isEqualTo("apikeyconfigs.llmconfig.dev");
      assertThat(refused.json().path("namespace").asText()).isEqualTo("tools");
      assertThat(refused.json().path("detail").asText())
          .isEqualTo("jane may not list apikeyconfigs in namespace tools.");
    }
    var nowhere = stage.get("nobody", "/agents");
    assertThat(nowhere.status()).isEqualTo(403);
    assertThat(nowhere.json().path("detail").asText())
        .isEqualTo("nobody may not list modelconfigs in any namespace.");
  }

  @Test
  void whatMayNotBeReadIsRefusedWhetherItExistsOrNot() {
    for (var path :
        List.of(
            "/config/api-keys/tools.openai",
            "/config/api-keys/tools.none",
            "/config/api-keys/tools.openai/models",
            "/config/model-configs/tools.search",
            "/config/model-configs/tools.none",
            "/agents/tools.Deployment.none")) {
      var refused = stage.get("jane", path);
      assertThat(refused.status()).as(path).isEqualTo(403);
      assertThat(refused.json().path("namespace").asText()).isEqualTo("tools");
    }
    assertThat(stage.get("jane", "/config/api-keys/agents.none").json().path("reason").asText())
        .isEqualTo("ApiKeyNotFound");
    assertThat(
            stage.get("jane", "/config/model-configs/agents.none").json().path("reason").asText())
        .isEqualTo("ModelNotFound");
    assertThat(stage.get("jane", "/config/api-keys/nodot").status()).isEqualTo(404);
  }

  @Test
  void aRightOnOneObjectByNameIsEnoughForThatOne() {
    stage.review.knows("joe", "joe", GET_CONFIGS.in("agents").called("support"));

    assertThat(stage.get("joe", "/config/model-configs/agents.support").status()).isEqualTo(200);
    assertThat(stage.get("joe", "/config/model-configs/agents.other").status()).isEqualTo(403);
  }

  @Test
  void anEmptyNamespaceCanBeAskedAboutByName() {
    stage.review.knows("new", "new", LIST_KEYS.in("fresh"));

    var fresh = stage.get("new", "/namespaces?name=fresh").json().path("items");

    assertThat(fresh)
        .isEqualTo(
            json("[{\"name\":\"fresh\",\"keys\":0,\"configs\":0,\"agents\":0,\"watched\":true}]"));
    assertThat(stage.get("new", "/namespaces?name=tools").each("name")).isEmpty();
  }

  @Test
  void namespacesCountWhatIsInThem() {
    var agents = stage.get("root", "/namespaces?q=AGENT").json().path("items");

    assertThat(agents)
        .isEqualTo(
            json("[{\"name\":\"agents\",\"keys\":1,\"configs\":1,\"agents\":2,\"watched\":true}]"));
  }

  @Test
  void filtersNarrowAndAnUnknownOneIsRefused() {
    assertThat(stage.get("root", "/config/api-keys?state=Ready&provider=OpenAI").each("id"))
        .hasSize(2);
    assertThat(stage.get("root", "/config/api-keys?state=Refused").each("id")).isEmpty();
    assertThat(stage.get("root", "/config/api-keys?usedBy=agents.support").each("id"))
        .containsExactly("agents.openai");
    assertThat(stage.get("root", "/config/api-keys?usedBy=agents.none").each("id")).isEmpty();
    assertThat(stage.get("root", "/config/model-configs?model=gpt-6").each("id"))
        .containsExactly("tools.search");
    assertThat(stage.get("root", "/agents?kind=Deployment&state=UpToDate").each("name"))
        .containsExactly("batch.v2", "chat");

    for (var query :
        List.of(
            "stat=Ready",
            "State=Ready",
            "state=ready",
            "limit=0",
            "limit=501",
            "limit=x",
            "limit=1&limit=2",
            "sort=size",
            "q=%zz",
            "namespace=agents&nmespace=tools")) {
      var refused = stage.get("root", "/config/api-keys?" + query);
      assertThat(refused.status()).as(query).isEqualTo(400);
      assertThat(refused.json().path("problems").size()).as(query).isEqualTo(1);
    }
    assertThat(
            stage
                .get("root", "/config/api-keys?namespace=agents&nmespace=tools")
                .json()
                .at("/problems/0/field")
                .asText())
        .isEqualTo("nmespace");
    var twice = stage.get("root", "/config/api-keys?limit=x&sk-secret-in-a-name=1");
    assertThat(twice.json().path("problems").size()).isEqualTo(2);
    assertThat(twice.body()).doesNotContain("sk-secret");
    assertThat(stage.get("root", "/config/api-keys/agents.openai?x=1").status()).isEqualTo(400);
  }

  @Test
  void pagesRepeatAndSkipNothingWhileRowsComeAndGo() {
    stage.holds(many(IntStream.range(0, 25).map(at -> at * 2)));
    var seen = new ArrayList<String>();
    var page = stage.get("root", "/config/api-keys?limit=10");
    assertThat(page.json().path("total").asInt()).isEqualTo(25);
    seen.addAll(page.each("name"));

    stage.holds(
        many(IntStream.concat(IntStream.of(1, 33), IntStream.range(3, 25).map(at -> at * 2))));
    while (page.json().has("next")) {
      page =
          stage.get(
              "root", "/config/api-keys?limit=10&cursor=" + page.json().path("next").asText());
      seen.addAll(page.each("name"));
    }

    assertThat(new HashSet<>(seen)).as("nothing twice").hasSameSizeAs(seen);
    assertThat(seen).contains("key-00033", "key-00048").doesNotContain("key-00001").isSorted();
  }

  @Test
  void aCursorIsGoodForItsOwnQueryOnly() {
    stage.holds(many(IntStream.range(0, 5)));
    var next = stage.get("root", "/config/api-keys?limit=2").json().path("next").asText();

    assertThat(stage.get("root", "/config/api-keys?limit=4&cursor=" + next).each("name"))
        .hasSize(3);
    for (var query :
        List.of("sort=-name&cursor=" + next, "q=k&cursor=" + next, "cursor=x", "cursor=e30")) {
      assertThat(stage.get("root", "/config/api-keys?" + query).json().path("reason").asText())
          .as(query)
          .isEqualTo("CursorInvalid");
    }
  }

  @Test
  void whatTheCallerHasAlreadyIsNotSentAgain() {
    for (var path : List.of("/config/api-keys", "/config/api-keys/agents.openai", "/providers")) {
      var first = stage.get("root", path);
      var tag = first.header("ETag");
      assertThat(tag).as(path).isNotEmpty();

      var again = stage.get("root", path, "If-None-Match: \"x\", " + tag);

      assertThat(again.status()).as(path).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.header("ETag")).isEqualTo(tag);
    }
    var tag = stage.get("root", "/config/api-keys").header("ETag");
    assertThat(tag).matches("W/\"[^-]+.*-[0-9]+-[0-9a-f]{16}\"");
    assertThat(stage.get("root", "/config/api-keys/agents.openai").header("ETag"))
        .matches("\"k1\\.3\\.[0-9]+-[0-9a-f]{8}\"");
    assertThat(stage.get("jane", "/config/api-keys", "If-None-Match: " + tag).status())
        .as("other rights are another list")
        .isEqualTo(200);
    assertThat(stage.get("root", "/config/api-keys?limit=1", "If-None-Match: " + tag).status())
        .isEqualTo(200);

    stage.holds(many(IntStream.range(0, 1)));
    assertThat(stage.get("root", "/config/api-keys", "If-None-Match: " + tag).status())
        .isEqualTo(200);
  }

  @Test
  void theStateOfAnObjectOnOneReplicaIsNoneOfAnother() throws IOException {
    stage.holds(many(IntStream.range(0, 1)));
    var tag = stage.get("root", "/config/api-keys/agents.key-00000").header("ETag");
    try (var other = new RestStage(Files.createDirectory(directory.resolve("other")))) {
      other.review.knows("root", "root", GET_KEYS);
      other.holds(many(IntStream.range(0, 2)));
      other.holds(many(IntStream.range(0, 1)));
      var read = other.get("root", "/config/api-keys/agents.key-00000", "If-None-Match: " + tag);

      assertThat(read.status()).isEqualTo(200);
      assertThat(read.header("ETag"))
          .as("the same object with the same number, of another count")
          .startsWith(tag.substring(0, tag.indexOf('-')))
          .isNotEqualTo(tag);
    }
  }

  @Test
  void everyAnswerSaysHowOldItIs() {
    stage.pass(Duration.ofSeconds(30));
    var fresh = stage.get("root", "/config/api-keys");
    assertThat(fresh.header("x-llmconfig-mirror-age")).isEqualTo("30");
    assertThat(fresh.header("x-llmconfig-stale")).isEmpty();
    assertThat(fresh.json().path("stale").asBoolean()).isFalse();

    stage.pass(Duration.ofSeconds(1));
    var stale = stage.get("root", "/config/api-keys");
    assertThat(stale.header("x-llmconfig-stale")).isEqualTo("true");
    assertThat(stale.json().path("stale").asBoolean()).isTrue();
    assertThat(stale.json().path("syncedAt").asText()).isEqualTo("2026-11-20T12:00:00Z");
    assertThat(stale.header("ETag")).isNotEqualTo(fresh.header("ETag"));

    stage.beats();
    stage.pass(Duration.ofSeconds(31));
    for (var path : List.of("/config/api-keys", "/config/api-keys/agents.openai")) {
      var again = stage.get("root", path);
      assertThat(again.json().path("syncedAt").asText())
          .as("of the outage that is now")
          .isEqualTo("2026-11-20T12:00:31Z");
    }
    assertThat(stage.get("root", "/config/api-keys").header("ETag"))
        .isNotEqualTo(stale.header("ETag"));
  }

  @Test
  void queriesThatOnlyLookAlikeAreTwo() {
    var one = stage.get("root", "/config/model-configs?model=gpt-5&model=gpt-6");
    var other = stage.get("root", "/config/model-configs?model=gpt-5,%20gpt-6");

    assertThat(one.each("id")).hasSize(2);
    assertThat(other.each("id")).isEmpty();
    assertThat(stage.get("root", "/config/model-configs?model=gpt-6&model=gpt-5").header("ETag"))
        .isEqualTo(one.header("ETag"))
        .isNotEqualTo(other.header("ETag"));
  }

  @Test
  void withoutAMirrorTheAnswerIsASentence() throws Exception {
    stage.close();
    stage = new RestStage(directory.resolve("elsewhere"));
    stage.review.knows("root", "root", LIST_KEYS);

    var refused = stage.get("root", "/config/api-keys");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().path("reason").asText()).isEqualTo("MirrorUnavailable");
    var health = stage.get("", "/health");
    assertThat(health.status()).isEqualTo(503);
    assertThat(health.json().path("status").asText()).isEqualTo("unhealthy");
  }

  @Test
  void inAnOutageWhatWasReadBeforeIsReadOn() {
    assertThat(stage.get("root", "/config/api-keys").status()).isEqualTo(200);
    assertThat(stage.get("jane", "/config/api-keys").status()).isEqualTo(200);
    stage.review.away(true);
    stage.pass(Duration.ofMinutes(2));

    var stale = stage.get("root", "/config/api-keys");
    assertThat(stale.status()).isEqualTo(200);
    assertThat(stale.header("x-llmconfig-stale")).isEqualTo("true");
    assertThat(stage.get("jane", "/config/api-keys").each("id")).containsExactly("agents.openai");
    var refused = stage.get("nobody", "/config/api-keys");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().path("reason").asText()).isEqualTo("ApiServerUnavailable");
  }

  @Test
  void aPersonIsToldWhoTheyAreAndWhatTheyMay() {
    var jane = stage.get("jane", "/session").json();
    assertThat(jane.path("signedIn").asBoolean()).isTrue();
    assertThat(jane.path("user").asText()).isEqualTo("jane");
    assertThat(jane.path("mode").asText()).isEqualTo("Cluster");
    var out = json("{\"signedIn\":false,\"loginMethods\":[\"Token\",\"OneTimeUrl\"]}");
    assertThat(stage.get("", "/session").json()).isEqualTo(out);
    assertThat(stage.get("stranger", "/session").json()).isEqualTo(out);

    assertThat(stage.get("jane", "/permissions?namespace=agents").json().path("allowed"))
        .isEqualTo(
            json("{\"apikeyconfigs\":[\"get\",\"list\"],\"modelconfigs\":[\"get\",\"list\"]}"));
    for (var nowhere : List.of("", "?namespace=", "?namespace=%20", "?namespace=a.b")) {
      var refused = stage.get("jane", "/permissions" + nowhere);
      assertThat(refused.status()).as(nowhere).isEqualTo(400);
      assertThat(refused.json().path("reason").asText()).isEqualTo("NamespaceRequired");
    }
    assertThat(stage.review.asked()).filteredOn(one -> one.startsWith("rules")).hasSize(1);
  }

  @Test
  void factsAreForEverybodyWhoIsSignedIn() {
    assertThat(stage.get("nobody", "/providers?limit=500").each("name")).contains("OpenAI", "Echo");
    assertThat(stage.get("nobody", "/profiles?q=langchain").each("id")).contains("langchain");
    assertThat(stage.get("nobody", "/reasons?limit=500").each("reason"))
        .contains("InvalidKey", "Forbidden");
    var models =
        stage.get(
            "nobody",
            "/catalogue/models?provider=OpenAI&capability=tools&capability=vision&minContext=200000&maxPrice=0.5&limit=500");
    assertThat(models.each("model")).contains("gpt-5-mini");
    assertThat(models.json().path("items"))
        .allMatch(model ->
            Math.max(
                    model.path("contextTokens").asLong(),
                    model.at("/facts/maxInputTokens/value").asLong())
                >= 200_000);
    assertThat(stage.get("nobody", "/catalogue/models?retiring=true").json().path("total").asInt())
        .isPositive();
    assertThat(stage.get("nobody", "/catalogue/models?maxPrice=1e9").status()).isEqualTo(400);
  }

  @Test
  void theReplicaTellsHowItFares() {
    var status = stage.get("nobody", "/status").json();
    assertThat(status.path("version").asText()).isEqualTo("1.2.3");
    assertThat(status.path("replicas").asInt()).isEqualTo(2);
    assertThat(status.path("operator")).isEqualTo(json("{\"leader\":\"pod-2\",\"ready\":true}"));
    assertThat(status.path("mirror").path("rows"))
        .isEqualTo(json("{\"Agent\":2,\"ApiKeyConfig\":2,\"ModelConfig\":2}"));

    var health = stage.get("", "/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.body()).contains("\"healthy\"").doesNotContain("pod-");
  }

  private static RestStage.Content many(IntStream numbers) {
    return new RestStage.Content(
        numbers
            .mapToObj(at -> Sample.keyRow(new Ref("agents", "key-%05d".formatted(at)), "u" + at, 1))
            .toList(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void withoutAKeyRingEverythingIsReadAndEveryPlaceSaysSo() {
    stage.ring(Optional.empty());

    assertThat(stage.get("", "/health").status()).isEqualTo(200);
    assertThat(stage.get("", "/health").json().at("/components/keyring/status").asText())
        .isEqualTo("degraded");
    var status = stage.get("root", "/status").json();
    assertThat(status.path("keyRing").asText()).isEqualTo("Missing");
    assertThat(status.path("checks").toString())
        .contains("KeyRingMissing", "for it", "-f keyring-backup.yaml");
    assertThat(stage.get("root", "/session").json().at("/features/keyRing").asBoolean(true))
        .isFalse();
    assertThat(stage.get("root", "/config/api-keys").status()).isEqualTo(200);

    stage.ring(Optional.of(KeyRing.of(FernetKey.generate())));

    assertThat(stage.get("", "/health").json().at("/components/keyring/status").asText())
        .isEqualTo("healthy");
    assertThat(stage.get("root", "/session").json().at("/features/keyRing").asBoolean()).isTrue();
  }

  private static JsonNode json(String text) {
    return new RestStage.Heard(200, Map.of(), text, Buffer.buffer()).json();
  }
}
