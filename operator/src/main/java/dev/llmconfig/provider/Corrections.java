package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What helped before, by place and model, so that no chat is refused twice for the same field.
final class Corrections {

  private static final int MOST_REMEMBERED = 1_000;

  private record Place(String endpoint, String model) {}

  private final Map<Place, Set<Correction>> helped =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<Place, Set<Correction>> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  synchronized void remember(Target target, String model, Correction correction) {
    Set<Correction> known =
        helped.computeIfAbsent(place(target, model), _ -> EnumSet.noneOf(Correction.class));
    known.removeAll(correction.excluded());
    known.add(correction);
  }

  ObjectNode applied(Target target, String model, ObjectNode body) {
    ObjectNode corrected = body;
    for (Correction correction : known(target, model)) {
      corrected = correction.of(corrected);
    }
    return corrected;
  }

  private synchronized Set<Correction> known(Target target, String model) {
    Set<Correction> known = helped.getOrDefault(place(target, model), Collections.emptySet());
    return Set.copyOf(known);
  }

  private static Place place(Target target, String model) {
    return new Place(target.endpoint().text(), model);
  }
}
