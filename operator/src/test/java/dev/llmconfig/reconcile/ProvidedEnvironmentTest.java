package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.KeyRef;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.plan.delivery.Need;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvidedEnvironmentTest {

  @Test
  void holdsTheKeyAndTheTextsAsTheyAre() {
    var secret = wanted("d-1", "$(HOME)/x");

    assertThat(secret.getData())
        .containsEntry("API_KEY", base64("sk-canary"))
        .containsEntry("MODEL", base64("$(HOME)/x"))
        .hasSize(2);
    assertThat(secret.getImmutable()).isNull();
  }

  @Test
  void anotherRevisionOfTheSameContentIsTheSame() {
    var there = there(wanted("d-1", "gpt"));
    there.getMetadata().getAnnotations().put("llmconfig.dev/revision", "m-before");

    assertThat(ProvidedEnvironment.same(there, wanted("d-1", "gpt"))).isTrue();
  }

  @Test
  void whatSomebodyAddedTookOrLeftBehindIsNot() {
    var more = there(wanted("d-1", "gpt"));
    more.getData().put("MORE", base64("x"));
    var less = there(wanted("d-1", "gpt"));
    less.getData().remove("MODEL");
    var orphan = there(wanted("d-1", "gpt"));
    orphan.getMetadata().setOwnerReferences(List.of());

    assertThat(ProvidedEnvironment.same(more, wanted("d-1", "gpt"))).isFalse();
    assertThat(ProvidedEnvironment.same(less, wanted("d-1", "gpt"))).isFalse();
    assertThat(ProvidedEnvironment.same(orphan, wanted("d-1", "gpt"))).isFalse();
  }

  @Test
  void theChangeTakesAwayWhatIsNotDeliveredAndHoldsTheVersion() throws IOException {
    var there = there(wanted("d-1", "gpt"));
    there.getData().put("GONE", base64("x"));

    var change = new ObjectMapper().readTree(ProvidedEnvironment.change(there, wanted("d-2", "o")));

    assertThat(change.at("/data/GONE").isNull()).isTrue();
    assertThat(change.at("/data/MODEL").asText()).isEqualTo(base64("o"));
    assertThat(change.at("/metadata/resourceVersion").asText()).isEqualTo("7");
    assertThat(change.at("/metadata/uid").asText()).isEqualTo("uid-secret");
    assertThat(change.at("/metadata/annotations").findValuesAsText("llmconfig.dev/rendered"))
        .containsExactly("d-2");
  }

  @Test
  void whatWasMadeImmutableCannotBeChanged() {
    var there = there(wanted("d-1", "gpt"));
    assertThat(ProvidedEnvironment.fixed(there, wanted("d-2", "gpt"))).isFalse();

    there.setImmutable(true);

    assertThat(ProvidedEnvironment.fixed(there, wanted("d-2", "gpt"))).isTrue();
  }

  private static Secret there(Secret wanted) {
    return new SecretBuilder(wanted)
        .editMetadata()
        .withUid("uid-secret")
        .withResourceVersion("7")
        .endMetadata()
        .build();
  }

  private static Secret wanted(String rendered, String model) {
    var owner = new ModelConfig();
    owner.getMetadata().setNamespace("team");
    owner.getMetadata().setName("support");
    owner.getMetadata().setUid("uid-support");
    var need =
        new Need.Environment(
            "support-llm-env",
            "m-1",
            rendered,
            List.of(
                new Entry("API_KEY", new Entry.Key(new KeyRef("openai-llmkey-r-aaaaaaaaaa"))),
                new Entry("MODEL", new Entry.Literal(model))),
            "openai",
            Optional.of("r-aaaaaaaaaa"));
    try (var key = SecretBytes.taking("sk-canary".getBytes(StandardCharsets.US_ASCII))) {
      return ProvidedEnvironment.of(need, owner, "0123456789ab", key);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
