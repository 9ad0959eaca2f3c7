package dev.llmconfig.agent;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Which of some names a person may have meant.
public final class Closest {

  private static final int SHOWN = 3;

  private Closest() {}

  /// The likeliest first, at most three; empty if none is near.
  public static List<String> of(String written, Collection<String> names) {
    String wanted = written.toLowerCase(Locale.ROOT);
    int reach = Math.max(2, wanted.length() / 3);
    return names.stream()
        .filter(name -> related(wanted, name) || distance(wanted, name) <= reach)
        .sorted(
            Comparator.<String, Boolean>comparing(name -> !begins(wanted, name))
                .thenComparing(name -> distance(wanted, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(SHOWN)
        .toList();
  }

  private static boolean begins(String wanted, String name) {
    return !wanted.isEmpty() && name.toLowerCase(Locale.ROOT).startsWith(wanted);
  }

  private static boolean related(String wanted, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return wanted.length() > 2 && (lower.contains(wanted) || wanted.contains(lower));
  }

  /// Letters to add, to drop or to replace.
  private static int distance(String wanted, String name) {
    String other = name.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= wanted.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int kept = diagonal + (wanted.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(kept, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
