package dev.llmconfig.reconcile;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.CaSource;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.provider.transport.ExtraTrust;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Reads the certificates that a key's endpoint is trusted by.
sealed interface Trust {

  record Found(ExtraTrust certificates) implements Trust {}

  /// Nothing is asked without them: the answer would be about another question.
  record Missing(ConditionReason reason, String message) implements Trust {}

  /// They are kept beside the list of models, in one ConfigMap.
  int MOST = 500 * 1024;

  /// The certificates as text, and nothing else of what stood beside them.
  static String pem(ExtraTrust trust) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    var pem = new StringBuilder();
    for (var certificate : trust.certificates()) {
      pem.append("-----BEGIN CERTIFICATE-----\n")
          .append(lines.encodeToString(encoded(certificate)))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return pem.toString();
  }

  static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException unreadable) {
      throw new IllegalStateException("a certificate that was parsed has bytes", unreadable);
    }
  }

  static Trust of(ApiKey key, UserObjects objects) {
    return key.connection()
        .ca()
        .map(ca -> read(ca, key.ref().namespace(), objects))
        .orElseGet(() -> new Found(ExtraTrust.NONE));
  }

  private static Trust read(CaSource ca, String namespace, UserObjects objects) {
    var name = ca.kind() + " " + ca.name();
    try {
      var content = content(ca, new Ref(namespace, ca.name()), objects);
      if (content.isEmpty()) {
        return new Missing(
            ConditionReason.CaNotFound,
            "%s with data key %s is not there; create it, or correct spec.caRef."
                .formatted(name, ca.dataKey()));
      }
      var certificates = ExtraTrust.parse(content.get());
      return pem(certificates).length() <= MOST
          ? new Found(certificates)
          : new Missing(
              ConditionReason.CaNotFound,
              "Data key %s of %s holds more than %d KiB of certificates; leave only the authority of this endpoint there."
                  .formatted(ca.dataKey(), name, MOST / 1_024));
    } catch (IllegalArgumentException _) {
      return new Missing(
          ConditionReason.CaNotFound,
          "Data key %s of %s holds no PEM certificate; put the authority's certificate there."
              .formatted(ca.dataKey(), name));
    } catch (KubernetesClientException failed) {
      if (failed.getCode() == 403) {
        return new Missing(
            ConditionReason.Forbidden,
            "The operator may not read %s; give its account the rights of the chart."
                .formatted(name));
      }
      throw failed;
    }
  }

  private static Optional<byte[]> content(CaSource ca, Ref ref, UserObjects objects) {
    return switch (ca.kind()) {
      case ConfigMap -> objects.configMap(ref).flatMap(map -> content(map, ca.dataKey()));
      case Secret ->
          objects
              .secret(ref)
              .flatMap(secret -> Optional.ofNullable(secret.getData()))
              .flatMap(data -> decoded(data, ca.dataKey()));
    };
  }

  private static Optional<byte[]> content(ConfigMap map, String dataKey) {
    return Optional.ofNullable(map.getData())
        .flatMap(data -> Optional.ofNullable(data.get(dataKey)))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .or(() -> Optional.ofNullable(map.getBinaryData()).flatMap(data -> decoded(data, dataKey)));
  }

  private static Optional<byte[]> decoded(Map<String, String> data, String dataKey) {
    return Optional.ofNullable(data.get(dataKey)).map(Base64.getDecoder()::decode);
  }
}
