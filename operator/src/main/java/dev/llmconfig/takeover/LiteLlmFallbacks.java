package dev.llmconfig.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;

/// Which models LiteLLM tries after one: `[{"a": ["b", "c"]}]` tries b and then c for a.
final class LiteLlmFallbacks {

  static final String NAME = "fallbacks";
  private static final String ROUTER = "router_settings";
  private static final String GENERAL = "litellm_settings";
  private static final int MOST = 8;

  private final Taken taken;

  LiteLlmFallbacks(Taken taken) {
    this.taken = taken;
  }

  /// Those of the file, after all its models are taken.
  void of(JsonNode file) {
    var router = file.path(ROUTER).path(NAME);
    var general = file.path(GENERAL).path(NAME);
    list(where(ROUTER), router);
    if (router.isMissingNode() || (router.isArray() && router.isEmpty())) {
      list(where(GENERAL), general);
    } else if (!general.isMissingNode() && !general.equals(router)) {
      taken.leave(
          where(GENERAL),
          "is left out, since LiteLLM takes " + where(ROUTER) + " where both are there.");
    }
  }

  private static String where(String section) {
    return section + "." + NAME;
  }

  private void list(String where, JsonNode list) {
    if (list.isMissingNode()) {
      return;
    }
    if (!list.isArray()) {
      taken.leave(where, "is no list, so it is left out.");
      return;
    }
    for (var entry : list) {
      if (entry.isObject()) {
        entry.properties().forEach(one -> model(where, one.getKey(), one.getValue()));
      } else {
        taken.leave(where, "has an entry that names no model and what follows it; it is left out.");
      }
    }
  }

  private void model(String where, String alias, JsonNode others) {
    var at = "%s (%s)".formatted(where, Taken.printable(alias));
    var found = taken.called(alias);
    if (found.isEmpty()) {
      taken.leave(at, "is of a model that is not taken over.");
      return;
    }
    if (!others.isArray()) {
      taken.leave(at, "is no list, so it is left out.");
      return;
    }
    var draft = found.get();
    var names = new LinkedHashSet<String>();
    for (var other : others) {
      var follows = other.isTextual() ? taken.called(other.asText()) : Optional.<ModelDraft>empty();
      if (follows.isEmpty()) {
        taken.leave(at, "names a model that is not taken over.");
      } else if (follows.get().name().equals(draft.name())) {
        taken.leave(at, "names the model itself, which is not tried twice.");
      } else {
        names.add(follows.get().name());
      }
    }
    var most = names.stream().limit(MOST).toList();
    if (names.size() > MOST) {
      taken.leave(
          at,
          "names %d models, and a ModelConfig has at most %d; the others are left out."
              .formatted(names.size(), MOST));
    }
    if (draft.fallbacks().isEmpty()) {
      taken.fallbacks(draft, most);
    } else if (!draft.fallbacks().equals(most)) {
      taken.leave(at, "is there twice; the first one is kept, as LiteLLM does.");
    }
  }
}
