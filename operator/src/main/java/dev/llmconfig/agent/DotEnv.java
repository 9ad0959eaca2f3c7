package dev.llmconfig.agent;

/// Values in a `.env` file, so that a shell and the usual libraries read the same text.
final class DotEnv {

  private static final String BARE = "[A-Za-z0-9_./:@%+,=-]+";

  private DotEnv() {}

  static String quoted(String text) {
    if (text.matches(BARE)) {
      return text;
    }
    return text.contains("'")
        ? '"' + text.replaceAll("([\\\\\"$`])", "\\\\$1") + '"'
        : "'" + text + "'";
  }
}
