package dev.llmconfig.testing;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/// Where tests with random input begin. Each class has the same row of seeds in every run, so that
/// a change is judged by what it changes; `-Dseed=random` looks further, and `-Dseed=N` repeats
/// what a failure has named.
public final class Seeds {

  private static final Map<Class<?>, Random> ROWS = new ConcurrentHashMap<>();

  private Seeds() {}

  public static long next(Class<?> test) {
    var asked = System.getProperty("seed", "");
    return switch (asked) {
      case "" -> row(test).nextLong();
      case "random" -> new Random().nextLong();
      default -> Long.parseLong(asked);
    };
  }

  private static Random row(Class<?> test) {
    return ROWS.computeIfAbsent(test, one -> new Random(one.getName().hashCode()));
  }
}
