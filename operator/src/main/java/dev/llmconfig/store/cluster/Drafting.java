package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Outcome.Checked;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import dev.llmconfig.store.cluster.Editing.Edit;
import java.util.List;

/// What somebody is to commit. The API server is asked what it thinks of it; whoever may not ask
/// hears what this process knows.
final class Drafting {

  private Drafting() {}

  static Outcome of(Live live, Edit edit, SpecWrite write) {
    refuseKeys(edit);
    var checked =
        checked(() -> {
          if (!write.idle()) {
            write.rehearse();
          }
        });
    return new Outcome.Drafted(List.of(Yaml.declared(live, write.wanted())), checked);
  }

  /// Of an object that is not there yet.
  static Outcome of(Live bare, Edit edit, ObjectNode spec, Runnable rehearsal) {
    refuseKeys(edit);
    return new Outcome.Drafted(List.of(Yaml.declared(bare, spec)), checked(rehearsal));
  }

  private static void refuseKeys(Edit edit) {
    if (edit.beside().holdsKey()) {
      throw new Ended(
          new Outcome.Unwritable(
              "The key would be in a Secret, and that is not written down here."));
    }
  }

  static Checked checked(Runnable rehearsal) {
    try {
      rehearsal.run();
      return Checked.Server;
    } catch (ApiRefusal refused) {
      if (refused.why() instanceof Why.Forbidden) {
        return Checked.Local;
      }
      throw refused;
    }
  }
}
