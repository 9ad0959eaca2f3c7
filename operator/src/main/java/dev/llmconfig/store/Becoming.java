package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ObjectKind;

/// What an object is to become.
public sealed interface Becoming {

  ObjectKind kind();

  Ref ref();

  /// It has that spec, whether or not it is there already.
  ///
  /// @param newKey its key is another one, too
  record Changed(ObjectKind kind, Ref ref, ObjectNode spec, boolean newKey) implements Becoming {}

  /// It goes.
  record Gone(ObjectKind kind, Ref ref) implements Becoming {}
}
