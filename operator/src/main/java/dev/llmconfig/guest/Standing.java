package dev.llmconfig.guest;

import java.util.List;

/// Whose one thing of a workload is: an entry of `env`, a volume, a mount, an annotation, or our
/// marker. What the API server would say is in the claims; who has none of the content, but is
/// still noted for the name of the entry, is in them, too.
public sealed interface Standing {

  /// It is not there.
  record Free() implements Standing {}

  /// Nobody else has anything of it.
  record Ours() implements Standing {}

  /// Ours, and declared by others as well, with the same content: it cannot be changed or deleted
  /// without taking it from them.
  record Shared(List<Claim> with) implements Standing {
    public Shared {
      with = List.copyOf(with);
    }
  }

  record Owned(List<Claim> by) implements Standing {
    public Owned {
      by = List.copyOf(by);
    }
  }

  /// Ours, until a person changed it by hand.
  record Changed(List<Claim> by) implements Standing {
    public Changed {
      by = List.copyOf(by);
    }
  }

  /// Came back with a template of ours that somebody restored, as `kubectl rollout undo` does.
  record Restored(List<Claim> by) implements Standing {
    public Restored {
      by = List.copyOf(by);
    }
  }

  /// It is there, and no record says whose it is. Not ours to touch: a webhook may have put it
  /// there, or somebody has cleared the records.
  record Unclaimed() implements Standing {}
}
