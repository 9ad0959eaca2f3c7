package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.store.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who did what, who was not let, and who may know.
@SuppressWarnings("NullAway.Init") // set before each test
class AuditTest {

  private static final String CANARY = "sk-canary-0123456789abcdef";

  /// What such a key is made with.
  record Draft(String namespace, @Nullable String key, @Nullable String model) {}

  record Made(String id) {}

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory, "/", AuditTest::routes);
    stage.review.knows(
        "root",
        "root",
        Right.of("list", "apikeyconfigs"),
        Right.of("list", "modelconfigs"),
        Right.of("create", "apikeyconfigs"));
    stage.review.knows(
        "jane",
        "jane",
        Right.of("list", "apikeyconfigs").in("agents"),
        Right.of("list", "modelconfigs").in("agents"));
    stage.review.knows("half", "half", Right.of("list", "apikeyconfigs").in("agents"));
    stage.holds(
        new RestStage.Content(
            List.of(Sample.keyRow(new Ref("agents", "openai"), "k1", 3)),
            List.of(),
            List.of(),
            List.of()));
  }

  private static RouteTable routes(Parts parts) {
    var all = new ArrayList<>(RouteTable.of(parts).routes());
    all.add(
        Route.post("/things", "Makes one.", new Sent.Form(Draft.class))
            .needs(new Needs.InNamespaceSent("create", "apikeyconfigs"))
            .takes(
                Parameter.yes("dryRun", "Only says what would be."),
                Parameter.text("namespace", "Any text."))
            .gives(Made.class)
            .answers(201)
            .by(asked -> Answer.of(201, new Made("agents.one"))));
    return RouteTable.of(all);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void whatWasMadeIsToldByNamesAndNeverByValues() throws Exception {
    make("root", "agents");

    var entry = entries("root", "").getFirst();
    assertThat(entry).isEqualTo("root Api Create agents.one Done key,model,namespace");
    assertThat(stage.get("root", "/audit").body()).doesNotContain(CANARY);
    stage.close();
    try (var files = Files.walk(directory.resolve("usage"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain(CANARY);
      }
    }
    stage = new RestStage(directory, "/", AuditTest::routes);
  }

  @Test
  void aDryRunIsNoDeed() {
    stage.change("POST", "root", "/things?dryRun=true", "{\"namespace\": \"agents\"}");

    stage.change("POST", "root", "/things?dryRun=%74rue", "{\"namespace\": \"agents\"}");
    assertThat(entries("root", "")).isEmpty();
  }

  @Test
  void aDeedIsToldWhateverItsQueryLooksLike() {
    for (var query : List.of("?namespace=xdryRun=true", "?dryRun=false&namespace=%26dryRun=true")) {
      stage.change("POST", "root", "/things" + query, "{\"namespace\": \"agents\"}");
    }

    assertThat(entries("root", "action=Create")).hasSize(2);
  }

  @Test
  void aDeletionIsToldOnceAndThoseOfOthersToo() {
    var key = new Ref("agents", "openai");
    stage.review.knows(
        "root",
        "root",
        Right.of("list", "apikeyconfigs"),
        Right.of("list", "modelconfigs"),
        Right.of("delete", "apikeyconfigs"));
    stage.store.says(
        new Outcome.Deleted(),
        () -> stage.changes(new RowChange.Gone(ObjectKind.ApiKeyConfig, key)));
    stage.change("DELETE", "root", "/config/api-keys/agents.openai", "");
    assertThat(entries("root", "action=Delete"))
        .containsExactly("root Api Delete agents.openai Done");

    stage.changes(new RowChange.KeyIs(Sample.keyRow(key, "k2", 4)));
    stage.changes(new RowChange.Gone(ObjectKind.ApiKeyConfig, key));
    assertThat(entries("root", "action=Delete"))
        .containsExactlyInAnyOrder(
            "root Api Delete agents.openai Done", "- Cluster Delete agents.openai Done");
  }

  @Test
  void whoWasNotLetIsToldWithTheReason() {
    make("jane", "agents");
    make("stranger", "agents");
    make("", "agents");
    stage.get("jane", "/config/api-keys?namespace=tools");
    stage.get("", "/config/api-keys");

    assertThat(entries("root", ""))
        .containsExactlyInAnyOrder(
            "jane Api Create - Refused Forbidden",
            "- Api Create - Refused TokenRejected",
            "- Playground Create - Refused NoCredentials",
            "jane Api Read - Refused Forbidden");
  }

  @Test
  void signingInAndOutIsTold() {
    var csrf = "x-llmconfig-csrf: 1";
    var own = "Origin: http://localhost";
    stage.change("POST", "", "/session", "{\"token\": \"jane\"}", csrf, own);
    stage.change("POST", "", "/session", "{\"token\": \"nobody\"}", csrf, own);
    stage.change("DELETE", "", "/session", "", csrf, own);

    assertThat(entries("root", "action=Login"))
        .containsExactlyInAnyOrder(
            "jane Playground Login - Done", "- Playground Login - Refused TokenRejected");
    assertThat(entries("root", "action=Logout")).hasSize(1);
    assertThat(entries("jane", "action=Login"))
        .as("what belongs to no namespace is for those who see all")
        .isEmpty();
  }

  @Test
  void whoSignsOutIsToldByName() {
    stage.review.isLocal("root-of-the-laptop");
    for (var token : List.of("jane", stage.login.next())) {
      var csrf = "x-llmconfig-csrf: 1";
      var own = "Origin: http://localhost";
      var in =
          stage.change("POST", "", "/session", "{\"token\": \"%s\"}".formatted(token), csrf, own);
      var cookie = "Cookie: " + in.header("Set-Cookie").split(";", 2)[0];
      assertThat(stage.change("DELETE", "", "/session", "", csrf, own, cookie).status())
          .isEqualTo(204);
    }

    assertThat(entries("root", "action=Logout"))
        .containsExactlyInAnyOrder(
            "jane Playground Logout - Done", "root-of-the-laptop Playground Logout - Done");
  }

  @Test
  void whatOthersChangedIsAddedWithTheirFieldManagers() {
    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("agents", "openai"), "k1", 4)));

    assertThat(entries("jane", "actor=kubectl"))
        .contains("kubectl Cluster Update agents.openai Done");
  }

  @Test
  void onlyNamespacesWhereBothKindsMayBeListedAreShown() {
    make("root", "agents");
    make("root", "tools");

    assertThat(stage.get("half", "/audit").each("id")).isEmpty();
    assertThat(stage.get("jane", "/audit?namespace=tools").status()).isEqualTo(403);
    assertThat(entries("jane", "action=Create&actor=root")).hasSize(2);
  }

  @Test
  void whoNamesTheirNamespaceIsNotAskedAboutAllOthers() {
    stage.holds(
        new RestStage.Content(
            IntStream.range(0, 201)
                .mapToObj(at -> Sample.keyRow(new Ref("n-" + at, "openai"), "u" + at, 1))
                .toList(),
            List.of(),
            List.of(),
            List.of()));
    stage.review.knows(
        "jane",
        "jane",
        Right.of("list", "apikeyconfigs").in("n-7"),
        Right.of("list", "modelconfigs").in("n-7"));

    stage.changes(new RowChange.KeyIs(Sample.keyRow(new Ref("n-7", "openai"), "u7", 2)));

    assertThat(entries("jane", "namespace=n-7"))
        .containsExactly("kubectl Cluster Update n-7.openai Done");
    assertThat(stage.get("jane", "/audit").json().path("reason").asText())
        .isEqualTo("NamespaceRequired");
  }

  @Test
  void theNewestComesFirstAndATimeCuts() {
    make("root", "agents");
    stage.pass(Duration.ofMinutes(1));
    make("stranger", "agents");

    assertThat(entries("root", "action=Create&result=Done&result=Refused"))
        .startsWith("- Api Create - Refused TokenRejected");
    assertThat(entries("root", "to=2026-11-20T12:00:30Z&actor=root")).hasSize(1);
    assertThat(entries("root", "from=2026-11-20T12:00:30Z")).hasSize(1);
    assertThat(entries("root", "from=2026-11-20T13:00:30%2B01:00")).hasSize(1);
    assertThat(stage.get("root", "/audit?from=yesterday").status()).isEqualTo(400);
    assertThat(stage.get("root", "/audit").json().path("replica").asText()).isEqualTo("pod-1");
  }

  @Test
  void whoeverKnocksAllDayFillsNoDisk() {
    for (int at = 0; at < 70; at++) {
      stage.get("stranger", "/config/api-keys");
    }
    assertThat(entries("root", "result=Refused")).hasSize(60);
  }

  @Test
  void aDiskThatTakesNothingCostsNobodyTheirRequest() throws Exception {
    stage.close();
    Files.writeString(directory.resolve("usage"), "a file where a directory should be");
    stage = new RestStage(directory, "/", AuditTest::routes);
    stage.review.knows("root", "root", Right.of("create", "apikeyconfigs"));

    assertThat(make("root", "agents").status()).isEqualTo(201);
    Files.delete(directory.resolve("usage"));
  }

  private RestStage.Heard make(String token, String namespace) {
    return stage.change(
        "POST",
        token,
        "/things",
        "{\"namespace\": \"%s\", \"key\": \"%s\", \"model\": \"m\"}".formatted(namespace, CANARY));
  }

  /// What was done through this API or past it, but for the rows that were there from the start.
  private List<String> entries(String token, String query) {
    var found = new ArrayList<String>();
    var answer = stage.get(token, "/audit?" + query);
    answer
        .json()
        .path("items")
        .forEach(item -> {
          if (!(item.path("via").asText().equals("Cluster")
              && item.path("action").asText().equals("Create"))) {
            found.add(
                String.join(
                        " ",
                        item.path("actor").asText("-"),
                        item.path("via").asText(),
                        item.path("action").asText(),
                        item.path("object").asText("-"),
                        item.path("result").asText(),
                        item.path("reason")
                            .asText(
                                String.join(",", item.path("changes").findValuesAsText("field"))))
                    .strip());
          }
        });
    return List.copyOf(found);
  }
}
