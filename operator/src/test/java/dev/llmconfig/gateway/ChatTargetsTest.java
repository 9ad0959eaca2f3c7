package dev.llmconfig.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.RingSource;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ChatRows;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a chat is sent with follows from what is applied, and from nothing else.
class ChatTargetsTest {

  private static final Ref KEY = new Ref("agents", "openai");
  private static final Ref CONFIG = new Ref("agents", "support");
  private static final String PLACE = "https://api.openai.com/v1";
  private static final Catalogue CATALOGUE = Catalogue.packed();

  private final KeyRing ring = KeyRing.of(FernetKey.generate());
  private final ChatTargets targets = targets(ring);

  @Test
  void theAppliedRevisionIsUsedWhateverIsDeclaredByNow() {
    var config =
        ChatRows.config(CONFIG, "candidate-model")
            .applied("gpt-4o", "openai", "r-1", PLACE, "{\"temperature\":0.3}");

    try (var ready = ready(targets.config(config.row(), key(rows()), json("{}")))) {
      assertThat(ready.target().model().id()).isEqualTo("gpt-4o");
      assertThat(ready.target().place().endpoint().text()).isEqualTo(PLACE);
      assertThat(ready.target().place().provider()).isEqualTo(Provider.OpenAI);
      assertThat(ready.target().parameters().wire()).hasToString("{\"temperature\":0.3}");
      assertThat(ready.target().parameters().outcomes()).isEmpty();
      assertThat(lent(ready)).isEqualTo("the-key-of-r-1");
    }
  }

  @Test
  void theKeyIsWipedWhenTheCallIsOver() {
    var ready = ready(targets.config(applied("r-1"), key(rows()), json("{}")));
    var lent = ready.target().key().lend().orElseThrow();

    ready.close();

    assertThat(lent.toString()).contains("wiped");
  }

  @Test
  void aConfigThatHasNotRolledYetUsesTheKeyBefore() {
    try (var ready = ready(targets.config(applied("r-0"), key(rows()), json("{}")))) {
      assertThat(lent(ready)).isEqualTo("the-key-of-r-0");
    }
  }

  @Test
  void aRevisionThatIsGoneGivesWayToTheOneInUseAtTheSamePlaceOnly() {
    try (var ready = ready(targets.config(applied("r-lost"), key(rows()), json("{}")))) {
      assertThat(lent(ready)).isEqualTo("the-key-of-r-1");
    }
    var elsewhere =
        ChatRows.config(CONFIG, "gpt-4o")
            .applied("gpt-4o", "openai", "r-lost", "https://elsewhere.example.com/v1", "{}")
            .row();

    assertThat(targets.config(elsewhere, key(rows()), json("{}")))
        .isInstanceOfSatisfying(
            Resolution.NotNow.class, no -> assertThat(no.reason()).isEqualTo("KeyNotReady"));
  }

  @Test
  void aTokenOfAnotherObjectOrForAnotherPlaceIsNotBelieved() {
    for (var foreign :
        new ChatRows.Key[] {
          rows()
              .current("r-1", PLACE, ChatRows.token(ring, new Ref("agents", "other"), PLACE, "x")),
          rows()
              .current("r-1", PLACE, ChatRows.token(ring, new Ref("tools", "openai"), PLACE, "x")),
          rows()
              .current("r-1", PLACE, ChatRows.token(ring, KEY, "https://evil.example.com/v1", "x"))
        }) {
      assertThat(targets.config(applied("r-1"), key(foreign), json("{}")))
          .isInstanceOfSatisfying(
              Resolution.NotNow.class,
              no -> assertThat(no.reason()).isEqualTo("TokenBoundElsewhere"));
    }
  }

  @Test
  void withoutARingNobodyChatsAndWithAnotherOneTheKeyStaysClosed() {
    assertThat(
            new ChatTargets(RingSource.NONE, CATALOGUE)
                .config(applied("r-1"), key(rows()), json("{}")))
        .isInstanceOf(Resolution.NoRing.class);
    assertThat(
            new ChatTargets(RingSource.NONE, CATALOGUE)
                .offered(
                    new ChatTargets.Key(ChatRows.echo(new Ref("agents", "echo")), Optional.empty()),
                    "echo",
                    json("{}")))
        .isInstanceOf(Resolution.NoRing.class);
    assertThat(
            targets(KeyRing.of(FernetKey.generate()))
                .config(applied("r-1"), key(rows()), json("{}")))
        .isInstanceOfSatisfying(
            Resolution.Unopened.class,
            no -> assertThat(no.sentence()).contains("ApiKeyConfig openai"));
  }

  @Test
  void whatIsSuspendedOrNotAppliedSaysWhy() {
    var pending =
        ChatRows.config(CONFIG, "gpt-4o").ready("False", "ModelNotFound", "No such model.");
    assertThat(targets.config(pending.row(), key(rows()), json("{}")))
        .isInstanceOfSatisfying(
            Resolution.NotNow.class,
            no -> {
              assertThat(no.reason()).isEqualTo("ModelNotFound");
              assertThat(no.sentence()).isEqualTo("No such model.");
            });
    assertThat(reason(targets.config(ChatRows.config(CONFIG, "m").row(), key(rows()), json("{}"))))
        .isEqualTo("Pending");
    var suspended =
        ChatRows.config(CONFIG, "gpt-4o")
            .applied("gpt-4o", "openai", "r-1", PLACE, "{}")
            .suspended();
    assertThat(reason(targets.config(suspended.row(), key(rows()), json("{}"))))
        .isEqualTo("Suspended");
    assertThat(reason(targets.config(applied("r-1"), key(rows().suspended()), json("{}"))))
        .isEqualTo("Suspended");
    assertThat(
            reason(
                targets.config(
                    applied("r-1"),
                    key(rows().ready("False", "Expired", "It has expired.")),
                    json("{}"))))
        .isEqualTo("Expired");
    assertThat(reason(targets.config(applied("r-1"), Optional.empty(), json("{}"))))
        .isEqualTo("KeyNotFound");
  }

