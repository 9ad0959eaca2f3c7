package dev.llmconfig.reconcile;

import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what failed for an object and why, once per object and cause: it is tried again for ever,
/// and the framework's own line for each try is switched off.
final class Complaints {

  private static final Logger log = LoggerFactory.getLogger(Complaints.class);

  private final String what;
  private final Map<Ref, String> said = new ConcurrentHashMap<>();

  /// @param what failed, as a constant phrase
  Complaints(String what) {
    this.what = what;
  }

  void about(Ref object, RuntimeException failed) {
    var cause =
        failed instanceof KubernetesClientException refused && refused.getCode() > 0
            ? "the API server answered " + refused.getCode()
            : failed.getClass().getSimpleName();
    if (conflict(failed) || cause.equals(said.put(object, cause))) {
      return;
    }
    var line =
        log.atWarn()
            .addKeyValue("namespace", object.namespace())
            .addKeyValue("name", object.name())
            .addKeyValue("cause", cause);
    if (!(failed instanceof KubernetesClientException)) {
      // A bug; where it is helps, and what it says may be somebody's key.
      line = line.addKeyValue("at", place(failed));
    }
    line.log(what);
  }

  void settled(Ref object) {
    said.remove(object);
  }

  /// Somebody was faster, or the lease went: neither is anybody's fault.
  private static boolean conflict(RuntimeException failed) {
    return failed instanceof WritePermission.NotLeading
        || (failed instanceof KubernetesClientException refused && refused.getCode() == 409);
  }

  private static String place(RuntimeException failed) {
    var trace = failed.getStackTrace();
    return trace.length == 0 ? "unknown" : trace[0].toString();
  }
}
