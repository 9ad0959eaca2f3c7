package dev.llmconfig.provider;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The listed models that somebody may have meant.
final class DidYouMean {

  private static final int MOST = 3;
  private static final int LONGEST_COMPARED = 128;

  private record Guess(String id, int distance) {}

  private DidYouMean() {}

  /// First the id without its vendor, which is what most people copy from elsewhere; then the
  /// closest.
  static List<String> among(List<String> listed, String id) {
    String wanted = name(id);
    Stream<String> sameName = listed.stream().filter(other -> name(other).equals(wanted)).sorted();
    Stream<String> close =
        listed.stream()
            .map(other -> new Guess(other, distance(name(other), wanted)))
            .filter(guess -> guess.distance <= Math.max(2, wanted.length() / 2))
            .sorted(Comparator.comparingInt(Guess::distance).thenComparing(Guess::id))
            .map(Guess::id);
    return Stream.concat(sameName, close).distinct().limit(MOST).toList();
  }

  private static String name(String id) {
    String name = id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return name.substring(0, Math.min(name.length(), LONGEST_COMPARED));
  }

  /// How many letters must be added, taken away or changed.
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
