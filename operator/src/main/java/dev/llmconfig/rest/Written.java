package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Reach;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectVersion;
import dev.llmconfig.provider.transport.HangUp;
import dev.llmconfig.rest.shape.Warning;
import dev.llmconfig.store.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/// Answers of changes, which show the object as a read would: whoever writes reads their own
/// writes.
///
/// @param version which state of an object the mirror shows
/// @param read the answer of a read
/// @param unseen the same of what the mirror does not show yet
record Written(
    MirrorPool mirror,
    String path,
    BiFunction<MirrorView, Ref, Optional<ObjectVersion>> version,
    Function<Asked, Answer> read,
    Function<Stored, Object> unseen) {

  /// The object as it was saved.
  Answer shown(int status, Stored stored, List<Warning> warnings) {
    var there = seen(stored);
    var answer = there.orElseGet(() -> Answer.json(unseen.apply(stored)));
    var whole = Wire.object(answer.body().toString());
    if (!warnings.isEmpty()) {
      whole.set("warnings", Wire.tree(warnings));
    }
    var result = Answer.of(status, whole);
    for (var header : answer.headers().entrySet()) {
      result = result.with(header.getKey(), header.getValue());
    }
    return there.isPresent() ? result : result.with(MirrorWait.BEHIND, "behind");
  }

  /// The object as somebody else has made it.
  ObjectNode current(Stored stored) {
    return seen(stored)
        .map(there -> Wire.object(there.body().toString()))
        .orElseGet(() -> (ObjectNode) Wire.tree(unseen.apply(stored)));
  }

  /// What the mirror shows of it, if it comes to do so in time and it is not deleted since.
  private Optional<Answer> seen(Stored stored) {
    return waited(MirrorWait.PATIENCE, view -> shows(view, stored))
        ? found(stored.ref())
        : Optional.empty();
  }

  /// There is nothing to show any more.
  Answer gone(Ref ref) {
    return waited(MirrorWait.PATIENCE, view -> version.apply(view, ref).isEmpty())
        ? Answer.done()
        : Answer.done().with(MirrorWait.BEHIND, "behind");
  }

  /// As the mirror has it.
  private Answer read(Ref ref) {
    return read.apply(
        new Asked(
            "",
            path + "/" + Told.id(ref),
            Told.id(ref),
            new Query(Map.of()),
            List.of(),
            List.of(),
            Wire.object(),
            Visitor.unknown(),
            "",
            Form.Json,
            new HangUp(),
            Optional.empty(),
            Reach.within(List.of(ref.namespace()))));
  }

  /// Where it is to be found.
  String location(Ref ref) {
    return path + "/" + Told.id(ref);
  }

  /// Whether the mirror came to say so in time.
  boolean waited(Duration patience, Predicate<MirrorView> says) {
    return MirrorWait.until(mirror, patience, says);
  }

  /// The object as the mirror has it, if it has.
  Optional<Answer> found(Ref ref) {
    try {
      return Optional.of(read(ref));
    } catch (Refusal missing) {
      if (missing.reason().status() == 404) {
        return Optional.empty();
      }
      throw missing;
    }
  }

  private boolean shows(MirrorView view, Stored stored) {
    return version
        .apply(view, stored.ref())
        .filter(row -> row.uid().equals(stored.uid()) && row.generation() >= stored.generation())
        .isPresent();
  }
}
