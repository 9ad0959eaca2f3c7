package dev.llmconfig.impact;

import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.impact.Impact.Setting;
import dev.llmconfig.plan.ModelOutlook;
import dev.llmconfig.plan.Wanted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What is different between the last good settings and the wanted ones.
final class Settings {

  private Settings() {}

  static List<Setting> between(ModelOutlook outlook) {
    var wanted = outlook.wanted().map(Wanted::revision);
    var before = outlook.seen().before().applied().map(one -> one.settings());
    if (wanted.isEmpty() || before.isEmpty()) {
      return List.of();
    }
    var was = texts(before.get());
    return texts(wanted.get()).entrySet().stream()
        .filter(one -> !one.getValue().equals(was.get(one.getKey())))
        .map(one -> new Setting(one.getKey(), was.getOrDefault(one.getKey(), ""), one.getValue()))
        .toList();
  }

  private static Map<String, String> texts(Revision revision) {
    var texts = new LinkedHashMap<String, String>();
    texts.put("apiKey", revision.apiKey());
    texts.put("provider", revision.provider().name());
    texts.put("keyRevision", revision.keyRevision().orElse("none"));
    texts.put("endpoint", revision.endpoint().shown());
    texts.put("apiVersion", revision.apiVersion().orElse("none"));
    texts.put("model", revision.model());
    texts.put(
        "parameters",
        revision.parameters().values().entrySet().stream()
            .map(one -> one.getKey().field() + "=" + text(one.getValue()))
            .collect(Collectors.joining(", ")));
    // A header may hold what is nobody's business.
    texts.put("headers", String.join(", ", revision.headers().keySet()));
    texts.put("profile", revision.profile().label());
    texts.put("mode", revision.mode().name());
    texts.put("containers", String.join(", ", revision.containers()));
    texts.put("fileMountPath", revision.fileMountPath());
    return texts;
  }

  private static String text(ParameterValue value) {
    return value.text();
  }
}
