package dev.llmconfig.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.fake.BrokenServer;
import dev.llmconfig.provider.fake.FakeCall;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.TlsFiles;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTransportTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Lookup LOOPBACK = _ -> List.of(InetAddress.getLoopbackAddress());
  private static final ExtraTrust OURS = ExtraTrust.parse(TlsFiles.authority());

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  @Test
  void dialsTheCheckedAddressAndKeepsTheNameForHostAndTls() throws Exception {
    FakeProvider server = opened(FakeProvider.startTls(0, TlsFiles.Good));
    NetworkTransport transport = transport(LOOPBACK);

    Reply reply =
        transport.send(models("https", "provider.test", server.port(), OURS), within(LONG));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(server.seen(FakeCall.List).getFirst().headers())
        .containsEntry("host", "provider.test:" + server.port());
    assertThat(server.tlsNames()).containsExactly("provider.test");
  }

  @ParameterizedTest
  @EnumSource(TlsFiles.class)
  void onlyAGoodCertificateIsGoodEnough(TlsFiles certificate) {
    FakeProvider server = opened(FakeProvider.startTls(0, certificate));
    Request request = models("https", "provider.test", server.port(), OURS);

    VerdictReason reason = reason(transport(LOOPBACK), request);

    assertThat(reason)
        .isEqualTo(
            certificate == TlsFiles.Good ? VerdictReason.KeyAccepted : VerdictReason.TLSFailed);
    assertThat(server.seen()).hasSize(certificate == TlsFiles.Good ? 1 : 0);
  }

  @Test
  void anExtraAuthorityIsTrustedOnlyWhereItWasGiven() {
    FakeProvider server = opened(FakeProvider.startTls(0, TlsFiles.Good));
    NetworkTransport transport = transport(LOOPBACK);

    assertThat(reason(transport, models("https", "provider.test", server.port(), OURS)))
        .isEqualTo(VerdictReason.KeyAccepted);
    assertThat(reason(transport, models("https", "provider.test", server.port(), ExtraTrust.NONE)))
        .isEqualTo(VerdictReason.TLSFailed);
  }

  /// Also by requests that bring an authority of their own.
  @Test
  void theInstallationsAuthorityIsTrustedEverywhere() {
    FakeProvider server = opened(FakeProvider.startTls(0, TlsFiles.Good));
    ExtraTrust another = ExtraTrust.parse(TlsFiles.another());
    Limits limits = new Limits(LONG, LONG, LONG, LONG);
    NetworkTransport transport =
        opened(
            new NetworkTransport(
                limits, AddressRules.STANDARD, new Egress(ProxySettings.NONE, OURS), LOOPBACK));

    for (ExtraTrust own : List.of(ExtraTrust.NONE, another)) {
      assertThat(reason(transport, models("https", "provider.test", server.port(), own)))
          .isEqualTo(VerdictReason.KeyAccepted);
    }
    Request unknown = models("https", "provider.test", server.port(), another);
    assertThat(reason(transport(LOOPBACK), unknown)).isEqualTo(VerdictReason.TLSFailed);
  }

  @Test
  void plainHttpBehindHttpsIsATlsFailure() {
    FakeProvider server = opened(FakeProvider.start());

    assertThat(reason(transport(LOOPBACK), models("https", "localhost", server.port(), OURS)))
        .isEqualTo(VerdictReason.TLSFailed);
  }

  @Test
  void tlsBehindPlainHttpIsNoAnswer() {
    FakeProvider server = opened(FakeProvider.startTls(0, TlsFiles.Good));

    assertThat(reason(transport(LOOPBACK), models("http", "localhost", server.port(), OURS)))
        .isIn(VerdictReason.NotAnLLMEndpoint, VerdictReason.ProviderUnavailable);
  }

  @Test
  void asksForTheAddressesOnceAndUsesWhatItChecked() throws Exception {
    // Given a name server that says another thing the second time
    FakeProvider server = opened(FakeProvider.start());
    AtomicInteger lookups = new AtomicInteger();
    Lookup rebinding =
        _ ->
            List.of(
                lookups.getAndIncrement() == 0
                    ? InetAddress.getLoopbackAddress()
                    : InetAddress.getByName("169.254.169.254"));

    // When
    Reply reply =
        transport(rebinding)
            .send(models("http", "rebinding.test", server.port(), OURS), within(LONG));

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(lookups).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "224.0.0.1"})
  void oneForbiddenAddressAmongManyIsEnough(String forbidden) {
    FakeProvider server = opened(FakeProvider.start());
    Lookup mixed = _ -> List.of(InetAddress.getLoopbackAddress(), InetAddress.getByName(forbidden));

    assertThat(reason(transport(mixed), models("http", "mixed.test", server.port(), OURS)))
        .isEqualTo(VerdictReason.EndpointNotAllowed);
    assertThat(server.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "[::1]",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "[::ffff:127.0.0.1]",
        "rebound.test"
      })
  void thisMachineIsNotCalledWithoutConsent(String host) {
    FakeProvider server = opened(FakeProvider.start());
    Destination destination = new Destination("https", host, server.port(), false, OURS);

    assertThat(reason(transport(LOOPBACK), request(destination)))
        .isEqualTo(VerdictReason.EndpointNotAllowed);
    assertThat(server.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "0x7f.1", "metadata.google.internal", "169.254.169.254"})
  void someThingsAreNotCalledEvenWithConsent(String host) {
    FakeProvider server = opened(FakeProvider.start());

    assertThat(reason(transport(LOOPBACK), models("http", host, server.port(), OURS)))
        .isEqualTo(VerdictReason.EndpointNotAllowed);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void plainHttpNeedsConsent() {
    Destination destination = new Destination("http", "api.test", 80, false, ExtraTrust.NONE);

    assertThat(
            reason(transport(_ -> List.of(InetAddress.getByName("1.1.1.1"))), request(destination)))
        .isEqualTo(VerdictReason.EndpointNotAllowed);
  }

  @Test
  void triesTheNextAddressWhenOneDoesNotAnswer() throws Exception {
    FakeProvider server = opened(FakeProvider.start());
    Lookup two = _ -> List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getLoopbackAddress());

    Reply reply =
        transport(two).send(models("http", "two.test", server.port(), OURS), within(LONG));

    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void nobodyThereIsUnreachable() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThat(reason(transport(LOOPBACK), models("http", "nobody.test", free, OURS)))
        .isEqualTo(VerdictReason.EndpointUnreachable);
  }

  @Test
  void anUnknownNameIsUnreachable() {
    Lookup none =
        _ -> {
          throw new UnknownHostException("no such name");
        };

    assertThat(reason(transport(none), models("http", "none.test", 80, OURS)))
        .isEqualTo(VerdictReason.EndpointUnreachable);
  }

  @Test
  void aNameServerThatSaysNothingCostsNoMoreThanConnecting() {
    CountDownLatch never = new CountDownLatch(1);
    Lookup silent =
        _ -> {
          try {
            never.await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
          return List.of();
        };
    NetworkTransport transport = transport(silent, SHORT, ProxySettings.NONE);

    assertThat(reason(transport, models("http", "silent.test", 80, OURS)))
        .isEqualTo(VerdictReason.EndpointUnreachable);
  }

  @Test
  void silenceAfterTheRequestIsATimeout() {
    BrokenServer server = opened(BrokenServer.silent(0));
    Request request = models("http", "silent.test", server.port(), OURS);

    assertThatThrownBy(() -> transport(LOOPBACK).send(request, within(SHORT)))
        .isInstanceOfSatisfying(
            TransportFailure.class,
            failure -> assertThat(failure.reason()).isEqualTo(VerdictReason.Timeout));
  }

  @Test
  void silenceInTheHandshakeIsNoConnection() {
    BrokenServer server = opened(BrokenServer.silent(0));
    NetworkTransport transport = transport(LOOPBACK, SHORT, ProxySettings.NONE);

    assertThat(reason(transport, models("https", "silent.test", server.port(), OURS)))
        .isEqualTo(VerdictReason.EndpointUnreachable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 mail ready\r\n",
        "hello",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 twohundred OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnot-a-size\r\n",
        "\u0000\u0001\u0002\u0003\r\n\r\n"
      })
  void whatIsNoHttpIsNoLlmEndpoint(String bytes) {
    BrokenServer server =
        opened(
            BrokenServer.answering(0, Buffer.buffer(bytes.getBytes(StandardCharsets.ISO_8859_1))));

    assertThat(reason(transport(LOOPBACK), models("http", "odd.test", server.port(), OURS)))
        .isEqualTo(VerdictReason.NotAnLLMEndpoint);
  }

  @Test
  void aHeadThatIsCutIsTheProvidersTrouble() {
    BrokenServer server = opened(BrokenServer.answering(0, Buffer.buffer("HTTP/1.1 20")));

    assertThat(reason(transport(LOOPBACK), models("http", "cut.test", server.port(), OURS)))
        .isEqualTo(VerdictReason.ProviderUnavailable);
  }

  @Test
  void aServerThatClosesWithoutAWordMayBeAskedAgain() {
    BrokenServer server = opened(BrokenServer.closing(0));
    Request request = models("http", "closing.test", server.port(), OURS);

    assertThatThrownBy(() -> transport(LOOPBACK).send(request, within(LONG)))
        .isInstanceOfSatisfying(
            TransportFailure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(VerdictReason.ProviderUnavailable);
              assertThat(failure.repeatable()).isTrue();
            });
  }

  @Test
  void aFailureCarriesNoneOfTheTextThatCausedIt() {
    BrokenServer server =
        opened(BrokenServer.answering(0, Buffer.buffer("HTTP/1.1 sk-proj-canary OK\r\n\r\n")));
    Request request = models("http", "odd.test", server.port(), OURS);

    assertThatThrownBy(() -> transport(LOOPBACK).send(request, within(LONG)))
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }

  @Test
  void goesThroughAProxyByNameAndChecksTheCertificateBehindIt() {
    FakeProvider server = opened(FakeProvider.startTls(0, TlsFiles.Good));
    FakeProxy proxy = opened(new FakeProxy(0));
    NetworkTransport transport = proxied(proxy);

    assertThat(reason(transport, models("https", "llm.example.com", server.port(), OURS)))
        .isEqualTo(VerdictReason.KeyAccepted);
    assertThat(reason(transport, models("https", "not-in-the-cert.test", server.port(), OURS)))
        .isEqualTo(VerdictReason.TLSFailed);
    assertThat(proxy.asked().getFirst()).isEqualTo("CONNECT llm.example.com:" + server.port());
  }

  @Test
  void plainHttpGoesThroughAProxyAsAWholeUrl() {
    FakeProvider server = opened(FakeProvider.start());
    FakeProxy proxy = opened(new FakeProxy(0));

    assertThat(reason(proxied(proxy), models("http", "llm.example.com", server.port(), OURS)))
        .isEqualTo(VerdictReason.KeyAccepted);
    assertThat(proxy.asked())
        .containsExactly("GET http://llm.example.com:" + server.port() + "/open/v1/models");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aProxyThatWantsALoginIsNoConnection(String scheme) {
    FakeProxy proxy = opened(new FakeProxy(407));

    assertThat(reason(proxied(proxy), models(scheme, "llm.example.com", 8443, OURS)))
        .isEqualTo(VerdictReason.EndpointUnreachable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"169.254.169.254", "metadata.google.internal", "0x7f.1", "known-here.test"})
  void aProxyIsNoWayRoundTheRules(String host) {
    FakeProxy proxy = opened(new FakeProxy(0));
    Lookup metadata = _ -> List.of(InetAddress.getByName("169.254.169.254"));
    NetworkTransport transport =
        transport(metadata, LONG, ProxySettings.parse(proxy.url(), proxy.url(), ""));

    assertThat(reason(transport, models("http", host, 80, OURS)))
        .isEqualTo(VerdictReason.EndpointNotAllowed);
    assertThat(proxy.asked()).isEmpty();
  }

  @Test
  void connectingSendsNothing() throws Exception {
    FakeProvider server = opened(FakeProvider.startTls(0, TlsFiles.Good));
    Destination destination = new Destination("https", "provider.test", server.port(), true, OURS);

    transport(LOOPBACK).connect(destination, within(LONG));

    await().untilAsserted(() -> assertThat(server.tlsNames()).containsExactly("provider.test"));
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void neitherARequestNorAReplyPrintsWhatIsInIt() {
    Request request = request(new Destination("https", "a.test", 443, false, ExtraTrust.NONE));

    assertThat(request.toString()).isEqualTo("Request[GET a.test]");
    assertThat(new Reply(200, Map.of("x", List.of("secret")), new byte[9], false).toString())
        .isEqualTo("Reply[200]");
  }

  private VerdictReason reason(Transport transport, Request request) {
    try {
      int status = transport.send(request, within(LONG)).status();
      assertThat(status).isEqualTo(200);
      return VerdictReason.KeyAccepted;
    } catch (TransportFailure failure) {
      return failure.reason();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private NetworkTransport transport(Lookup lookup) {
    return transport(lookup, LONG, ProxySettings.NONE);
  }

  /// Names are unknown on this side of the proxy.
  private NetworkTransport proxied(FakeProxy proxy) {
    Lookup nothing =
        _ -> {
          throw new UnknownHostException();
        };
    return transport(nothing, LONG, ProxySettings.parse(proxy.url(), proxy.url(), ""));
  }

  private NetworkTransport transport(Lookup lookup, Duration limit, ProxySettings proxies) {
    Limits limits = new Limits(limit, limit, limit, limit);
    return opened(
        new NetworkTransport(
            limits, AddressRules.STANDARD, new Egress(proxies, ExtraTrust.NONE), lookup));
  }

  private static Request models(String scheme, String host, int port, ExtraTrust trust) {
    return request(new Destination(scheme, host, port, true, trust));
  }

  private static Request request(Destination destination) {
    return new Request(destination, "GET", "/open/v1/models", Map.of(), "", 1 << 20);
  }

  private static Deadline within(Duration duration) {
    return Deadline.in(duration);
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }
}
