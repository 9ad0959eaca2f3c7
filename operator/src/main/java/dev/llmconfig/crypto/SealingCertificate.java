package dev.llmconfig.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/// The certificate of the sealed-secrets controller, as `kubeseal --fetch-cert` prints it. The
/// controller makes it without any name in it, and the JDK refuses to read a certificate without an
/// issuer; so its two facts that matter, the end and the public key, are read here.
public final class SealingCertificate {

  private static final int SHORTEST_KEY_BITS = 2048;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";
  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssX");

  /// A box to seal with, or why there is none.
  public sealed interface Read {

    record Usable(SealedBox box) implements Read {}

    /// `why` completes the sentence `The certificate …`.
    record Refused(String why) implements Read {}
  }

  private record Facts(Instant end, X509EncodedKeySpec publicKey) {}

  private SealingCertificate() {}

  /// The first certificate counts, as for kubeseal, which refuses expired ones as well: the
  /// controller may have dropped their keys.
  public static Read read(byte[] pem, Instant now) {
    Facts facts;
    try {
      facts = facts(Der.of(der(new String(pem, StandardCharsets.ISO_8859_1))));
    } catch (CertificateException | IllegalArgumentException | DateTimeException unreadable) {
      return new Read.Refused(
          "is not an X.509 certificate in PEM; `kubeseal --fetch-cert` prints the right one");
    }
    if (facts.end().isBefore(now)) {
      return new Read.Refused("ended on " + facts.end() + "; fetch the current one");
    }
    return key(facts.publicKey());
  }

  private static Read key(X509EncodedKeySpec encoded) {
    try {
      PublicKey key = KeyFactory.getInstance("RSA").generatePublic(encoded);
      if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_KEY_BITS) {
        return new Read.Usable(new SealedBox(rsa));
      }
    } catch (GeneralSecurityException notRsa) {
      // The same answer as for a key that is too short.
    }
    return new Read.Refused(
        "has no RSA key of "
            + SHORTEST_KEY_BITS
            + " bits or more, so it is none of sealed-secrets");
  }

  private static byte[] der(String pem) throws CertificateException {
    int from = pem.indexOf(BEGIN);
    int to = pem.indexOf(END, Math.max(from, 0));
    if (from < 0 || to < 0) {
      throw new CertificateException("there is none in it");
    }
    return Base64.getMimeDecoder().decode(pem.substring(from + BEGIN.length(), to));
  }

  /// RFC 5280, section 4.1.
  private static Facts facts(Der certificate) throws CertificateException {
    Der signed = certificate.inside(Der.SEQUENCE).inside(Der.SEQUENCE);
    if (signed.nextIs(Der.VERSION)) {
      signed.skip(Der.VERSION);
    }
    signed.skip(Der.INTEGER); // the serial number
    signed.skip(Der.SEQUENCE); // how it was signed
    signed.skip(Der.SEQUENCE); // the issuer
    Der validity = signed.inside(Der.SEQUENCE);
    time(validity);
    Instant end = time(validity);
    signed.skip(Der.SEQUENCE); // the subject
    return new Facts(end, new X509EncodedKeySpec(signed.whole(Der.SEQUENCE)));
  }

  private static Instant time(Der validity) throws CertificateException {
    boolean twoDigits = validity.nextIs(Der.UTC_TIME);
    byte[] content = validity.content(twoDigits ? Der.UTC_TIME : Der.GENERALIZED_TIME);
    String text = new String(content, StandardCharsets.US_ASCII);
    String century = twoDigits ? text.compareTo("50") < 0 ? "20" : "19" : "";
    return OffsetDateTime.parse(century + text, GENERALIZED).toInstant();
  }
}
