package dev.llmconfig.verify;

import java.util.Set;

/// Told of every answer, on the thread that got it. Must be quick.
@FunctionalInterface
public interface VerdictListener {

  void told(Verdict verdict, Set<String> owners);
}
