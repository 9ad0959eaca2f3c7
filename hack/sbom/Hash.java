import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// Of a file, with the name that CycloneDX has for how it is made.
record Hash(String algorithm, String hex) {

  static Hash sha256(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return new Hash("SHA-256", HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// As npm locks a package: `sha512-` and base64.
  static Hash locked(String integrity) {
    var bytes = Base64.getDecoder().decode(integrity.substring(integrity.indexOf('-') + 1));
    return new Hash("SHA-512", HexFormat.of().formatHex(bytes));
  }
}
