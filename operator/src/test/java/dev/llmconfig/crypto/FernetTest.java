package dev.llmconfig.crypto;

import static dev.llmconfig.crypto.Vectors.ascii;
import static dev.llmconfig.crypto.Vectors.hex;
import static dev.llmconfig.crypto.Vectors.key;
import static dev.llmconfig.crypto.Vectors.list;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FernetTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @MethodSource
  void generatesTheTokensOfTheSpecification(JsonNode vector) {
    byte[] iv = new byte[16];
    for (int at = 0; at < iv.length; at++) {
      iv[at] = (byte) vector.get("iv").get(at).asInt();
    }

    String token =
        Fernet.encrypt(
            key(vector.get("secret")), ascii(vector.get("src").asText()), now(vector), iv);

    assertThat(token).isEqualTo(vector.get("token").asText());
  }

  static List<JsonNode> generatesTheTokensOfTheSpecification() {
    return list(Vectors.read("fernet-generate.json"));
  }

  @ParameterizedTest
  @MethodSource
  void verifiesTheTokensOfTheSpecification(JsonNode vector) {
    assertThat(openWithin(vector).map(SecretBytes::copy))
        .hasValue(ascii(vector.get("src").asText()));
  }

  static List<JsonNode> verifiesTheTokensOfTheSpecification() {
    return list(Vectors.read("fernet-verify.json"));
  }

  @ParameterizedTest
  @MethodSource
  void refusesTheInvalidTokensOfTheSpecification(JsonNode vector) {
    assertThat(openWithin(vector)).as(vector.get("desc").asText()).isEmpty();
  }

  static List<JsonNode> refusesTheInvalidTokensOfTheSpecification() {
    return list(Vectors.read("fernet-invalid.json"));
  }

  @ParameterizedTest
  @MethodSource
  void readsAndRepeatsWhatPythonMade(JsonNode vector) {
    FernetKey key = key(vector.get("key"));
    byte[] message = hex(vector.get("message"));
    String token = vector.get("token").asText();
    byte[] iv = Arrays.copyOfRange(Fernet.decode(token).orElseThrow(), 9, 25);

    assertThat(Fernet.decrypt(key, token).map(SecretBytes::copy)).hasValue(message);
    assertThat(Fernet.encrypt(key, message, Instant.ofEpochSecond(vector.get("time").asLong()), iv))
        .isEqualTo(token);
  }

  static List<JsonNode> readsAndRepeatsWhatPythonMade() {
    return list(Vectors.read("python.json").get("fernet"));
  }

  @RepeatedTest(200)
  void opensWhatItMade(RepetitionInfo repetition) {
    long seed = 20261120L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    byte[] message = new byte[random.nextInt(5000)];
    random.nextBytes(message);
    FernetKey key = FernetKey.generate();

    String token = Fernet.encrypt(key, message, NOW);

    assertThat(Fernet.decrypt(key, token).map(SecretBytes::copy))
        .as("seed %d", seed)
        .hasValue(message);
    assertThat(Fernet.decrypt(FernetKey.generate(), token)).as("seed %d", seed).isEmpty();
  }

  @Test
  void neverMakesTheSameTokenTwice() {
    FernetKey key = FernetKey.generate();

    assertThat(Fernet.encrypt(key, ascii("sk-1"), NOW))
        .isNotEqualTo(Fernet.encrypt(key, ascii("sk-1"), NOW));
  }

  @RepeatedTest(3)
  void refusesEveryChangedBitOfAToken(RepetitionInfo repetition) {
    FernetKey key = FernetKey.generate();
    byte[] message = new byte[repetition.getCurrentRepetition() * 15];
    byte[] token = Base64Url.decode(Fernet.encrypt(key, message, NOW)).orElseThrow();

    for (int bit = 0; bit < token.length * 8; bit++) {
      byte[] changed = token.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      String text = new String(Base64Url.encode(changed), US_ASCII);
      assertThat(Fernet.decrypt(key, text)).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void refusesEveryChangedCharacterOfAToken() {
    FernetKey key = FernetKey.generate();
    String token = Fernet.encrypt(key, ascii("sk-1"), NOW);
    String others = "ABCabc019-_=+/ \n%,\u0000\u00e9\u4e00";

    for (int at = 0; at < token.length(); at++) {
      for (int next = 0; next < others.length(); next++) {
        char other = others.charAt(next);
        if (token.charAt(at) != other) {
          String changed = token.substring(0, at) + other + token.substring(at + 1);
          assertThat(Fernet.decrypt(key, changed)).as("%s at %d", other, at).isEmpty();
        }
      }
    }
  }

  @Test
  void refusesEverySpareBitAndPaddingThatOtherDecodersLetPass() {
    FernetKey key = FernetKey.generate();
    String token = Fernet.encrypt(key, ascii("sk-1"), NOW);
    assertThat(token).endsWith("==");
    String bare = token.substring(0, token.length() - 2);
    char last = bare.charAt(bare.length() - 1);

    assertThat(Fernet.decrypt(key, bare)).isEmpty();
    assertThat(Fernet.decrypt(key, bare + "=")).isEmpty();
    assertThat(Fernet.decrypt(key, token + "=")).isEmpty();
    assertThat(Fernet.decrypt(key, token + "\n")).isEmpty();
    for (char next = (char) (last + 1); next <= last + 15; next++) {
      assertThat(Fernet.decrypt(key, bare.substring(0, bare.length() - 1) + next + "==")).isEmpty();
    }
  }

  @Test
  void refusesEveryTruncatedAndLengthenedToken() {
    FernetKey key = FernetKey.generate();
    byte[] token = Base64Url.decode(Fernet.encrypt(key, new byte[40], NOW)).orElseThrow();

    for (int length = 0; length <= token.length + 48; length++) {
      if (length != token.length) {
        String text = new String(Base64Url.encode(Arrays.copyOf(token, length)), US_ASCII);
        assertThat(Fernet.decrypt(key, text)).as("%d bytes", length).isEmpty();
      }
    }
  }

  @Test
  void refusesAProperlySignedTokenWithoutOrWithHalfABlock() {
    FernetKey key = FernetKey.generate();

    for (int ciphertext : new int[] {0, 1, 15, 17}) {
      byte[] signed =
          ByteBuffer.allocate(25 + ciphertext).put((byte) 0x80).putLong(1_700_000_000).array();
      byte[] mac = Hmac.sha256(key.signing(), signed);
      byte[] token = ByteBuffer.allocate(signed.length + 32).put(signed).put(mac).array();
      String text = new String(Base64Url.encode(token), US_ASCII);
      assertThat(Fernet.decrypt(key, text)).as("%d bytes", ciphertext).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "  0, true",
    " 59, true",
    " 60, true",
    " 61, false",
    "3600, false", // age
    "-60, true",
    "-61, false", // a clock that is ahead
  })
  void anAgeLimitHoldsAtBothEnds(long ageSeconds, boolean opens) {
    FernetKey key = FernetKey.generate();
    String token = Fernet.encrypt(key, ascii("sk-1"), NOW.minusSeconds(ageSeconds));
    var limit = new Fernet.MaxAge(Duration.ofSeconds(60), NOW);

    assertThat(Fernet.decrypt(key, token, limit).isPresent()).isEqualTo(opens);
    assertThat(Fernet.decrypt(key, token)).as("without a limit").isPresent();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void aTimestampBeyondAllYearsIsFromTheFuture(long timestamp) {
    FernetKey key = FernetKey.generate();
    byte[] token = Base64Url.decode(Fernet.encrypt(key, ascii("sk-1"), NOW)).orElseThrow();
    ByteBuffer.wrap(token).putLong(1, timestamp);
    byte[] mac = Hmac.sha256(key.signing(), Arrays.copyOf(token, token.length - 32));
    ByteBuffer.wrap(token).put(token.length - 32, mac);
    String text = new String(Base64Url.encode(token), US_ASCII);

    assertThat(Fernet.decrypt(key, text)).isPresent();
    assertThat(Fernet.decrypt(key, text, new Fernet.MaxAge(Duration.ofDays(1), NOW))).isEmpty();
  }

  @Test
  void bytesOfTheDocumentedLayout() {
    FernetKey key = FernetKey.generate();
    byte[] iv = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    byte[] token =
        Base64Url.decode(Fernet.encrypt(key, new byte[16], Instant.ofEpochSecond(1), iv))
            .orElseThrow();

    assertThat(token).hasSize(1 + 8 + 16 + 32 + 32).startsWith(0x80, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(Arrays.copyOfRange(token, 9, 25)).isEqualTo(iv);
  }

  private static Optional<SecretBytes> openWithin(JsonNode vector) {
    Duration ttl = Duration.ofSeconds(vector.get("ttl_sec").asLong());
    return Fernet.decrypt(
        key(vector.get("secret")),
        vector.get("token").asText(),
        new Fernet.MaxAge(ttl, now(vector)));
  }

  private static Instant now(JsonNode vector) {
    return OffsetDateTime.parse(vector.get("now").asText()).toInstant();
  }
}
