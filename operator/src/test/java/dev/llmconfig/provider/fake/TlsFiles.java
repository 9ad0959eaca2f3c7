package dev.llmconfig.provider.fake;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Certificates for servers of tests, made by `src/test/resources/tls/make`. They are worth nothing
/// to anybody.
public enum TlsFiles {
  /// For `localhost`, `127.0.0.1` and the hosts of providers.
  Good("good"),
  Expired("expired"),
  /// For `other.example.com` only.
  WrongName("wrong-name"),
  /// Its authority is not the one of the others.
  Untrusted("untrusted");

  private final String file;

  TlsFiles(String file) {
    this.file = file;
  }

  PemKeyCertOptions keyCert() {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(read(file + ".crt")))
        .addKeyValue(Buffer.buffer(read(file + ".key")));
  }

  /// The authority of all but the untrusted one, as PEM.
  public static byte[] authority() {
    return read("ca.crt");
  }

  /// An authority that none of them is of.
  public static byte[] another() {
    return read("untrusted.crt");
  }

  private static byte[] read(String name) {
    try (InputStream in = TlsFiles.class.getResourceAsStream("/tls/" + name)) {
      if (in == null) {
        throw new IllegalStateException("there is no /tls/" + name);
      }
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
