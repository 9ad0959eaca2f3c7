package dev.llmconfig.cli;

import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Lookup;
import dev.llmconfig.provider.transport.NetworkTransport;
import java.util.ArrayList;

/// The way to a provider for one command: a prober over the network, as the environment says.
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
    var network = new NetworkTransport(limits, AddressRules.STANDARD, egress(shell), lookup);
    return new ProviderConnection(network, new Prober(network, limits, shell.clock()));
  }

  Prober prober() {
    return prober;
  }

  @Override
  public void close() {
    network.close();
  }

  private static Egress egress(Shell shell) {
    var wrong = new ArrayList<String>();
    var egress = Outside.of(shell.environment(), (_, what) -> wrong.add(what));
    if (!wrong.isEmpty()) {
      throw Refusal.usage(wrong);
    }
    return egress;
  }
}
