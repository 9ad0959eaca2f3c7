package dev.llmconfig.store.cluster;

import dev.llmconfig.domain.FieldRules;
import java.util.Locale;

/// Names for objects that nobody has named.
final class Names {

  private static final int ROOM_FOR_A_NUMBER = 4;

  private Names() {}

  /// Of whatever people call it, in any case and with any signs.
  static String of(String text, String otherwise) {
    var name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
    var most = FieldRules.LONGEST_OWN_NAME - ROOM_FOR_A_NUMBER;
    var cut = name.substring(0, Math.min(name.length(), most)).replaceAll("-+$", "");
    return cut.isEmpty() ? otherwise : cut;
  }

  /// The same for another of that name.
  static String numbered(String name, int number) {
    return number == 1 ? name : name + "-" + number;
  }
}
