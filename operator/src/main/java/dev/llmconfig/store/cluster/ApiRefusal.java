package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Right;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Outcome.Owned;
import java.util.List;

/// The API server did not do what it was asked for.
final class ApiRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Why why;

  sealed interface Why {

    /// Fields of other managers.
    record Fields(List<Owned> owned) implements Why {
      public Fields {
        owned = List.copyOf(owned);
      }
    }

    /// It is another version than the one that was looked at.
    record Modified() implements Why {}

    /// It is another object, one with another spec, or none.
    record Replaced() implements Why {}

    record AlreadyThere() implements Why {}

    record Missing() implements Why {}

    record Forbidden(Right right) implements Why {}

    record Invalid(List<Flaw> flaws) implements Why {
      public Invalid {
        flaws = List.copyOf(flaws);
      }
    }

    /// Nobody knows whether it was done.
    record NoAnswer(String what) implements Why {}

    /// It was not done.
    record Away(String what) implements Why {}
  }

  ApiRefusal(Why why) {
    super("the API server refused: " + why.getClass().getSimpleName(), null, false, false);
    this.why = why;
  }

  Why why() {
    return why;
  }
}
