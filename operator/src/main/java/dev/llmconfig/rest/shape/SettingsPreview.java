package dev.llmconfig.rest.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What agents would receive.
///
/// @param yaml the model configuration, to be committed
/// @param notes why they would not receive it, and what it depends on
public record SettingsPreview(
    List<Agent.Variable> env, List<File> files, String yaml, List<Note> notes) {

  /// A file.
  ///
  /// @param content absent for the key
  public record File(String path, @Nullable String content, @Nullable Boolean secret) {}
}
