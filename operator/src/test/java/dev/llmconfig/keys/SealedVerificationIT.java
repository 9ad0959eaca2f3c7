package dev.llmconfig.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.SealingScope;
import dev.llmconfig.crypto.SealingCertificate;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A key that is opened by the real sealed-secrets controller proves itself like any other.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class SealedVerificationIT {

  /// The provider refuses keys with this in them.
  private static final String WRONG = "sk-proj-fx-OA02-";

  private KeyStage stage;

  /// The provider of the test is not its own host, which a sealed key may go to only by this flag.
  @BeforeAll
  void set(ControlPlane plane) throws IOException {
    stage = KeyStage.set(plane).start("--allow-unbound-tokens", "true");
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  @Test
  void aSealedKeyIsRefusedAcceptedAndKept() {
    // A wrong one
    stage.apply(sealed("story", "story", WRONG + "first-0123456789"));
    stage.waitFor("story", "Stalled");
    assertThat(stage.says("story", "Resolved")).isEqualTo("True Unsealed");
    assertThat(stage.says("story", "Ready")).isEqualTo("False InvalidKey");
    assertThat(stage.message("story", "Stalled")).contains("Put the right key into spec.sealedKey");
    assertThat(stage.find("story-llmkey")).isEmpty();
    assertThat(stage.calls("story")).hasSize(1);

    // The right one
    stage.apply(sealed("story", "story", "sk-right-0123456789abcd"));
    stage.waitFor("story", "Ready");
    assertThat(stage.says("story", "Ready")).isEqualTo("True Verified");
    assertThat(stage.status("story").getMaskedKey()).isEqualTo("sk-***abcd");
    assertThat(stage.calls("story")).hasSize(2);
    var good = stage.managed("story");

    // A new wrong one
    stage.apply(sealed("story", "story", WRONG + "second-0123456789"));
    stage.awaits("story", "Stalled", "True InvalidKey");
    assertThat(stage.says("story", "Ready")).isEqualTo("True KeptLastGood");
    assertThat(stage.message("story", "Ready"))
        .contains("The last good key stays in use", "Put the right key into spec.sealedKey");
    assertThat(stage.calls("story")).hasSize(3);

    // One that nobody here can open
    stage.apply(sealed("story", "another", "sk-elsewhere-0123456789abcd"));
    stage.awaits("story", "Stalled", "True UnsealFailed");
    assertThat(stage.says("story", "Ready")).isEqualTo("True KeptLastGood");
    assertThat(stage.managed("story")).isEqualTo(good);
    assertThat(stage.calls("story")).hasSize(3);

    // The right one again, which is in use already
    stage.apply(sealed("story", "story", "sk-right-0123456789abcd"));
    stage.awaits("story", "Ready", "True Verified");
    assertThat(stage.kstatus("story")).isEqualTo(Kstatus.Current);
    assertThat(stage.managed("story")).isEqualTo(good);
    assertThat(stage.calls("story")).hasSize(3);
  }

  /// @param sealedFor the ApiKeyConfig for which the key is sealed
  private String sealed(String name, String sealedFor, String key) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: %s, namespace: %s}
    spec:
      provider: OpenAI
      endpoint: %s
      allowInsecureEndpoint: true
      sealedKey: {encryptedData: "%s", scope: Strict}
    """
        .formatted(name, stage.plane.namespace(), stage.place(name), seal(sealedFor, key));
  }

  private String seal(String name, String key) {
    if (!(SealingCertificate.read(stage.plane.sealedSecrets().certificate(), Instant.now())
        instanceof SealingCertificate.Read.Usable(var box))) {
      throw new AssertionError("the certificate of the controller cannot be used");
    }
    try (var bytes = SecretBytes.taking(key.getBytes(StandardCharsets.UTF_8))) {
      return box.seal(bytes, SealingScope.Strict, stage.plane.namespace(), name + "-sealed");
    }
  }
}
