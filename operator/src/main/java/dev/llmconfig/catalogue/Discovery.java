package dev.llmconfig.catalogue;

import java.util.List;

/// What came of asking a provider for its models.
public sealed interface Discovery {

  record Listed(List<ListedModel> models) implements Discovery {
    public Listed {
      models = List.copyOf(models);
    }
  }

  /// The provider has no list of what this key can use.
  record NoEndpoint() implements Discovery {}

  record Disabled() implements Discovery {}

  /// The reading failed with this verdict; the last list that was read still stands (traps R12).
  record Failed(String reason, String sentence, List<ListedModel> last) implements Discovery {
    public Failed {
      last = List.copyOf(last);
    }
  }
}
