package dev.llmconfig.access;

import java.util.List;
import java.util.Map;

/// What somebody may do in a namespace with our kinds, as the API server lists it. It lists what it
/// knows, so it is a hint.
///
/// @param verbs by resource
public record Rules(Map<String, List<String>> verbs, boolean incomplete) {

  public Rules {
    verbs = Map.copyOf(verbs);
  }
}
