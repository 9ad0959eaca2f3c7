package dev.llmconfig.upkeep;

import io.fabric8.kubernetes.client.Config;
import java.util.Optional;
import java.util.stream.Stream;

/// How a kubeconfig signs in: what it would send, or why that is no token.
public sealed interface SignIn {

  /// As a login page takes it.
  record Token(String value) implements SignIn {
    @Override
    public String toString() {
      return "Token";
    }
  }

  /// Proven with a key that never leaves the machine.
  record Certificate() implements SignIn {}

  record Password() implements SignIn {}

  /// Nothing, or a plugin that gave nothing.
  record Nothing() implements SignIn {}

  static SignIn of(Config config) {
    var token =
        Stream.of(
                Optional.ofNullable(config.getOauthTokenProvider())
                    .map(provider -> provider.getToken()),
                Optional.ofNullable(config.getOauthToken()),
                Optional.ofNullable(config.getAutoOAuthToken()))
            .flatMap(Optional::stream)
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .findFirst();
    if (token.isPresent()) {
      return new Token(token.get());
    }
    if (config.getClientCertData() != null || config.getClientCertFile() != null) {
      return new Certificate();
    }
    return config.getUsername() != null ? new Password() : new Nothing();
  }
}
