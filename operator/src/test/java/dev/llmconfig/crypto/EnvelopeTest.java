package dev.llmconfig.crypto;

import static dev.llmconfig.crypto.Secrets.secret;
import static dev.llmconfig.crypto.Secrets.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final String WRITTEN =
      """
      {"llmconfig":1,"for":"spec","namespace":"agents","name":"openai","endpoint":"https://api.openai.com/v1","key":"sk-1"}\
      """;

  @Test
  void isWrittenAsDocumented() {
    Envelope envelope =
        new Envelope(
            Envelope.Purpose.Spec, "agents", "openai", "https://api.openai.com/v1", secret("sk-1"));

    assertThat(text(envelope.toJson())).isEqualTo(WRITTEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-1", "a\"b\\c", "schlüssel 🔑", ""})
  void comesBackAsItWasWritten(String key) {
    Envelope envelope =
        new Envelope(Envelope.Purpose.Store, "ns", "n", "http://ollama:11434", secret(key));

    TokenContent content = TokenContent.read(envelope.toJson());

    assertThat(content).isEqualTo(new TokenContent.Bound(envelope));
  }

  @Test
  void doesNotMindOrderSpaceAndEscapes() {
    String other =
        """
        {"key": "\\u0073k-1", "endpoint": "https:\\/\\/api.openai.com/v1",
         "name": "openai", "namespace": "agents", "for": "spec", "llmconfig": 1}
        """;

    assertThat(TokenContent.read(secret(other)))
        .isEqualTo(TokenContent.read(secret(WRITTEN)))
        .isInstanceOf(TokenContent.Bound.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-1", "", " sk-1\n", "\"sk-1\"", "[1]", "null", "1"})
  void whatIsNoJsonObjectIsABareKey(String plaintext) {
    assertThat(TokenContent.read(secret(plaintext)))
        .isEqualTo(new TokenContent.Bare(secret(plaintext)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // an object, but not ours
        "{}",
        "{\"key\":\"sk-1\"}",
        "{",
        "\ufeff{\"llmconfig\":1}",
        "'{\"llmconfig\":1}'",
        // another version
        "{\"llmconfig\":2,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"}",
        "{\"llmconfig\":\"1\",\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"}",
        "{\"llmconfig\":1.0,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"}",
        "{\"llmconfig\":true,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"}",
        "{\"llmconfig\":{\"x\":1},\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"}",
        // a field missing, unknown, doubled, of a wrong type
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\"}",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"key\":\"k\"}",
        "{\"llmconfig\":1,\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"}",
        "{\"llmconfig\":1,\"for\":\"else\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"}",
        "{\"llmconfig\":1,\"for\":\"Spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"}",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\",\"until\":1}",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\",\"key\":\"l\"}",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\",\"k\\u0065y\":\"l\"}",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":null,\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"}",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":1,\"endpoint\":\"c\",\"key\":\"k\"}",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":[\"c\"],\"key\":\"k\"}",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":{\"k\":1}}",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"\\ud83d\"}",
        // something behind it
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"}{}",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"} x",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\"",
        "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"a\",\"name\":\"b\",\"endpoint\":\"c\",\"key\":\"k\",}"
      })
  void whatIsNotExactlyAnEnvelopeIsNeitherReadNorTakenForABareKey(String plaintext) {
    assertThat(TokenContent.read(secret(plaintext))).isInstanceOf(TokenContent.Unreadable.class);
  }

  @Test
  void aCutEnvelopeIsNeverAKey() {
    for (int length = 1; length < WRITTEN.length(); length++) {
      assertThat(TokenContent.read(secret(WRITTEN.substring(0, length))))
          .isInstanceOf(TokenContent.Unreadable.class);
    }
  }

  @Test
  void bytesThatAreNoTextAreNotReadAsAnotherKey() {
    byte[] latin1 = {'{', '"', (byte) 0xfc, '"', ':', '1', '}'};

    assertThat(TokenContent.read(SecretBytes.taking(latin1)))
        .isInstanceOf(TokenContent.Unreadable.class);
    SecretBytes noText = SecretBytes.taking(new byte[] {(byte) 0xfc});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Envelope(Envelope.Purpose.Spec, "a", "b", "c", noText).toJson());
  }

  @Test
  void closingWipesTheKey() {
    TokenContent content = TokenContent.read(secret(WRITTEN));
    try (content) {
      assertThat(content.toString()).doesNotContain("sk-1", "wiped");
    }
    assertThat(content.toString()).contains("wiped");
  }
}
