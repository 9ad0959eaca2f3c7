package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.Labels;
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

  /// Those that hold profiles.
  public static final String CONFIG_MAP = "ConfigMap";

  /// By their group.
  private static final Map<String, String> OTHERS =
      Map.of(API_KEY, "llmconfig.dev", MODEL, "llmconfig.dev", SECRET, "", CONFIG_MAP, "");

  private static final Set<String> WORKLOADS =
      Stream.of(WorkloadKind.values()).map(Enum::name).collect(Collectors.toSet());

  private Kinds() {}

  static boolean workload(String kind) {
    return WORKLOADS.contains(kind);
  }

  /// Whether an object can make a difference.
  public static boolean matter(JsonNode object) {
    return matter(object.path("apiVersion").asText(), object.path("kind").asText())
        && (!object.path("kind").asText().equals(CONFIG_MAP)
            || object
                .path("metadata")
                .path("labels")
                .path(Labels.PROFILES)
                .asText()
                .equals("true"));
  }

  private static boolean matter(String apiVersion, String kind) {
    var group = apiVersion.contains("/") ? apiVersion.replaceFirst("/.*", "") : "";
    return workload(kind)
        ? group.equals(WorkloadKind.valueOf(kind).apiVersion().replaceFirst("/.*", ""))
        : group.equals(OTHERS.get(kind));
  }
}
