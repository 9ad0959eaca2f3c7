package dev.llmconfig.provider;

import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.provider.transport.ExtraTrust;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Lookup;
import dev.llmconfig.provider.transport.NetworkTransport;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A prober over the real network, for which every name is this machine.
final class Bench implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final Lookup LOOPBACK = _ -> List.of(InetAddress.getLoopbackAddress());

  private final NetworkTransport transport;
  private final Prober prober;

  private Bench(Limits limits) {
    transport = new NetworkTransport(limits, AddressRules.STANDARD, Egress.DIRECT, LOOPBACK);
    prober = new Prober(transport, limits, InstantSource.fixed(NOW));
  }

  /// With time enough for a busy machine.
  static Bench patient() {
    return withLimit(Duration.ofSeconds(20));
  }

  static Bench withLimit(Duration limit) {
    return new Bench(new Limits(limit, limit, limit, limit));
  }

  Prober prober() {
    return prober;
  }

  static Target target(Provider provider, FakeProvider fake) {
    String path = provider.defaultEndpoint().map(Bench::endpoint).map(Endpoint::path).orElse("");
    String host = provider == Provider.Bedrock ? "bedrock-mantle.us-east-1.api.aws" : "127.0.0.1";
    return target(provider, "http://" + host + ":" + fake.port() + path);
  }

  static Target target(Provider provider, String url) {
    return new Target(provider, endpoint(url), true, List.of(), ExtraTrust.NONE, Optional.empty());
  }

  static Endpoint endpoint(String url) {
    return switch (Endpoint.parse(url)) {
      case Validated.Valid<Endpoint>(Endpoint endpoint) -> endpoint;
      case Validated.Invalid<Endpoint>(var problems) -> throw new AssertionError(problems);
    };
  }

  @Override
  public void close() {
    transport.close();
  }
}
