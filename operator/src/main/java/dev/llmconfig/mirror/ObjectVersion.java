package dev.llmconfig.mirror;

import dev.llmconfig.domain.Keeper;
import dev.llmconfig.domain.Ref;
import java.util.Map;
import java.util.Optional;

/// Which state of which object a row shows.
///
/// @param createdAt as the API server wrote it
/// @param deleting whether its deletion waits for a finalizer
/// @param specManager who wrote a spec or metadata last, by field manager; empty when unknown
/// @param lastManager who wrote anything last, the status too
/// @param marks the labels, annotations, managers and the owner that tell which tool manages the
///   object, as JSON
public record ObjectVersion(
    String uid,
    long generation,
    String resourceVersion,
    String createdAt,
    boolean deleting,
    String specManager,
    String lastManager,
    String marks) {

  /// The tool whose object it is.
  ///
  /// @param groupKind as Argo CD writes it, such as `llmconfig.dev/ModelConfig`
  public Optional<Keeper> keeper(String groupKind, Ref ref) {
    return Keeper.of(Marks.signs(marks), groupKind + ":" + ref.namespace() + "/" + ref.name());
  }

  /// What tools and people have noted on it, as far as anybody here needs to know.
  public Map<String, String> annotations() {
    return Marks.signs(marks).annotations();
  }
}
