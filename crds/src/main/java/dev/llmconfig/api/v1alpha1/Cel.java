package dev.llmconfig.api.v1alpha1;

/// Rules that several fields share. Patterns are rules here, because the message of a schema
/// pattern shows the pattern and no remedy.
///
/// A rule on a field makes the API server repeat the field's value in its answer. Where somebody
/// could have pasted a key by mistake, the rule stands on the object around the field instead.
final class Cel {

  private static final String OBJECT_NAME_PATTERN =
      ".matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')";

  static final String OBJECT_NAME = "self" + OBJECT_NAME_PATTERN;
  static final String NAME_IN = "self.name" + OBJECT_NAME_PATTERN;
  static final String OBJECT_NAME_MESSAGE =
      "name is not the name of an object: use lower-case letters, digits, - and ., with a letter or"
          + " digit at both ends";

  private static final String DATA_KEY_PATTERN =
      ".matches('^([-_A-Za-z0-9][-._A-Za-z0-9]*|[.][-_A-Za-z0-9][-._A-Za-z0-9]*)$')";

  static final String DATA_KEY = "self" + DATA_KEY_PATTERN;
  static final String KEY_IN = "!has(self.key) || self.key" + DATA_KEY_PATTERN;
  static final String DATA_KEY_MESSAGE =
      "key is not a data key: use letters, digits, -, _ and ., as in `kubectl describe` of the"
          + " object";

  /// Emoji and their joiners are fine; what breaks a line or turns the direction of text is not.
  static final String ONE_LINE =
      "!self.matches('[\\\\p{Cc}\\\\p{Zl}\\\\p{Zp}\\\\x{202A}-\\\\x{202E}\\\\x{2066}-\\\\x{2069}]')";

  static final String ONE_LINE_MESSAGE =
      "displayName has a line break or another control character: write it on one line of plain"
          + " text";

  static final String MODEL_ID = "!self.matches('[\\\\p{C}\\\\p{Z}]')";
  static final String MODEL_ID_MESSAGE =
      "the id of a model has no spaces and no invisible characters: remove them, also at its ends";

  /// RFC 3339 as far as our parser reads it. Not the schema's format, whose refusal has no remedy.
  static final String TIME =
      "self.matches('^[0-9]{4}-"
          + "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
          + "|02-(0[1-9]|[12][0-9]))"
          + "T([01][0-9]|2[0-3])(:[0-5][0-9]){2}([.][0-9]{1,9})?"
          + "(Z|[+-](0[0-9]|1[0-7]):[0-5][0-9])$')";

  private static final String LABEL_NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
  private static final String LABEL_KEY_PATTERN =
      "'^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?" + LABEL_NAME + "$'";

  static final String LABEL_KEY = "self.matches(" + LABEL_KEY_PATTERN + ")";
  static final String LABELS =
      "self.all(label, label.matches("
          + LABEL_KEY_PATTERN
          + ") && self[label].matches('^("
          + LABEL_NAME
          + ")?$'))";

  private Cel() {}
}
