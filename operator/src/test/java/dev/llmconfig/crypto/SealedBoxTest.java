package dev.llmconfig.crypto;

import static dev.llmconfig.crypto.Vectors.ascii;
import static dev.llmconfig.crypto.Vectors.hex;
import static dev.llmconfig.crypto.Vectors.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.SealingScope;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedBoxTest {

  private static final JsonNode VECTORS = Vectors.read("kubeseal.json");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final SealedBox box = box(VECTORS.get("certificate").asText());
  private final Unsealing controller = controller();

  /// The reading side of these tests is right, so that the next ones prove something.
  @ParameterizedTest
  @MethodSource
  void theTestsOpenWhatKubesealMade(JsonNode vector) throws GeneralSecurityException {
    var scope = SealingScope.valueOf(vector.get("scope").asText());

    assertThat(controller.open(vector.get("sealed").asText(), label(scope)))
        .isEqualTo(hex(vector.get("value")));
  }

  static List<JsonNode> theTestsOpenWhatKubesealMade() {
    return list(VECTORS.get("values"));
  }

  @ParameterizedTest
  @EnumSource
  void theControllerOpensWhatIsSealedHere(SealingScope scope) throws GeneralSecurityException {
    Random random = new Random(20261120);
    for (int length : new int[] {0, 1, 15, 16, 17, 51, 4096}) {
      byte[] value = new byte[length];
      random.nextBytes(value);

      String sealed = box.seal(SecretBytes.copyOf(value), scope, "agents", "openai-sealed");

      assertThat(sealed).matches("AQ[A-Za-z0-9+/]+={0,2}"); // 0x0100 bytes of RSA
      assertThat(controller.open(sealed, label(scope))).isEqualTo(value);
    }
  }

  @Test
  void anotherPlaceThanTheScopeAllowsDoesNotOpen() {
    for (SealingScope scope : SealingScope.values()) {
      String sealed = box.seal(Secrets.secret("sk-1"), scope, "agents", "openai-sealed");
      for (String other : List.of("agents/other", "other/openai-sealed", "other", "x")) {
        assertThatExceptionOfType(GeneralSecurityException.class)
            .isThrownBy(() -> controller.open(sealed, ascii(other)));
      }
    }
  }

  @Test
  void twoSealingsOfOneValueHaveNothingInCommon() {
    SecretBytes value = Secrets.secret("sk-1");

    assertThat(box.seal(value, SealingScope.Strict, "a", "b"))
        .isNotEqualTo(box.seal(value, SealingScope.Strict, "a", "b"));
  }

  @Test
  void aLongerKeyOfTheControllerWorks() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(4096);
    var pair = generator.generateKeyPair();
    var bigBox = new SealedBox((RSAPublicKey) pair.getPublic());

    String sealed = bigBox.seal(Secrets.secret("sk-1"), SealingScope.ClusterWide, "", "");

    assertThat(new Unsealing((RSAPrivateKey) pair.getPrivate()).open(sealed, new byte[0]))
        .isEqualTo(ascii("sk-1"));
  }

  @Test
  void aCertificateWithNamesIsReadLikeTheControllersOwnWithout() throws GeneralSecurityException {
    String sealed =
        box(VECTORS.get("withNames").asText())
            .seal(Secrets.secret("sk-1"), SealingScope.ClusterWide, "", "");

    assertThat(controller.open(sealed, new byte[0])).isEqualTo(ascii("sk-1"));
  }

  @Test
  void everyCutAndChangedCertificateIsReadOrRefusedButNeverAnError() {
    String pem = VECTORS.get("certificate").asText();
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
    Random random = new Random(20261120);
    for (int round = 0; round < 5000; round++) {
      byte[] changed = Arrays.copyOf(der, random.nextBoolean() ? der.length : random.nextInt(300));
      for (int changes = random.nextInt(4); changes > 0 && changed.length > 0; changes--) {
        changed[
                random.nextInt(
                    random.nextBoolean() ? Math.min(changed.length, 120) : changed.length)] =
            (byte) random.nextInt(256);
      }
      String text =
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder().encodeToString(changed)
              + "\n-----END CERTIFICATE-----\n";

      assertThat(SealingCertificate.read(ascii(text), NOW)).isNotNull();
    }
  }

  @Test
  void textBeforeAndCertificatesBehindTheFirstDoNotMatter() throws GeneralSecurityException {
    String pem =
        "# fetched today\n" + VECTORS.get("certificate").asText() + VECTORS.get("expired").asText();

    String sealed = box(pem).seal(Secrets.secret("sk-1"), SealingScope.ClusterWide, "", "");

    assertThat(controller.open(sealed, new byte[0])).isEqualTo(ascii("sk-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "-----BEGIN CERTIFICATE-----\nMIIC",
        "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----",
        "-----END CERTIFICATE----------BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nMIP/////\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nMIA=\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
      })
  void whatIsNoCertificateIsRefused(String pem) {
    assertThat(refusal(pem)).startsWith("is not an X.509 certificate in PEM");
  }

  @Test
  void aCertificateThatEndedOrIsTooWeakIsRefused() {
    assertThat(refusal(VECTORS.get("expired").asText()))
        .startsWith("ended on 2021-01-01T00:00:00Z");
    assertThat(refusal(VECTORS.get("tooSmall").asText())).startsWith("has no RSA key of 2048 bits");
    assertThat(refusal(VECTORS.get("ofEllipticCurve").asText())).startsWith("has no RSA key");
  }

  private static byte[] label(SealingScope scope) {
    return SealedBox.label(scope, VECTORS.get("namespace").asText(), VECTORS.get("name").asText());
  }

  private static SealedBox box(String pem) {
    return switch (SealingCertificate.read(ascii(pem), NOW)) {
      case SealingCertificate.Read.Usable(SealedBox box) -> box;
      case SealingCertificate.Read.Refused(String why) -> throw new AssertionError(why);
    };
  }

  private static String refusal(String pem) {
    return switch (SealingCertificate.read(ascii(pem), NOW)) {
      case SealingCertificate.Read.Usable _ -> throw new AssertionError("was accepted");
      case SealingCertificate.Read.Refused(String why) -> why;
    };
  }

  private static Unsealing controller() {
    try {
      return Unsealing.withPkcs8(Base64.getDecoder().decode(VECTORS.get("privateKey").asText()));
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }
}
