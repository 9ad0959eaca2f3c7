package dev.llmconfig.provider.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Certificates that are trusted besides those of the platform, for endpoints behind a company's
/// own authority.
public record ExtraTrust(List<X509Certificate> certificates) {

  public static final ExtraTrust NONE = new ExtraTrust(List.of());

  public ExtraTrust {
    certificates = List.copyOf(certificates);
  }

  /// Reads a PEM bundle.
  ///
  /// @throws IllegalArgumentException if there is no certificate in it; says nothing of its content
  public static ExtraTrust parse(byte[] pem) {
    List<X509Certificate> found = new ArrayList<>();
    try {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        if (certificate instanceof X509Certificate x509) {
          found.add(x509);
        }
      }
    } catch (CertificateException notPem) {
      found.clear();
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("there is no PEM certificate in it");
    }
    return new ExtraTrust(found);
  }

  ExtraTrust and(ExtraTrust other) {
    return new ExtraTrust(
        Stream.concat(certificates.stream(), other.certificates.stream()).distinct().toList());
  }

  X509TrustManager trustManager() {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int index = 0;
      for (X509Certificate platform : managerOf(null).getAcceptedIssuers()) {
        store.setCertificateEntry("platform-" + index++, platform);
      }
      for (X509Certificate extra : certificates) {
        store.setCertificateEntry("extra-" + index++, extra);
      }
      return managerOf(store);
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException("the platform cannot build a trust store", broken);
    }
  }

  private static X509TrustManager managerOf(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }
}
