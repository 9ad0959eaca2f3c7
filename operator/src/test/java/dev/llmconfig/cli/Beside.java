package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands beside the sidecar of a scenario, and ends with the scenario: another replica, and a
/// sidecar of what it takes for another cluster. And what the API server has heard meanwhile.
final class Beside implements AutoCloseable {

  /// Starts an operator that keeps its mirror there.
  interface Operators {
    RunningOperator start(Path mirror) throws IOException;
  }

  private final ControlPlane plane;
  private final Path data;
  private final Operators operators;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private Optional<AuditLog.Mark> mark = Optional.empty();
  private int count;

  /// @param data the mirror and the key ring of the scenario
  Beside(ControlPlane plane, Path data, Operators operators) {
    this.plane = plane;
    this.data = data;
    this.operators = operators;
  }

  /// Nothing where the question is about something else.
  Optional<Object> answer(String question, JsonNode with) throws IOException {
    return switch (question) {
      case "replica" -> {
        var mirror = fresh("mirror");
        opened.push(operators.start(mirror));
        yield Optional.of(sidecar(plane.admin().client().getConfiguration(), mirror));
      }
      case "elsewhere" -> {
        var address = plane.faultProxy().url();
        var config = plane.admin().client().getConfiguration();
        yield Optional.of(sidecar(new ConfigBuilder(config).withMasterUrl(address).build(), data));
      }
      case "program" -> Optional.of(OwnProcess.command());
      case "listen in" -> {
        mark = Optional.of(plane.audit().mark());
        yield Optional.of(true);
      }
      case "heard" ->
          Optional.of(
              plane
                  .audit()
                  .since(mark.orElseThrow())
                  .only(one -> one.user().equals(with.path("user").asText()))
                  .all());
      default -> Optional.empty();
    };
  }

  private Map<String, String> sidecar(Config api, Path mirror) throws IOException {
    var process = ClusterStage.sidecar(api, mirror, fresh("usage"), data, "127.0.0.1:0", Map.of());
    opened.push(process);
    return Map.of("base", "http://127.0.0.1:%d/".formatted(process.port()));
  }

  private Path fresh(String what) throws IOException {
    return Files.createDirectories(data.resolve("beside-%d-%s".formatted(count++, what)));
  }

  /// Nothing of it is left for the next scenario.
  void forget() {
    List.copyOf(opened).forEach(Beside::end);
    opened.clear();
  }

  private static void end(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    forget();
  }
}
