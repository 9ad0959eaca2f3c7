package dev.llmconfig.impact;

import dev.llmconfig.guest.WorkloadKind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Objects that decide what agents get.
public final class Kinds {

  public static final String API_KEY = "ApiKeyConfig";
  public static final String MODEL = "ModelConfig";
  public static final String SECRET = "Secret";

  /// By their group.
  private static final Map<String, String> OTHERS =
      Map.of(API_KEY, "llmconfig.dev", MODEL, "llmconfig.dev", SECRET, "");

  private static final Set<String> WORKLOADS =
      Stream.of(WorkloadKind.values()).map(Enum::name).collect(Collectors.toSet());

  private Kinds() {}

  static boolean workload(String kind) {
    return WORKLOADS.contains(kind);
  }

  /// Whether an object of this kind can make a difference.
  public static boolean matter(String apiVersion, String kind) {
    var group = apiVersion.contains("/") ? apiVersion.replaceFirst("/.*", "") : "";
    return workload(kind)
        ? group.equals(WorkloadKind.valueOf(kind).apiVersion().replaceFirst("/.*", ""))
        : group.equals(OTHERS.get(kind));
  }
}
