package dev.llmconfig.reconcile;

import dev.llmconfig.verify.Verdict;
import dev.llmconfig.verify.VerdictListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Lets keys and models share one verifier, so that an endpoint has one queue. Whoever asks is
/// known by the kind before the first slash of its name.
final class Verdicts implements VerdictListener {

  private final Map<String, VerdictListener> listeners = new ConcurrentHashMap<>();

  void to(String kind, VerdictListener listener) {
    listeners.put(kind, listener);
  }

  @Override
  public void told(Verdict verdict, Set<String> owners) {
    owners.stream()
        .collect(Collectors.groupingBy(Verdicts::kind, Collectors.toSet()))
        .forEach((kind, asking) -> {
          var listener = listeners.get(kind);
          if (listener != null) {
            listener.told(verdict, asking);
          }
        });
  }

  private static String kind(String owner) {
    return owner.substring(0, owner.indexOf('/'));
  }
}
