package dev.llmconfig.crypto;

import dev.llmconfig.api.SealingScope;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// Our side of `make interop`: answers each line of standard input with one line, so that 100,000
/// messages need one process. Arguments: the controller's certificate and its private key (DER).
final class Peer {

  private static final String REFUSED = "refused";

  private final Map<String, KeyRing> rings = new HashMap<>();
  private final SealedBox box;
  private final Unsealing controller;

  private Peer(SealedBox box, Unsealing controller) {
    this.box = box;
    this.controller = controller;
  }

  public static void main(String[] files) throws IOException, GeneralSecurityException {
    var read = SealingCertificate.read(Files.readAllBytes(Path.of(files[0])), Instant.now());
    if (!(read instanceof SealingCertificate.Read.Usable(SealedBox box))) {
      throw new IllegalArgumentException("no usable certificate: " + read);
    }
    Peer peer = new Peer(box, Unsealing.withPkcs8(Files.readAllBytes(Path.of(files[1]))));
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    var out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.write(peer.answer(line.split(" ", -1)));
      out.write('\n');
    }
    out.flush();
  }

  private String answer(String[] words) {
    return switch (words[0]) {
      case "encrypt" -> ring(words[1]).encrypt(secret(words[2]), Instant.now());
      case "open" -> open(ring(words[1]), words[2]);
      case "seal" -> box.seal(secret(words[4]), SealingScope.valueOf(words[1]), words[2], words[3]);
      case "unseal" -> unseal(SealingScope.valueOf(words[1]), words[2], words[3], words[4]);
      default -> throw new IllegalArgumentException("unknown word " + words[0]);
    };
  }

  private static String open(KeyRing ring, String token) {
    return switch (ring.open(token)) {
      case Opening.Opened(SecretBytes plaintext, _) -> plaintext.use(HexFormat.of()::formatHex);
      case Opening.Refused() -> REFUSED;
    };
  }

  private String unseal(SealingScope scope, String namespace, String name, String sealed) {
    try {
      byte[] value = controller.open(sealed, SealedBox.label(scope, namespace, name));
      return HexFormat.of().formatHex(value);
    } catch (GeneralSecurityException refused) {
      return REFUSED;
    }
  }

  private KeyRing ring(String text) {
    return rings.computeIfAbsent(
        text,
        _ ->
            switch (KeyRing.parse(Secrets.secret(text))) {
              case KeyRing.Parsed.Valid(KeyRing ring) -> ring;
              case KeyRing.Parsed.Invalid(var problems) ->
                  throw new IllegalArgumentException(problems.toString());
            });
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.taking(HexFormat.of().parseHex(hex));
  }
}
