package dev.llmconfig.crypto;

import static dev.llmconfig.crypto.Secrets.secret;
import static dev.llmconfig.crypto.Secrets.text;
import static dev.llmconfig.crypto.Vectors.ascii;
import static dev.llmconfig.crypto.Vectors.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private static final String A = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
  private static final String B = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String C = "_-7dzLuqmYh3ZlVEMyIRAP_u3cy7qpmId2ZVRDMiEQA=";

  @Test
  void theFirstKeyEncryptsAndAllOpen() {
    KeyRing old = ring(B + "," + C);
    KeyRing both = ring(A + "," + B + "," + C);
    String oldToken = old.encrypt(secret("sk-1"), NOW);
    String newToken = both.encrypt(secret("sk-1"), NOW);

    assertThat(both.open(oldToken)).isEqualTo(opened("sk-1", B));
    assertThat(both.open(newToken)).isEqualTo(opened("sk-1", A));
    assertThat(old.open(newToken)).isEqualTo(new Opening.Refused());
    assertThat(both.first()).isEqualTo(id(A));
    assertThat(both.ids()).containsExactly(id(A), id(B), id(C));
  }

  @Test
  void opensWhatPythonMadeWithAnyOfItsKeys() {
    JsonNode vectors = Vectors.read("python.json");
    KeyRing ring = ring(vectors.get("ring").asText());

    for (JsonNode vector : vectors.get("byRing")) {
      assertThat(ring.open(vector.get("token").asText()))
          .isEqualTo(
              new Opening.Opened(
                  SecretBytes.taking(hex(vector.get("message"))),
                  ring.ids().get(vector.get("position").asInt())));
    }
  }

  @Test
  void aRotationPutsAKeyInFrontReencryptsAndDropsTheLast() {
    KeyRing before = ring(A);
    String token = before.encrypt(secret("sk-1"), NOW);

    KeyRing during = before.withFirst(FernetKey.parse(ascii(B)).orElseThrow());
    var found = (Opening.Opened) during.open(token);
    assertThat(found.by()).isNotEqualTo(during.first());
    String moved = during.encrypt(found.plaintext(), NOW);

    KeyRing after = during.withoutOldest();
    assertThat(after.open(moved)).isEqualTo(opened("sk-1", B));
    assertThat(after.open(token)).isEqualTo(new Opening.Refused());
    assertThatIllegalStateException().isThrownBy(after::withoutOldest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "gAAAAA", "gAAAAABk%%", " ", "sk-plain-key"})
  void whatIsNoTokenIsRefusedLikeAWrongOne(String token) {
    assertThat(ring(A).open(token)).isEqualTo(ring(A).open(ring(B).encrypt(secret("x"), NOW)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        A + "," + B,
        A + " , " + B + "\n",
        A + "\n" + B,
        "\n\n" + A + "\r\n\r\n" + B + "\r\n",
        "\"" + A + "," + B + "\"",
        "'" + A + "','" + B + "'",
        "\ufeff" + A + ",\n" + B,
        A + "\n,\n" + B,
      })
  void readsKeysSeparatedByCommasOrLines(String text) {
    assertThat(ring(text).ids()).containsExactly(id(A), id(B));
  }

  @Test
  void itsTextReadsBack() {
    String text = A + "," + B + "," + C;

    assertThat(text(ring(text).text())).isEqualTo(text);
    assertThat(text(ring(A).text())).isEqualTo(A);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "\r\n\n", "\"\""})
  void nothingIsNoRing(String text) {
    assertThat(problems(text)).containsExactly("it holds no key");
  }

  @Test
  void allProblemsAreReportedAtOnceByTheirPlace() {
    String standard = C.replace('_', '/').replace('-', '+');
    String hex = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    assertThat(problems(A + ",," + standard + "," + A + "," + hex + ","))
        .satisfiesExactly(
            p -> assertThat(p).startsWith("key 2 of 6 is empty"),
            p -> assertThat(p).startsWith("key 3 of 6 is in standard base64"),
            p -> assertThat(p).isEqualTo("key 4 of 6 repeats an earlier one"),
            p ->
                assertThat(p)
                    .startsWith("key 5 of 6 is not a Fernet key")
                    .endsWith("64 characters"),
            p -> assertThat(p).startsWith("key 6 of 6 is empty"));
    assertThat(problems(",")).hasSize(2);
    assertThat(problems("x")).singleElement().asString().startsWith("the key is not a Fernet key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4", // no padding
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e5=", // spare bits
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4==",
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4Q==", // 31 bytes, and 44 characters
        "cw_0x689RpI-jtRR7oE8h eQsKImvJapLeSbXpwF4e4=",
        "cw_0x689RpI-jtRR7oE8hé_eQsKImvJapLeSbXpwF4=",
      })
  void onlyTheExactTextIsAKey(String text) {
    assertThat(FernetKey.parse(text.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void aProblemRepeatsNothingOfTheText() {
    String secret = "sup3rs3cretEncryptionKeyThatIsNotAFernetKey!!";

    assertThat(String.join(" ", problems(A + "," + secret + "," + A)))
        .doesNotContain(secret.substring(0, 6), A.substring(0, 6));
  }

  @Test
  void keyIdsDifferAndTellNothing() {
    assertThat(List.of(id(A), id(B), id(C))).doesNotHaveDuplicates();
    assertThat(id(A).toString()).matches("k-[0-9a-f]{8}");
    assertThat(id(A)).isEqualTo(FernetKey.parse(ascii(A)).orElseThrow().id());
  }

  @Test
  void aGeneratedKeyIsNewAndReadsBack() {
    FernetKey key = FernetKey.generate();

    assertThat(FernetKey.parse(key.text().copy()).orElseThrow().id()).isEqualTo(key.id());
    assertThat(FernetKey.generate().id()).isNotEqualTo(key.id());
  }

  @Test
  void aClosedRingIsOfNoUse() {
    KeyRing ring = KeyRing.of(FernetKey.generate(), FernetKey.generate());
    String token = ring.encrypt(secret("sk-1"), NOW);
    ring.close();

    assertThatIllegalStateException().isThrownBy(() -> ring.encrypt(secret("sk-1"), NOW));
    assertThatIllegalStateException().isThrownBy(() -> ring.open(token));
    assertThatIllegalStateException().isThrownBy(ring::text);
  }

  private static KeyRing ring(String text) {
    return switch (KeyRing.parse(secret(text))) {
      case KeyRing.Parsed.Valid(KeyRing ring) -> ring;
      case KeyRing.Parsed.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  private static List<String> problems(String text) {
    return switch (KeyRing.parse(secret(text))) {
      case KeyRing.Parsed.Valid(KeyRing ring) -> throw new AssertionError(ring + " was accepted");
      case KeyRing.Parsed.Invalid(var problems) -> problems;
    };
  }

  private static KeyId id(String key) {
    return ring(key).first();
  }

  private static Opening opened(String plaintext, String by) {
    return new Opening.Opened(secret(plaintext), id(by));
  }
}
