package dev.llmconfig.access;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.Optional;

/// Where the API server is and how it proves itself: all that a sidecar knows of the cluster.
///
/// @param authority its certificates as PEM, in base64; empty for those that the system trusts
/// @param unchecked the kubeconfig says to believe any certificate
public record ApiServer(String url, Optional<String> authority, boolean unchecked) {

  /// Longer than anybody waits: who gives up is the one who knows what for.
  private static final int PATIENCE_MILLIS = 15_000;

  /// A configuration with these credentials and no others. One that configures itself may carry a
  /// client certificate, which wins over a bad token (traps R45).
  Config with(Caller.Token token) {
    return bare().withOauthToken(token.text()).build();
  }

  /// A configuration with no credentials at all.
  Config toNobody() {
    return bare().build();
  }

  private ConfigBuilder bare() {
    var builder =
        patient(new ConfigBuilder(Config.empty()))
            .withAutoConfigure(false)
            .withMasterUrl(url)
            .withTrustCerts(unchecked);
    authority.ifPresent(builder::withCaCertData);
    return builder;
  }

  /// A kubeconfig as it is, with all of its credentials.
  static Config with(Config kubeconfig) {
    return patient(new ConfigBuilder(kubeconfig)).build();
  }

  private static ConfigBuilder patient(ConfigBuilder builder) {
    return builder
        .withUserAgent("llm-config-playground")
        .withConnectionTimeout(PATIENCE_MILLIS)
        .withRequestTimeout(PATIENCE_MILLIS)
        .withRequestRetryBackoffLimit(0);
  }
}
