package dev.llmconfig.guest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// How what is there compares with what shall be.
enum Likeness {
  Absent,
  /// Nothing but its name.
  Hollow,
  Different,
  Same;

  static Likeness of(ObjectNode live, ObjectNode difference) {
    if (difference.isEmpty()) {
      return Same;
    }
    return live.size() == 1 ? Hollow : Different;
  }

  static Likeness of(Optional<String> live, String wanted) {
    return live.map(text -> text.equals(wanted) ? Same : Different).orElse(Absent);
  }
}
