package dev.llmconfig.store.cluster;

import dev.llmconfig.store.Manner;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import dev.llmconfig.store.cluster.SpecWrite.Rehearsed;
import java.util.ArrayList;
import java.util.List;

/// Changes of several objects that belong together: all are rehearsed before the first is made, and
/// what was made is undone where a later one fails.
final class Several {

  private Several() {}

  /// What the objects are afterwards; in a dry run what they would be.
  static List<Live> of(Editing editing, List<SpecWrite> writes, Manner manner) {
    var rehearsed =
        writes.stream().map(one -> one.idle() ? one.unchanged() : one.rehearse()).toList();
    if (manner.dryRun()) {
      return rehearsed.stream().map(Rehearsed::after).toList();
    }
    var done = new ArrayList<Live>();
    try {
      for (var at = 0; at < rehearsed.size(); at++) {
        done.add(editing.write(writes.get(at), rehearsed.get(at)));
      }
    } catch (ApiRefusal | Ended refused) {
      editing
          .patience()
          .takingBack(() -> {
            for (var at = done.size() - 1; at >= 0; at--) {
              undo(editing, writes.get(at), done.get(at));
            }
          });
      throw refused;
    }
    return done;
  }

  /// Only if nobody has changed it since.
  private static void undo(Editing editing, SpecWrite write, Live after) {
    try {
      var back = editing.takingOver(after, write.inverse());
      if (!back.idle()) {
        editing.writeAnew(back);
      }
    } catch (ApiRefusal | Ended failed) {
      throw halfDone();
    }
  }

  /// Of which nobody can say any more that nothing was changed.
  static ApiRefusal halfDone() {
    return new ApiRefusal(new Why.NoAnswer("half of it was done and could not be undone"));
  }
}
