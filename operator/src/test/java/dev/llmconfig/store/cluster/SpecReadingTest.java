package dev.llmconfig.store.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.cluster.SpecReading.Read;
import dev.llmconfig.testing.Seeds;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Whatever somebody sends is read, or refused with its place; nothing ends in an error.
class SpecReadingTest {

  private static final Ref REF = new Ref("agents", "one");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> NAMES =
      List.of(
          "provider",
          "displayName",
          "secretRef",
          "encryptedKey",
          "sealedKey",
          "endpoint",
          "headers",
          "caRef",
          "azure",
          "models",
          "verification",
          "rotation",
          "expiresAt",
          "suspend",
          "name",
          "key",
          "kind",
          "value",
          "scope",
          "discovery",
          "allow",
          "additional",
          "id",
          "mode",
          "probe",
          "intervalSeconds",
          "gracePeriodSeconds",
          "apiKeyRef",
          "model",
          "isDefault",
          "parameters",
          "temperature",
          "topP",
          "maxOutputTokens",
          "stopSequences",
          "reasoningEffort",
          "extra",
          "unsupportedParameters",
          "fallbackRefs",
          "delivery",
          "selector",
          "matchLabels",
          "matchExpressions",
          "operator",
          "values",
          "containers",
          "rollout",
          "policy",
          "maxParallel",
          "profile",
          "fileMountPath",
          "rollback",
          "Provider",
          "unknown");
  private static final List<String> TEXTS =
      List.of(
          "",
          "OpenAI",
          "Echo",
          "Env",
          "a",
          "A b",
          "\u0000",
          "https://a.example",
          "http://[::1",
          "2027-03-31T00:00:00Z",
          "***",
          "..",
          "/etc",
          "gAAAAA",
          "Low",
          "\uD83D\uDE80",
          "x/y=z");

  @RepeatedTest(20)
  void nothingThatIsSentEndsInAnError() {
    var random = new Random(Seeds.next(SpecReadingTest.class));
    for (var round = 0; round < 200; round++) {
      var spec = object(random, 0);
      refused(SpecReading.apiKey(REF, spec));
      refused(SpecReading.model(REF, spec));
      var merged = Trees.merged(object(random, 0), spec);
      assertThat(Trees.merged(merged, Trees.effective(merged, spec)))
          .as("the part of a patch that changes something does the same as all of it")
          .isEqualTo(Trees.merged(merged, spec));
      assertThat(Trees.effective(Trees.merged(merged, spec), spec).toString())
          .as("done twice, there is nothing to do")
          .doesNotContainPattern("[0-9a-zA-Z\"]:(?!\\{)");
    }
  }

  @Test
  void whatIsWrongIsToldByItsPlaceAndNotRepeated() {
    var spec = JSON.objectNode().put("provider", "sk-secret");
    spec.putArray("headers").addNull();
    assertThat(flaws(spec)).extracting(Flaw::field).containsExactly("spec");

    spec.remove("headers");
    spec.putObject("sk-proj-0123456789").put("a", 1);
    assertThat(flaws(spec)).extracting(Flaw::field).containsExactly("spec.provider", "spec.[]");
    assertThat(flaws(spec).toString()).doesNotContain("sk-");

    var other = JSON.objectNode().put("provider", "Echo");
    other.putObject("models").putArray("allow").addObject();
    assertThat(flaws(other)).extracting(Flaw::field).containsExactly("spec.models.allow.0");
    assertThat(flaws(JSON.objectNode().put("provider", "Echo").put("suspend", "yes")))
        .extracting(Flaw::field)
        .containsExactly("spec.suspend");
  }

  private static List<Flaw> flaws(ObjectNode spec) {
    return SpecReading.apiKey(REF, spec) instanceof Read.Flawed<?>(var flaws) ? flaws : List.of();
  }

  private static void refused(Read<?> read) {
    if (read instanceof Read.Flawed<?>(var flaws)) {
      assertThat(flaws).isNotEmpty();
    }
  }

  private static ObjectNode object(Random random, int depth) {
    var object = JSON.objectNode();
    for (var left = random.nextInt(6); left > 0; left--) {
      object.set(NAMES.get(random.nextInt(NAMES.size())), value(random, depth + 1));
    }
    return object;
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 6 : 9)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextInt(-3, 4000));
      case 3 -> JSON.numberNode(new BigDecimal("1e" + random.nextInt(-400, 400)));
      case 4, 5 -> JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
      case 6 -> {
        var list = JSON.arrayNode();
        for (var left = random.nextInt(4); left > 0; left--) {
          list.add(value(random, depth + 1));
        }
        yield list;
      }
      default -> object(random, depth);
    };
  }
}