  @Test
  void parametersOfTheCallGoFirstAndPassTheSameRules() {
    var config =
        ChatRows.config(CONFIG, "gpt-4o")
            .applied(
                "gpt-4o",
                "openai",
                "r-1",
                PLACE,
                "{\"temperature\":0.3,\"extra\":{\"user\":\"a\",\"seed\":1}}")
            .row();
    var asked =
        "{\"temperature\":0.9,\"maxOutputTokens\":9999999,\"extra\":{\"user\":\"b\"},"
            + "\"reasoningEffort\":\"High\"}";

    try (var ready = ready(targets.config(config, key(rows()), json(asked)))) {
      var wire = ready.target().parameters().wire();
      assertThat(wire.path("temperature").decimalValue()).isEqualByComparingTo("0.9");
      assertThat(wire.path("user").asText()).isEqualTo("b");
      assertThat(wire.path("seed").asInt()).isEqualTo(1);
      assertThat(ready.target().parameters().outcomes())
          .extracting(one -> one.name())
          .containsExactlyInAnyOrder(Parameter.MaxOutputTokens, Parameter.ReasoningEffort);
      assertThat(ready.target().parameters().values().maxOutputTokens().orElseThrow())
          .isLessThan(9_999_999);
    }
  }

  @Test
  void everythingThatIsWrongWithThemIsToldAtOnce() {
    var no =
        (Resolution.Impossible)
            targets.config(
                applied("r-1"),
                key(rows()),
                json("{\"temperature\":\"hot\",\"topP\":null,\"sk-secret\":1}"));
    assertThat(no.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder("parameters.temperature", "parameters.topP", "parameters");
    assertThat(no.problems().toString()).doesNotContain("hot", "sk-secret");
    assertThat(targets.config(applied("r-1"), key(rows()), json("{\"temperature\":7}")))
        .isInstanceOf(Resolution.Impossible.class);
    assertThat(
            targets.config(applied("r-1"), key(rows()), json("{\"extra\":{\"model\":\"gpt-5\"}}")))
        .as("the model cannot be named in another way")
        .isInstanceOf(Resolution.Impossible.class);
  }

  @Test
  void anOfferedModelUsesTheKeyInUseAndMustBeAllowed() {
    var allowing = rows().allowing("gpt-*");
    try (var ready = ready(targets.offered(key(allowing).orElseThrow(), "gpt-4o", json("{}")))) {
      assertThat(ready.target().model().id()).isEqualTo("gpt-4o");
      assertThat(lent(ready)).isEqualTo("the-key-of-r-1");
    }
    assertThat(targets.offered(key(allowing).orElseThrow(), "o1", json("{}")))
        .isInstanceOf(Resolution.NotOffered.class);
    assertThat(
            reason(
                targets.offered(
                    key(rows().without().ready("False", "InvalidKey", "Refused.")).orElseThrow(),
                    "gpt-4o",
                    json("{}"))))
        .isEqualTo("InvalidKey");
    assertThat(reason(targets.offered(key(rows().suspended()).orElseThrow(), "gpt-4o", json("{}"))))
        .isEqualTo("Suspended");
  }

  private ChatRows.Key rows() {
    return ChatRows.key(KEY)
        .current("r-1", PLACE, ChatRows.token(ring, KEY, PLACE, "the-key-of-r-1"))
        .previous("r-0", PLACE, ChatRows.token(ring, KEY, PLACE, "the-key-of-r-0"));
  }

  private static Optional<ChatTargets.Key> key(ChatRows.Key rows) {
    return Optional.of(new ChatTargets.Key(rows.row(), Optional.empty()));
  }

  private static dev.llmconfig.mirror.ModelConfigRow applied(String revision) {
    return ChatRows.config(CONFIG, "gpt-4o")
        .applied("gpt-4o", "openai", revision, PLACE, "{}")
        .row();
  }

  private static ChatTargets targets(KeyRing ring) {
    return new ChatTargets(() -> Optional.of(ring), CATALOGUE);
  }

  private static Resolution.Ready ready(Resolution resolution) {
    assertThat(resolution).isInstanceOf(Resolution.Ready.class);
    return (Resolution.Ready) resolution;
  }

  private static String reason(Resolution resolution) {
    assertThat(resolution).isInstanceOf(Resolution.NotNow.class);
    return ((Resolution.NotNow) resolution).reason();
  }

  private static String lent(Resolution.Ready ready) {
    SecretBytes key = ready.target().key().lend().orElseThrow();
    return key.use(bytes -> new String(bytes, StandardCharsets.US_ASCII));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonMapper.builder().build().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException wrong) {
      throw new AssertionError(wrong);
    }
  }
}
