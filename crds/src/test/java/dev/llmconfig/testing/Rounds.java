package dev.llmconfig.testing;

import java.util.Arrays;
import java.util.Locale;

/// What is told of a bench, which has a number from each of its rounds.
public final class Rounds {

  private Rounds() {}

  /// The least of them at 0, the median at 0.5, the greatest at 1.
  public static double quantile(double[] rounds, double share) {
    var sorted = rounds.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /// Of each round by itself: both sides of it had the same weather.
  public static double[] ratios(double[] rounds, double[] rival) {
    var ratios = new double[rounds.length];
    Arrays.setAll(ratios, at -> rounds[at] / rival[at]);
    return ratios;
  }

  /// The median, and how far they go.
  public static String spread(double[] ratios) {
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        quantile(ratios, 0.5),
        quantile(ratios, 0),
        quantile(ratios, 1));
  }
}
