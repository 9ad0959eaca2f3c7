package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.guest.Ownership;
import dev.llmconfig.guest.Standing;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.impact.Impact.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A patch of ours, told to people: what it adds, changes and removes.
final class Differences {

  private static final String NAME = "name";

  /// For what somebody has put in place of ours.
  private static final String NOT_SHOWN = "(set by somebody else, not shown)";

  private final Ownership ownership;
  private final JsonNode live;
  private final List<Difference> found = new ArrayList<>();

  private Differences(Workload workload, JsonNode live) {
    this.ownership = Ownership.of(workload);
    this.live = template(live);
  }

  static List<Difference> of(Workload workload, JsonNode live, JsonNode patch) {
    var differences = new Differences(workload, live);
    var template = template(patch);
    differences.pod(template.path("spec"));
    differences.map(
        "annotation",
        differences.live.path("metadata").path("annotations"),
        template.path("metadata").path("annotations"));
    differences.map(
        "label", live.path("metadata").path("labels"), patch.path("metadata").path("labels"));
    return differences.found;
  }

  private static JsonNode template(JsonNode object) {
    var spec = object.path("spec");
    return spec.has("jobTemplate")
        ? spec.path("jobTemplate").path("spec").path("template")
        : spec.path("template");
  }

  private void pod(JsonNode patch) {
    var containers = Merge.byKey(NAME, live.path("spec").path("containers"));
    Merge.byKey(NAME, patch.path("containers"))
        .forEach((name, container) -> {
          var there = Optional.<JsonNode>ofNullable(containers.get(name));
          list(
              "container %s, variable ".formatted(name),
              NAME,
              there.map(one -> one.path("env")),
              container.path("env"),
              variable -> ownership.variable(name, variable));
          list(
              "container %s, mount ".formatted(name),
              "mountPath",
              there.map(one -> one.path("volumeMounts")),
              container.path("volumeMounts"),
              path -> ownership.mount(name, path));
        });
    list(
        "volume ",
        NAME,
        Optional.of(live.path("spec").path("volumes")),
        patch.path("volumes"),
        ownership::volume);
  }

  private void list(
      String where,
      String key,
      Optional<JsonNode> live,
      JsonNode patch,
      Function<String, Standing> standing) {
    var there = live.map(one -> Merge.byKey(key, one)).orElseGet(Map::of);
    Merge.byKey(key, patch)
        .forEach((name, element) -> {
          var before =
              Optional.ofNullable(there.get(name))
                  .map(one ->
                      standing.apply(name) instanceof Standing.Ours ? Shown.of(one) : NOT_SHOWN);
          var after =
              Merge.deletes(element)
                  ? Optional.<String>empty()
                  : Optional.of(
                      Shown.of(
                          Optional.ofNullable(there.get(name))
                              .map(one -> Merge.patch(one, element))
                              .orElse(element)));
          found.add(new Difference(where + name, before, after));
        });
  }

  private void map(String what, JsonNode live, JsonNode patch) {
    patch
        .properties()
        .forEach(field ->
            found.add(
                new Difference(
                    what + " " + field.getKey(),
                    live.has(field.getKey())
                        ? Optional.of(live.path(field.getKey()).asText())
                        : Optional.empty(),
                    field.getValue().isNull()
                        ? Optional.empty()
                        : Optional.of(field.getValue().asText()))));
  }
}
