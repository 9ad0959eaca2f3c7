package dev.llmconfig.catalogue;

import java.util.List;

/// What came of asking a provider for its models.
public sealed interface ListReading {

  record Listed(List<ListedModel> models) implements ListReading {
    public Listed {
      models = List.copyOf(models);
    }
  }

  /// The provider has no list of what this key can use.
  record NoEndpoint() implements ListReading {}

  record Disabled() implements ListReading {}

  /// The reading failed with this verdict; the last list that was read still stands (traps R12).
  record Failed(String reason, String sentence, List<ListedModel> last) implements ListReading {
    public Failed {
      last = List.copyOf(last);
    }
  }
}
