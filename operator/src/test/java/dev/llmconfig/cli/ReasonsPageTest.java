package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.KeyProof;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.VerdictReason.Weight;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/reference/reasons.md` says what the code says.
class ReasonsPageTest {

  @Test
  void everyVerdictIsOnThePage() {
    Reference.expect(
        Reference.page("reasons.md"),
        "verdicts",
        Arrays.stream(VerdictReason.values())
            .map(ReasonsPageTest::row)
            .collect(
                Collectors.joining(
                    "",
                    "\n| reason | kind | the key is | what is said | what to do |\n|---|---|---|---|---|\n",
                    "\n")));
  }

  @Test
  void everyReasonOfAnEmptyListIsOnThePage() {
    Reference.expect(
        Reference.page("reasons.md"),
        "empty lists",
        Arrays.stream(EmptyListReason.values())
            .map(reason -> "| `%s` | %s |\n".formatted(reason, meaning(reason)))
            .collect(Collectors.joining("", "\n| reason | why |\n|---|---|\n", "\n")));
  }

  @Test
  void everyWordOfAConditionIsOnThePage() {
    var explained = ConditionReasons.all();
    assertThat(explained.keySet()).containsAll(words());

    Reference.expect(
        Reference.page("reasons.md"),
        "conditions",
        explained.entrySet().stream()
            .filter(entry -> words().contains(entry.getKey()))
            .map(entry -> row(entry.getKey(), entry.getValue()))
            .collect(
                Collectors.joining(
                    "",
                    "\n| reason | on | what it means | what to do |\n|---|---|---|---|\n",
                    "\n")));
  }

  private static Set<String> words() {
    return Arrays.stream(ConditionReason.values()).map(Enum::name).collect(Collectors.toSet());
  }

  private static String row(String word, ConditionReasons.Row row) {
    return "| `%s` | %s | %s | %s |\n".formatted(word, row.on(), row.means(), row.remedy());
  }

  private static String row(VerdictReason reason) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            reason,
            kind(reason.weight()),
            proof(reason.keyProof()),
            reason.sentence(),
            reason.nextStep());
  }

  private static String kind(Weight weight) {
    return switch (weight) {
      case Accepted -> "yes";
      case Refused -> "no";
      case Transient -> "later";
      case FirstContact -> "no at first contact, else later";
      case ByProbe -> "later; no after a completion";
    };
  }

  private static String proof(KeyProof proof) {
    return switch (proof) {
      case Genuine -> "genuine";
      case Bad -> "bad";
      case BadOrSpent -> "bad or spent";
      case Nothing -> "–";
    };
  }

  private static String meaning(EmptyListReason reason) {
    return switch (reason) {
      case ListEmpty -> "The provider listed none.";
      case NoListEndpoint -> "The provider has no list of what this key can call.";
      case DiscoveryDisabled -> "The object says `discovery: Disabled`.";
      case HiddenByAllowList -> "The object's own list of allowed models leaves none.";
    };
  }
}
