package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// When a list is read, and when nobody is asked for it.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ListReadingIT {

  @TempDir Path folder;

  private ListStage stage;

  @BeforeEach
  void join(ControlPlane plane) throws IOException {
    stage = new ListStage(plane, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aReadingThatFailsKeepsTheList() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("outage", ListStage.GOOD, "");
      stage.awaitCount("outage", ListStage.MODELS);
      stage.awaitList(stage.reader, "outage", ListStage.MODELS);
      var before = stage.facts("outage").getMetadata().getResourceVersion();

      stage.provider.close();
      stage.kubectl.run(
          "annotate",
          "apikeyconfig",
          "outage",
          "-n",
          stage.plane.namespace(),
          Annotations.VERIFY_REQUESTED_AT + "=now");

      stage.awaitReason("outage", "Verified", "EndpointUnreachable");
      assertThat(stage.status("outage").getModelCount()).isEqualTo(ListStage.MODELS);
      assertThat(stage.facts("outage").getMetadata().getResourceVersion()).isEqualTo(before);
      assertThat(stage.ids(stage.reader, "outage")).hasSize(ListStage.MODELS);
      stage.provider = FakeProvider.start();
    }
  }

  @Test
  void aKeyThatIsWrongHasNoListAndSaysSo() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("wrong", "sk-proj-fx-OA02-0123456789", "");

      stage.awaitNote("wrong", "InvalidKey");
      assertThat(stage.status("wrong").getModelCount()).isZero();
    }
    assertThat(stage.provider.seen()).hasSize(1);
  }

  /// Of 100,000 models 10,000 are read, and of those as many are kept as there is room for.
  @Test
  void aListWithoutEndIsCutAndSaysSo() throws Exception {
    var asked = new AtomicInteger();
    try (var endless = new Listing(100_000, asked);
        var _ = stage.start(stage.data)) {
      stage.apply("endless", ListStage.GOOD, "", ListStage.consent(endless.url()), endless.url());

      stage.awaitNote("endless", "ListCut");
      stage.awaitReason("endless", "Ready", "Verified");
      var kept = Objects.requireNonNull(stage.status("endless").getModelCount());
      assertThat(kept).isBetween(8_000, 9_999);
      assertThat(stage.facts("endless").getData().get(ManagedNames.MODELS))
          .hasSizeLessThan(410 * 1024);
      stage.awaitList(stage.reader, "endless", kept);
      stage.awaitTwoReconciles("endless", stage.plane.audit().mark());
    }
    var mark = stage.plane.audit().mark();
    try (var _ = stage.start(stage.data)) {
      stage.awaitTwoReconciles("endless", mark);
    }
    assertThat(asked).hasValue(1);
    assertThat(stage.writes(mark)).isZero();
  }

  @Test
  void withoutVerificationTheListIsReadOnceAndNothingIsSaidOfTheKey() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("unverified", ListStage.GOOD, "verification: {mode: Disabled}");
      stage.awaitCount("unverified", ListStage.MODELS);
      assertThat(stage.condition("unverified", "Verified").getReason()).isEqualTo("Disabled");
      assertThat(stage.status("unverified").getLastVerifiedTime()).isNull();
    }
    assertThat(stage.provider.seen()).hasSize(1);
    var mark = stage.plane.audit().mark();

    try (var _ = stage.start(stage.data)) {
      stage.awaitTwoReconciles("unverified", mark);
    }

    assertThat(stage.provider.seen()).hasSize(1);
    assertThat(stage.writes(mark)).isZero();
  }

  @Test
  void aListThatIsDueIsReadByItselfAndLeavesTheVerdictAlone() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("due", ListStage.GOOD, "verification: {mode: OnChange, probe: Completion}");
      stage.awaitCount("due", ListStage.MODELS);
    }
    stage.longAgo("due");
    var before = stage.status("due");
    stage.provider.forget();
    var mark = stage.plane.audit().mark();

    try (var _ = stage.start(stage.data)) {
      await("the list to be read")
          .atMost(ListStage.SOON)
          .until(() ->
              Instant.parse(stage.annotation("due"))
                  .isAfter(Instant.now().minus(1, ChronoUnit.HOURS)));
      stage.awaitTwoReconciles("due", stage.plane.audit().mark());
    }

    assertThat(stage.provider.seen()).hasSize(1);
    assertThat(stage.status("due")).usingRecursiveComparison().isEqualTo(before);
    assertThat(stage.writes(mark)).as("the date of the list").isEqualTo(1);
  }

  @Test
  void aKeyThatIsSuspendedIsNotAskedFor() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("suspended", ListStage.GOOD, "verification: {mode: Disabled}\n  suspend: true");
      stage.awaitReason("suspended", "Ready", "Suspended");
      stage.awaitTwoReconciles("suspended", stage.plane.audit().mark());
    }
    assertThat(stage.provider.seen()).isEmpty();
  }

  @Test
  void withoutConsentNothingIsSentForAListEither() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("unasked", ListStage.GOOD, "verification: {mode: Disabled}", Map.of());
      stage.awaitReason("unasked", "Resolved", "EndpointNotAllowed");
    }
    assertThat(stage.provider.seen()).isEmpty();
  }

  /// A provider that lists as many models as one likes, on one page.
  private record Listing(HttpServer server) implements AutoCloseable {
    Listing(int models, AtomicInteger asked) throws IOException {
      this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      var body =
          IntStream.range(0, models)
              .mapToObj(at -> "{\"id\":\"a-model-with-a-rather-long-name-%06d\"}".formatted(at))
              .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"))
              .getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/v1/models",
          exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
