package dev.llmconfig.store;

import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Keeper;
import java.util.List;

/// What became of a change.
public sealed interface Outcome {

  /// It is stored, or was so already.
  ///
  /// @param warnings sentences about what was saved in spite of something
  /// @param changes of its spec; empty where nothing was changed, or nobody has compared
  record Done(Stored stored, List<Warning> warnings, List<Preview.Change> changes)
      implements Outcome {
    public Done {
      warnings = List.copyOf(warnings);
      changes = List.copyOf(changes);
    }

    public Done(Stored stored, List<Warning> warnings) {
      this(stored, warnings, List.of());
    }
  }

  /// Nothing was changed.
  record Previewed(Preview preview, List<Warning> warnings) implements Outcome {
    public Previewed {
      warnings = List.copyOf(warnings);
    }
  }

  /// Nothing was changed; this is to be committed.
  record Drafted(List<Declared> objects, Checked by) implements Outcome {
    public Drafted {
      objects = List.copyOf(objects);
    }
  }

  /// It cannot be written down for others to see.
  ///
  /// @param why a sentence
  record Unwritable(String why) implements Outcome {}

  /// Who has looked at what is to be committed.
  enum Checked {
    /// Whoever will decide, too.
    Server,
    /// This process alone.
    Local
  }

  /// The object is gone.
  record Deleted() implements Outcome {}

  /// It will go when what depends on it has been put in order.
  record Deleting() implements Outcome {}

  /// It cannot be changed any more, because its deletion has begun.
  record BeingDeleted() implements Outcome {}

  /// A wish was left with the object.
  ///
  /// @param mark by which its fulfilment will be known
  record Requested(Stored stored, String mark) implements Outcome {}

  /// Everything that is wrong, at once.
  record Invalid(List<Flaw> flaws) implements Outcome {
    public Invalid {
      flaws = List.copyOf(flaws);
    }
  }

  /// Somebody was faster.
  record Conflict(Stored current) implements Outcome {}

  /// Nothing was changed, because others changed the same objects each time.
  record Overtaken() implements Outcome {}

  /// A tool would take the change back.
  ///
  /// @param yaml what to commit instead
  record OwnedByGit(Keeper keeper, String yaml) implements Outcome {}

  /// Fields whose owner has not been asked.
  record OwnedField(List<Owned> fields) implements Outcome {
    public OwnedField {
      fields = List.copyOf(fields);
    }
  }

  /// The key is in the hands of somebody else.
  ///
  /// @param holder the Secret, or what it is sealed in
  record KeyHeldElsewhere(String holder) implements Outcome {}

  /// The owner of the Secret has not agreed to the endpoint.
  ///
  /// @param command with which they would
  record EndpointNotAllowed(String command) implements Outcome {}

  record AlreadyExists(String what) implements Outcome {}

  /// Configurations name the key.
  record InUse(List<String> models) implements Outcome {
    public InUse {
      models = List.copyOf(models);
    }
  }

  record Missing() implements Outcome {}

  /// The right that is missing.
  record Denied(Right right) implements Outcome {}

  /// Nothing was changed, because nobody answers.
  ///
  /// @param why a word for logs
  record Unavailable(String why) implements Outcome {}

  /// It may have been changed.
  record Unknown(String why) implements Outcome {}

  /// A field and who has it.
  record Owned(String field, String manager) {}

  /// Something that a person should know.
  record Warning(String field, String reason, String sentence) {}
}
