package dev.llmconfig.rest;

import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Version;
import java.util.regex.Pattern;

/// What a request says about how its change is to be made.
final class Wishes {

  /// As this API writes it: uid, generation and the number of the last change of anything.
  private static final Pattern STATE = Pattern.compile("\"([^\".]+)\\.([0-9]{1,18})\\..*\"");

  private Wishes() {}

  static Manner manner(Asked asked) {
    return new Manner(
        yes(asked, "dryRun")
            ? asked.yaml() ? Manner.Run.Draft : Manner.Run.DryRun
            : Manner.Run.Apply,
        yes(asked, "force") ? Manner.Foreign.TakeOver : Manner.Foreign.Ask);
  }

  static boolean yes(Asked asked, String parameter) {
    return asked.query().yes(parameter);
  }

  /// A state that nobody has ever been told of is none that there is.
  static Version seen(Asked asked) {
    return asked.ifMatch().isEmpty() || asked.ifMatch().contains("*")
        ? new Version.Any()
        : new Version.OneOf(asked.ifMatch().stream().map(Wishes::state).toList());
  }

  private static Version.Seen state(String etag) {
    var read = STATE.matcher(etag);
    return read.matches()
        ? new Version.Seen(read.group(1), Long.parseLong(read.group(2)))
        : new Version.Seen("", -1);
  }
}
