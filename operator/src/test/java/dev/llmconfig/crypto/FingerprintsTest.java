package dev.llmconfig.crypto;

import static dev.llmconfig.crypto.Secrets.secret;
import static dev.llmconfig.crypto.Vectors.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class FingerprintsTest {

  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  private final Fingerprints fingerprints = Fingerprints.parse(ascii(KEY)).orElseThrow();

  @Test
  void areTheFirstDigitsOfAnHmacThatOpensslComputesAlike() {
    // printf %s sk-1 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
    assertThat(fingerprints.fingerprint(secret("sk-1"))).isEqualTo("hmac:ca6f061bea34bec7");
    assertThat(fingerprints.revision(secret("sk-1"))).isEqualTo("r-ca6f061bea");
    assertThat(fingerprints.installationId()).isEqualTo("b4a45ddb39b0");
  }

  @Test
  void differForOneKeyInTwoInstallations() {
    Fingerprints other = Fingerprints.generate();

    assertThat(other.fingerprint(secret("sk-1")))
        .isNotEqualTo(fingerprints.fingerprint(secret("sk-1")));
    assertThat(other.revision(secret("sk-1"))).isNotEqualTo(fingerprints.revision(secret("sk-1")));
    assertThat(other.installationId()).isNotEqualTo(fingerprints.installationId());
  }

  @Test
  void keepTheirKeyAcrossTextAndBack() {
    assertThat(Secrets.text(fingerprints.text())).isEqualTo(KEY);
    assertThat(Fingerprints.parse(ascii(" " + KEY + "\n")).orElseThrow().installationId())
        .isEqualTo(fingerprints.installationId());
    assertThat(Fingerprints.parse(ascii("short"))).isEmpty();
    assertThat(Fingerprints.parse(ascii("AAECAwQFBgcICQoLDA0ODw=="))).isEmpty();
    assertThat(Fingerprints.parse(ascii(""))).isEmpty();
  }

  @Test
  void areOfNoUseOnceClosed() {
    fingerprints.close();

    assertThatIllegalStateException().isThrownBy(fingerprints::installationId);
  }
}
