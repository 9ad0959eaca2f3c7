package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Looked;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.SecretReads;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people see of Secrets when they name one as the place of a key.
@SuppressWarnings("NullAway.Init") // set before each test
class SecretNamesTest {

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.review.knows("jane", "jane");
    stage.secrets.has(
        new Looked.Found<>(List.of(listed("b"), listed("a"), listed("c"))),
        new Looked.Found<>(List.of("api-key", "org")));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void namesAreListedPageByPage() {
    var first = stage.get("jane", "/secrets?namespace=agents&limit=2");
    assertThat(first.each("id")).containsExactly("agents.a", "agents.b");
    assertThat(first.json().path("total").asInt()).isEqualTo(3);
    var next =
        stage.get(
            "jane",
            "/secrets?namespace=agents&limit=2&cursor=" + first.json().path("next").asText());
    assertThat(next.each("id")).containsExactly("agents.c");
    assertThat(stage.get("jane", "/secrets?namespace=agents&q=B").each("name"))
        .containsExactly("b");
    assertThat(stage.secrets.asked).containsOnly("agents");
  }

  @Test
  void dataKeysAreNamed() {
    var heard = stage.get("jane", "/secrets/agents.theirs.with.dots");
    assertThat(heard.json().path("dataKeys").toString()).isEqualTo("[\"api-key\",\"org\"]");
    assertThat(stage.secrets.asked).containsExactly("agents/theirs.with.dots");
  }

  @Test
  void whoeverMayNotIsToldWhatIsMissing() {
    stage.secrets.has(
        new Looked.Not<>(new Outcome.Denied(new Right("list", "", "secrets", "agents", ""))),
        new Looked.Not<>(new Outcome.Denied(new Right("get", "", "secrets", "agents", "theirs"))));

    var list = stage.get("jane", "/secrets?namespace=agents");
    assertThat(list.status()).isEqualTo(403);
    assertThat(list.json().path("reason").asText()).isEqualTo("Forbidden");
    assertThat(list.json().path("verb").asText()).isEqualTo("list");
    assertThat(list.json().path("resource").asText()).isEqualTo("secrets");
    assertThat(list.json().path("namespace").asText()).isEqualTo("agents");
    var one = stage.get("jane", "/secrets/agents.theirs");
    assertThat(one.status()).isEqualTo(403);
    assertThat(one.json().path("reason").asText()).isEqualTo("SecretNotReadable");
    assertThat(one.json().path("verb").asText()).isEqualTo("get");
  }

  @Test
  void nothingIsAskedForWhatCanBeNoName() {
    for (var path :
        List.of(
            "/secrets",
            "/secrets?namespace=..",
            "/secrets?namespace=a/b",
            "/secrets?namespace=",
            "/secrets?namespace=Agents")) {
      var heard = stage.get("jane", path);
      assertThat(heard.status()).as(path).isEqualTo(400);
      assertThat(heard.json().path("reason").asText()).isEqualTo("NamespaceRequired");
    }
    assertThat(stage.get("jane", "/secrets/no-dot").status()).isEqualTo(404);
    assertThat(stage.get("jane", "/secrets/A.b").status()).isEqualTo(404);
    assertThat(stage.get("", "/secrets?namespace=agents").status()).isEqualTo(401);
    assertThat(stage.secrets.asked).isEmpty();
  }

  @Test
  void aClusterThatIsAwayIsSaid() {
    stage.secrets.has(
        new Looked.Not<>(new Outcome.Unavailable("no answer")),
        new Looked.Not<>(new Outcome.Missing()));
    assertThat(stage.get("jane", "/secrets?namespace=agents").status()).isEqualTo(503);
    assertThat(stage.get("jane", "/secrets/agents.gone").status()).isEqualTo(404);
  }

  private static SecretReads.Listed listed(String name) {
    return new SecretReads.Listed(new Ref("agents", name), "2026-11-20T12:00:00Z", false);
  }
}
