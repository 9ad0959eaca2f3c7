package dev.llmconfig.cli;

import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Lookup;
import dev.llmconfig.provider.transport.NetworkTransport;
import dev.llmconfig.provider.transport.ProxySettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The way to a provider for one command: a prober over the network, through the proxies that the
/// environment names.
final class ProviderConnection implements AutoCloseable {

  private final NetworkTransport network;
  private final Prober prober;

  private ProviderConnection(NetworkTransport network, Prober prober) {
    this.network = network;
    this.prober = prober;
  }

  static ProviderConnection open(Shell shell) {
    return open(shell, Lookup.SYSTEM, Limits.STANDARD);
  }

  static ProviderConnection open(Shell shell, Lookup lookup, Limits limits) {
    var network = new NetworkTransport(limits, AddressRules.STANDARD, proxies(shell), lookup);
    return new ProviderConnection(network, new Prober(network, limits, shell.clock()));
  }

  Prober prober() {
    return prober;
  }

  @Override
  public void close() {
    network.close();
  }

  private static ProxySettings proxies(Shell shell) {
    try {
      return proxies(shell.environment());
    } catch (IllegalArgumentException notUrl) {
      throw Refusal.usage(List.of(String.valueOf(notUrl.getMessage())));
    }
  }

  /// As the environment names them.
  ///
  /// @throws IllegalArgumentException with a sentence, for what is no address
  static ProxySettings proxies(Map<String, String> environment) {
    return ProxySettings.parse(
        variable(environment, "HTTP_PROXY"),
        variable(environment, "HTTPS_PROXY"),
        variable(environment, "NO_PROXY"));
  }

  /// Both spellings are in use; the lower-case one is older, and goes first as in curl.
  private static String variable(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return lower.isEmpty() ? environment.getOrDefault(name, "") : lower;
  }
}
