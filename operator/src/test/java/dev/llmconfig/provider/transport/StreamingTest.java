package dev.llmconfig.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Script;
import dev.llmconfig.provider.fake.TlsFiles;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Answers that are handed over as they come.
class StreamingTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Patience PATIENT = new Patience(LONG, LONG);

  private FakeProvider fake;
  private NetworkTransport transport;

  @BeforeEach
  void start() {
    fake = FakeProvider.startTls(0, TlsFiles.Good);
    transport =
        new NetworkTransport(
            new Limits(LONG, LONG, LONG, LONG),
            AddressRules.STANDARD,
            Egress.DIRECT,
            _ -> List.of(InetAddress.getLoopbackAddress()));
  }

  @AfterEach
  void stop() {
    transport.close();
    fake.close();
  }

  @Test
  void everyByteArrivesOverAConnectionThatTrustsAnExtraAuthority() throws Exception {
    fake.plays("m", Script.stream("one ", "two ", "x".repeat(300_000)));

    try (Inflow body = flowing(request(1_000_000), new HangUp())) {
      assertThat(body.head().status()).isEqualTo(200);
      assertThat(body.head().header("x-request-id")).contains("req_script");
      assertThat(text(body)).isEqualTo("one two " + "x".repeat(300_000));
    }
    assertThat(fake.performances().getFirst().goneWithin(LONG.toMillis())).isTrue();
  }

  @Test
  void moreThanTheLimitIsNotRead() throws Exception {
    fake.plays("m", Script.stream("x".repeat(10_000)).forEver());

    try (Inflow body = flowing(request(100_000), new HangUp())) {
      assertThatThrownBy(() -> text(body))
          .isInstanceOfSatisfying(
              TransportFailure.class,
              failed -> assertThat(failed.reason()).isEqualTo(VerdictReason.NotAnLLMEndpoint));
    }
    assertThat(fake.performances().getFirst().goneWithin(LONG.toMillis())).isTrue();
  }

  @Test
  void silenceInTheMiddleHasItsOwnLimit() throws Exception {
    fake.plays("m", Script.stream("one").ending(Script.Ending.Silence));

    try (Inflow body = flowing(request(100), new HangUp())) {
      assertThat(body.next(LONG)).isPresent();
      assertThatThrownBy(() -> body.next(Duration.ofMillis(50)))
          .isInstanceOfSatisfying(
              TransportFailure.class,
              failed -> assertThat(failed.reason()).isEqualTo(VerdictReason.Timeout));
    }
  }

  @Test
  void whoHasHungUpDoesNotSend() {
    HangUp hangUp = new HangUp();
    hangUp.now();

    assertThatThrownBy(() -> transport.open(request(100), PATIENT, hangUp))
        .isInstanceOf(TransportFailure.class);
    assertThat(fake.seen()).isEmpty();
  }

  @Test
  void aRefusalIsReadToItsEnd() throws Exception {
    fake.plays("m", Script.document(429, "{\"error\":1}").with("retry-after", "3"));

    Received received = transport.open(request(100), PATIENT, new HangUp());

    assertThat(received)
        .isInstanceOfSatisfying(
            Received.Whole.class,
            whole -> {
              assertThat(whole.reply().status()).isEqualTo(429);
              assertThat(whole.reply().body()).asString().isEqualTo("{\"error\":1}");
              assertThat(whole.reply().header("retry-after")).contains("3");
            });
  }

  private Inflow flowing(Request request, HangUp hangUp) throws Exception {
    return transport.open(request, PATIENT, hangUp) instanceof Received.Flowing(Inflow body)
        ? body
        : failed();
  }

  private static Inflow failed() {
    throw new AssertionError("the answer was not handed over");
  }

  private static String text(Inflow body) throws TransportFailure, InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Optional<byte[]> next = body.next(LONG); next.isPresent(); next = body.next(LONG)) {
      all.writeBytes(next.get());
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private Request request(int largest) {
    Destination destination =
        new Destination(
            "https", "provider.test", fake.port(), true, ExtraTrust.parse(TlsFiles.authority()));
    return new Request(
        destination,
        "POST",
        "/v1/chat/completions",
        Map.of("authorization", "Bearer sk-nothing-0123456789"),
        "{\"model\":\"m\"}",
        largest);
  }
}
