package dev.llmconfig.domain;

import static dev.llmconfig.crypto.Secrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.Envelope.Purpose;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.TokenContent;
import dev.llmconfig.domain.Binding.Judgement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindingTest {

  private static final Binding HERE =
      new Binding("agents", "openai", new Endpoint("https", "api.openai.com", 443, "/v1"));

  private final SecretBytes key = secret("sk-1");

  @ParameterizedTest
  @EnumSource
  void aKeyBoundHereFits(Purpose purpose) {
    TokenContent content = TokenContent.read(HERE.envelope(purpose, key).toJson());

    assertThat(HERE.judge(purpose, content)).isEqualTo(new Judgement.Fits(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://API.OpenAI.com:443/v1/", "HTTPS://api.openai.com/v1"})
  void theSpellingOfTheEndpointDoesNotMatter(String endpoint) {
    var envelope = new Envelope(Purpose.Spec, "agents", "openai", endpoint, key);

    assertThat(HERE.judge(Purpose.Spec, new TokenContent.Bound(envelope)))
        .isEqualTo(new Judgement.Fits(key));
  }

  @ParameterizedTest
  @CsvSource({
    "team-b, openai,  https://api.openai.com/v1,  namespace",
    "agents, other,   https://api.openai.com/v1,  name",
    "agents, openai,  https://evil.example.com/v1, endpoint",
    "agents, openai,  http://api.openai.com/v1,   endpoint",
    "agents, openai,  https://api.openai.com,     endpoint",
    "agents, openai,  https://api.openai.com/v1/x, endpoint",
    "agents, openai,  '',                         endpoint",
    "Agents, Openai,  nonsense,                   namespace name endpoint",
  })
  void aKeyBoundElsewhereIsRefusedAndWiped(
      String namespace, String name, String endpoint, String differs) {
    var envelope = new Envelope(Purpose.Spec, namespace, name, endpoint, key);

    assertThat(HERE.judge(Purpose.Spec, new TokenContent.Bound(envelope)))
        .isEqualTo(new Judgement.BoundElsewhere(List.of(differs.split(" "))));
    assertThat(key.toString()).contains("wiped");
  }

  @Test
  void aTokenOfAStoreIsRefusedInASpecAndTheReverse() {
    for (Purpose purpose : Purpose.values()) {
      Purpose other = purpose == Purpose.Spec ? Purpose.Store : Purpose.Spec;
      var content = new TokenContent.Bound(HERE.envelope(other, secret("sk-1")));

      assertThat(HERE.judge(purpose, content)).isEqualTo(new Judgement.MadeFor(other));
      assertThat(content.envelope().key().toString()).contains("wiped");
    }
  }

  @Test
  void aBareKeyIsForTheCallerToAllowInASpecAndNeverReadFromAStore() {
    assertThat(HERE.judge(Purpose.Spec, new TokenContent.Bare(key)))
        .isEqualTo(new Judgement.Unbound(key));
    assertThat(HERE.judge(Purpose.Store, new TokenContent.Bare(key)))
        .isInstanceOf(Judgement.Unreadable.class);
    assertThat(key.toString()).contains("wiped");
  }

  @Test
  void whatCannotBeReadIsPassedOnWithItsReason() {
    assertThat(HERE.judge(Purpose.Spec, new TokenContent.Unreadable("is odd")))
        .isEqualTo(new Judgement.Unreadable("is odd"));
  }
}
