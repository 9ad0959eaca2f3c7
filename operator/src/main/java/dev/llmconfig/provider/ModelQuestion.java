package dev.llmconfig.provider;

import java.util.List;
import java.util.Optional;

/// A model to look for.
///
/// @param declared whether the user has declared it, which is as good as a list
/// @param listed ids of a list that was read not long ago; without one it is read now
public record ModelQuestion(String id, boolean declared, Optional<List<String>> listed) {

  public static ModelQuestion of(String id) {
    return new ModelQuestion(id, false, Optional.empty());
  }
}
