package dev.llmconfig.crypto;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;

/// The certificate of the sealed-secrets controller, as `kubeseal --fetch-cert` prints it.
public final class SealingCertificate {

  private static final int SHORTEST_KEY_BITS = 2048;

  /// A box to seal with, or why there is none.
  public sealed interface Read {

    record Usable(SealedBox box) implements Read {}

    /// `why` completes the sentence `The certificate …`.
    record Refused(String why) implements Read {}
  }

  private SealingCertificate() {}

  /// The first certificate counts, as for kubeseal, which refuses expired ones as well: the
  /// controller may have dropped their keys.
  public static Read read(byte[] certificate, Instant now) {
    X509Certificate first;
    try {
      first =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate));
    } catch (CertificateException unreadable) {
      return new Read.Refused(
          "is not an X.509 certificate in PEM; `kubeseal --fetch-cert` prints the right one");
    }
    Instant end = first.getNotAfter().toInstant();
    if (end.isBefore(now)) {
      return new Read.Refused("ended on " + end + "; fetch the current one");
    }
    return first.getPublicKey() instanceof RSAPublicKey key
            && key.getModulus().bitLength() >= SHORTEST_KEY_BITS
        ? new Read.Usable(new SealedBox(key))
        : new Read.Refused(
            "has no RSA key of "
                + SHORTEST_KEY_BITS
                + " bits or more, so it is none of"
                + " sealed-secrets");
  }
}
