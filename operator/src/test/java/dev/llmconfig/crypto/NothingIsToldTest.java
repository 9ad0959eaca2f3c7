package dev.llmconfig.crypto;

import static dev.llmconfig.crypto.Secrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Forty canaries through every type of this package: whatever it prints or throws holds no eight
/// characters of them, plain, reversed, in hex or in base64.
class NothingIsToldTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @RepeatedTest(40)
  void noTextAndNoExceptionHoldsASecret(RepetitionInfo repetition) {
    long seed = 4711L + repetition.getCurrentRepetition();
    String canary = canary(new Random(seed));
    FernetKey first = FernetKey.generate();
    FernetKey second = FernetKey.generate();

    String told = String.join("\n", everythingThatIsTold(canary, first, second));

    List<String> forbidden = new ArrayList<>(pieces(canary));
    forbidden.addAll(pieces(Secrets.text(first.text())));
    forbidden.addAll(pieces(Secrets.text(second.text())));
    assertThat(told).as("seed %d", seed).doesNotContain(forbidden.toArray(String[]::new));
  }

  private static List<String> everythingThatIsTold(
      String canary, FernetKey first, FernetKey second) {
    KeyRing ring = KeyRing.of(first, second);
    Fingerprints fingerprints = Fingerprints.generate();
    Envelope envelope =
        new Envelope(Envelope.Purpose.Spec, "agents", "openai", "https://h", secret(canary));
    String token = ring.encrypt(envelope.toJson(), NOW);
    List<String> told = new ArrayList<>();
    told.add(first.toString());
    told.add(ring.toString());
    told.add(ring.ids().toString());
    told.add(fingerprints.toString());
    told.add(fingerprints.fingerprint(secret(canary)));
    told.add(fingerprints.revision(secret(canary)));
    told.add(envelope.toString());
    told.add(secret(canary).toString());
    told.add(ring.open(token).toString());
    told.add(ring.open(canary).toString());
    told.add(TokenContent.read(secret(canary)).toString());
    told.add(TokenContent.read(envelope.toJson()).toString());
    told.add(TokenContent.read(secret("{\"" + canary + "\":1}")).toString());
    told.add(TokenContent.read(secret("{\"llmconfig\":1,\"key\":\"" + canary)).toString());
    told.add(KeyText.of((canary + "\n").getBytes(StandardCharsets.UTF_8)).toString());
    told.add(KeyText.of((canary + "\0").getBytes(StandardCharsets.UTF_8)).toString());
    told.add(KeyRing.parse(secret(canary + "," + Secrets.text(first.text()))).toString());
    told.add(KeyRing.parse(ring.text()).toString());
    told.add(SealingCertificate.read(canary.getBytes(StandardCharsets.UTF_8), NOW).toString());
    told.add(Mask.of(secret(canary.substring(0, 19))));
    told.add(thrown(() -> envelopeWithBrokenKey(canary).toJson()));
    told.add(
        thrown(() -> {
          SecretBytes wiped = secret(canary);
          wiped.close();
          wiped.copy();
        }));
    told.add(thrown(() -> KeyRing.of(first).withoutOldest()));
    return told;
  }

  private static Envelope envelopeWithBrokenKey(String canary) {
    byte[] broken = (canary + "x").getBytes(StandardCharsets.UTF_8);
    broken[broken.length - 1] = (byte) 0xff;
    return new Envelope(Envelope.Purpose.Spec, "a", "b", "c", SecretBytes.taking(broken));
  }

  private static String thrown(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    StringWriter trace = new StringWriter();
    Throwable thrown = catchThrowable(action);
    assertThat(thrown).isNotNull();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static String canary(Random random) {
    StringBuilder text = new StringBuilder("sk-");
    String alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    while (text.length() < 51) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static List<String> pieces(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    String reversed = new StringBuilder(secret).reverse().toString();
    List<String> pieces = new ArrayList<>();
    for (String form : List.of(secret, reversed, hex, base64)) {
      for (int at = 0; at + 8 <= form.length(); at++) {
        pieces.add(form.substring(at, at + 8));
      }
    }
    return pieces;
  }
}
