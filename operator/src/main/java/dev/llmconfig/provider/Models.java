package dev.llmconfig.provider;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.VerdictReason;
import java.util.List;

/// What a probe learned about the models, next to the verdict on the key.
public sealed interface Models {

  /// The models of the list.
  ///
  /// @param complete false where there were more than we read
  record Listed(List<ListedModel> models, boolean complete) implements Models {
    public Listed {
      models = List.copyOf(models);
    }
  }

  record Empty(EmptyListReason reason) implements Models {}

  /// Not read, so that what was known before still holds.
  record NotRead(VerdictReason reason) implements Models {}
}
