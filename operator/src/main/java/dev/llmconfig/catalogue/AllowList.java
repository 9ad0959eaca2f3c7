package dev.llmconfig.catalogue;

import java.util.List;

/// Patterns of model ids: the whole id, case-sensitive, `*` for any characters. No pattern at all
/// allows everything (traps U12).
public record AllowList(List<String> patterns) {

  public AllowList {
    patterns = List.copyOf(patterns);
  }

  public boolean allows(String id) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> fits(pattern, id));
  }

  /// Linear but for one step back per star: a pattern is user input, so no regular expression.
  private static boolean fits(String pattern, String id) {
    int p = 0;
    int i = 0;
    int star = -1;
    int resume = 0;
    while (i < id.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = i;
      } else if (p < pattern.length() && pattern.charAt(p) == id.charAt(i)) {
        p++;
        i++;
      } else if (star >= 0) {
        p = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
