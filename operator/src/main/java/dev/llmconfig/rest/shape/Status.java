package dev.llmconfig.rest.shape;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How this replica fares.
public record Status(
    String version,
    String mode,
    String replica,
    @Nullable Integer replicas,
    String since,
    List<String> watchedNamespaces,
    KeyRing keyRing,
    Mirror mirror,
    Operator operator,
    String catalogue,
    List<Provider> providers,
    List<Check> checks) {

  /// Whether this process can open keys.
  public enum KeyRing {
    Present,
    Missing
  }

  /// What the answers are read from.
  public record Mirror(
      String syncedAt, long ageSeconds, boolean stale, Map<String, Integer> rows) {}

  /// Who writes it.
  public record Operator(@Nullable String leader, boolean ready) {}

  /// How quick a place is that chats go to.
  ///
  /// @param p50Ms until the first word; half of the answers took longer
  /// @param answers of how many, the newest ones that this replica has seen
  public record Provider(String endpoint, long p50Ms, int answers) {}

  /// Something that must be so, and what to do where it is not.
  public record Check(String name, boolean ok, String sentence) {}
}
