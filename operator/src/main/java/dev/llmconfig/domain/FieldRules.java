package dev.llmconfig.domain;

import dev.llmconfig.api.Provider;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What single fields may hold, wherever they come from: an object, an option of a command, a
/// request. Each rule is empty for a good value, else half a sentence that follows the name of the
/// field. None repeats the value, because a key may have been pasted there.
public final class FieldRules {

  /// Labels carry the names of our objects.
  public static final int LONGEST_OWN_NAME = 63;

  public static final int LONGEST_NAME = 253;

  private static final int LONGEST_MODEL = 256;
  private static final int LONGEST_PATH = 256;

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern CONTAINER = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern PROFILE = Pattern.compile("[a-z0-9-]{1,63}");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Z}]");
  private static final Pattern DIRECTORY = Pattern.compile("(/[^/:\\p{C}]+)+/?");
  private static final Pattern STEP_ASIDE = Pattern.compile("/[.]{1,2}(/|$)");
  private static final Pattern LABEL_KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

  private static final Pattern NO_KEY_CHARACTER = Pattern.compile("[^A-Za-z0-9_.-]+");
  private static final int SHORTEST_KEY = 20;

  private FieldRules() {}

  /// Whether a text holds what begins and looks like a provider's key: for fields that are shown to
  /// everybody. A short word or one without a digit is a name that only begins alike.
  public static boolean looksLikeAKey(String text) {
    return NO_KEY_CHARACTER
        .splitAsStream(text)
        .filter(word -> word.length() >= SHORTEST_KEY && word.chars().anyMatch(Character::isDigit))
        .anyMatch(word ->
            Stream.of(Provider.values())
                .flatMap(provider -> provider.keyPrefixes().stream())
                .anyMatch(word::startsWith));
  }

  public static Optional<String> modelId(String text) {
    return rule(
        !text.isEmpty() && text.length() <= LONGEST_MODEL && !UNSEEN.matcher(text).find(),
        "must be 1 to 256 characters without spaces or invisible characters");
  }

  public static Optional<String> objectName(String text, int longest) {
    return rule(
        text.length() <= longest && NAME.matcher(text).matches(),
        "must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most %d characters"
            .formatted(longest));
  }

  public static Optional<String> containerName(String text) {
    return rule(
        CONTAINER.matcher(text).matches(),
        "must be container names: lower-case letters, digits and -, with a letter or digit at both ends");
  }

  public static Optional<String> profileId(String text) {
    return rule(
        PROFILE.matcher(text).matches(),
        "must be the id of a profile, such as openai or spring-ai-2: lower-case letters, digits and -");
  }

  public static Optional<String> directory(String text) {
    return rule(
        text.length() <= LONGEST_PATH
            && DIRECTORY.matcher(text).matches()
            && !STEP_ASIDE.matcher(text).find(),
        "must be an absolute directory below /, such as /etc/llm, without . or .. as a part, : or doubled /");
  }

  public static Optional<String> labelKey(String text) {
    return rule(
        LABEL_KEY.matcher(text).matches(), "must be a label name, like name or example.com/name");
  }

  public static Optional<String> labelValue(String text) {
    return rule(
        LABEL_VALUE.matcher(text).matches(),
        "must be a label value: at most 63 letters, digits, -, _ and ., with a letter or digit at both ends");
  }

  private static Optional<String> rule(boolean holds, String otherwise) {
    return holds ? Optional.empty() : Optional.of(otherwise);
  }
}
