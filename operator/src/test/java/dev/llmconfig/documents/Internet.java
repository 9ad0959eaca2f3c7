package dev.llmconfig.documents;

import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.transport.Deadline;
import dev.llmconfig.provider.transport.Destination;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Reply;
import dev.llmconfig.provider.transport.Request;
import dev.llmconfig.provider.transport.Transport;
import dev.llmconfig.verify.Asking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Every host there is, played by the fake provider, so that a document runs unchanged and leaves
/// this machine nowhere. It remembers which host was sent which key.
final class Internet implements Transport, AutoCloseable {

  private static final Set<String> KEY_HEADERS =
      Set.of("authorization", "x-api-key", "x-goog-api-key", "api-key");

  private final FakeProvider fake = FakeProvider.start();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Set<String>> sent = new TreeMap<>();

  /// As the operator asks, but for the network.
  Asking asking() {
    return Asking.through(new Prober(this, Limits.STANDARD, InstantSource.system()));
  }

  /// The keys that each host was sent. A host that was only asked without a key has none.
  synchronized Map<String, Set<String>> sent() {
    return sent.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> Set.copyOf(entry.getValue()), (a, _) -> a));
  }

  synchronized void forget() {
    sent.clear();
  }

  @Override
  public Reply send(Request request, Deadline deadline) throws InterruptedException {
    remember(request);
    var asked =
        HttpRequest.newBuilder(URI.create(fake.url(request.target())))
            .timeout(deadline.left())
            .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()));
    request
        .headers()
        .forEach((name, value) -> {
          if (!name.equalsIgnoreCase("host")) {
            asked.header(name, value);
          }
        });
    try {
      var answer = http.send(asked.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(answer.statusCode(), answer.headers().map(), answer.body(), false);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void connect(Destination destination, Deadline deadline) {
    // Everybody is at home.
  }

  private synchronized void remember(Request request) {
    var keys = sent.computeIfAbsent(request.destination().shown(), _ -> new TreeSet<>());
    request
        .headers()
        .forEach((name, value) -> {
          if (KEY_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            keys.add(value.replaceFirst("^Bearer ", ""));
          }
        });
  }

  @Override
  public void close() {
    http.close();
    fake.close();
  }
}
