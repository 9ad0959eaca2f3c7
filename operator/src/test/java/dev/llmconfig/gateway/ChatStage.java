package dev.llmconfig.gateway;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.catalogue.ParameterMapping;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.Target;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Script;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.provider.transport.ExtraTrust;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.NetworkTransport;
import dev.llmconfig.provider.transport.Patience;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// A chat over the real network with a fake provider, for whom every name is this machine, and a
/// clock that moves a millisecond whenever somebody looks at it.
final class ChatStage implements AutoCloseable {

  static final String SECRET = "Zx9Qw7Rt5Yp3Lk1Mn8Bv6Cd4Fg2Hj0";
  static final String KEY = "sk-proj-" + SECRET;

  private static final Catalogue CATALOGUE = Catalogue.packed();
  private static final Duration LONG = Duration.ofSeconds(30);

  private final FakeProvider fake;
  private final NetworkTransport transport;
  private final List<SecretBytes> lent = new CopyOnWriteArrayList<>();
  private final AtomicLong ticks = new AtomicLong();
  private final Chat chat;

  private ChatStage(Duration firstByte) {
    this.fake = FakeProvider.start(0, LONG);
    Limits limits = new Limits(LONG, LONG, LONG, LONG);
    this.transport =
        new NetworkTransport(
            limits,
            AddressRules.STANDARD,
            Egress.DIRECT,
            _ -> List.of(InetAddress.getLoopbackAddress()));
    this.chat =
        new Chat(
            transport,
            new Patience(firstByte, LONG),
            InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")),
            () -> ticks.addAndGet(1_000_000));
  }

  static ChatStage patient() {
    return new ChatStage(LONG);
  }

  static ChatStage hasty() {
    return new ChatStage(Duration.ofMillis(300));
  }

  FakeProvider fake() {
    return fake;
  }

  /// The keys that were borrowed.
  List<SecretBytes> lent() {
    return lent;
  }

  FirstWords firstWords() {
    return chat.firstWords();
  }

  ChatStream start(ChatTarget target, ChatRequest request) {
    return chat.start(target, request);
  }

  List<ChatEvent> all(ChatTarget target, ChatRequest request) throws InterruptedException {
    try (ChatStream stream = start(target, request)) {
      return rest(stream);
    }
  }

  /// What a provider that plays these pieces is understood to say.
  List<ChatEvent> played(Provider provider, String model, Script script)
      throws InterruptedException {
    fake.plays(model, script);
    return all(target(provider, model), hello());
  }

  static List<ChatEvent> rest(ChatStream stream) throws InterruptedException {
    List<ChatEvent> events = new ArrayList<>();
    for (var next = stream.next(); next.isPresent(); next = stream.next()) {
      events.add(next.get());
    }
    return events;
  }

  static ChatRequest hello() {
    return ChatRequest.streamed(List.of(user("Hello there")));
  }

  static ChatMessage user(String text) {
    return new ChatMessage(ChatMessage.Role.User, text);
  }

  ChatTarget target(Provider provider, String model) {
    return target(provider, model, Parameters.none());
  }

  ChatTarget target(Provider provider, String model, Parameters asked) {
    ModelFacts facts = CATALOGUE.describe(provider, model);
    return target(provider, facts, asked, ParameterMapping.usualFormat(facts));
  }

  ChatTarget target(Provider provider, ModelFacts facts, Parameters asked, RequestFormat format) {
    String path =
        provider.defaultEndpoint().map(url -> url.replaceFirst("https://[^/]+", "")).orElse("");
    return at(fake.url(path), provider, facts, asked, format);
  }

  ChatTarget at(
      String url, Provider provider, ModelFacts facts, Parameters asked, RequestFormat format) {
    var decision = ParameterMapping.decide(asked, facts, format, UnsupportedParameters.Drop);
    if (!(decision instanceof ParameterDecision.Send(var effective))) {
      throw new AssertionError(decision);
    }
    Target place =
        new Target(provider, endpoint(url), true, List.of(), ExtraTrust.NONE, Optional.empty());
    return new ChatTarget(
        place, facts, format, effective, Optional.of("Secret llm"), this::borrowed);
  }

  static Endpoint endpoint(String url) {
    return switch (Endpoint.parse(url)) {
      case Validated.Valid<Endpoint>(Endpoint endpoint) -> endpoint;
      case Validated.Invalid<Endpoint>(var problems) -> throw new AssertionError(problems);
    };
  }

  private Optional<SecretBytes> borrowed() {
    SecretBytes key = SecretBytes.taking(KEY.getBytes(StandardCharsets.US_ASCII));
    lent.add(key);
    return Optional.of(key);
  }

  @Override
  public void close() {
    transport.close();
    fake.close();
  }
}
