package dev.llmconfig.rest;

import java.util.regex.Pattern;

/// What a path may look like before anybody takes it apart: rights must never hang on how a path is
/// put right (traps G11).
final class RawPath {

  /// The two signs of our ids that careful clients encode.
  private static final Pattern HARMLESS = Pattern.compile("%(3[Aa]|7[Ee])");

  private RawPath() {}

  /// @param target as it stands in the request, with its query
  static boolean plain(String target) {
    var path = path(target);
    return path.startsWith("/")
        && !path.contains("//")
        && (path.length() == 1 || !path.endsWith("/"))
        && !path.contains("/./")
        && !path.contains("/../")
        && !path.endsWith("/.")
        && !path.endsWith("/..")
        && HARMLESS.matcher(path).replaceAll("").chars().allMatch(RawPath::allowed);
  }

  static String path(String target) {
    var mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  static String query(String target) {
    var mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  private static boolean allowed(int sign) {
    return sign > ' ' && sign < 0x7f && "%;\\#".indexOf(sign) < 0;
  }
}
