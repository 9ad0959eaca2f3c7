package dev.llmconfig.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/// The configuration file of LiteLLM's proxy.
public final class LiteLlmFile {

  private final Taken taken = new Taken();
  private final LiteLlmModels models;

  private LiteLlmFile(String namespace, Map<String, String> environment) {
    this.models = new LiteLlmModels(taken, namespace, environment);
  }

  /// Reads all of it.
  ///
  /// @param environment where addresses that it names are looked up; keys are not
  public static Taken read(JsonNode file, String namespace, Map<String, String> environment) {
    var reading = new LiteLlmFile(namespace, environment);
    // What is under `extra_body` is sent as it is, null included.
    reading.all(Unset.removed(file, Set.of("extra_body")));
    return reading.taken;
  }

  private void all(JsonNode file) {
    var list = file.path("model_list");
    if (list.isArray()) {
      for (int at = 0; at < list.size(); at++) {
        models.entry("model_list[%d]".formatted(at), list.get(at));
      }
    } else if (!list.isMissingNode()) {
      taken.leave("model_list", "is no list, so no model is taken over.");
    }
    new LiteLlmFallbacks(taken).of(file);
    file.properties()
        .forEach(section -> {
          switch (section.getKey()) {
            case "model_list" -> {}
            case "litellm_settings", "router_settings" ->
                settings(section.getKey(), section.getValue());
            default -> nothing(section.getKey(), section.getValue());
          }
        });
  }

  private void settings(String section, JsonNode settings) {
    if (!settings.isObject()) {
      nothing(section, settings);
    }
    settings
        .properties()
        .forEach(setting -> {
          var where = section + "." + setting.getKey();
          switch (setting.getKey()) {
            case LiteLlmFallbacks.NAME -> {}
            case "drop_params" -> {
              if (!setting.getValue().asBoolean()) {
                taken.leave(
                    where,
                    "parameters that a model refuses are dropped here, and said;"
                        + " unsupportedParameters: Reject refuses them.");
              }
            }
            default -> nothing(where, setting.getValue());
          }
        });
  }

  private void nothing(String where, JsonNode value) {
    if (value.isObject() && !value.isEmpty()) {
      value.properties().forEach(one -> nothing(where + "." + one.getKey(), one.getValue()));
    } else {
      taken.leave(where, "has no counterpart.");
    }
  }
}
