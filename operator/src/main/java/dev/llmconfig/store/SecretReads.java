package dev.llmconfig.store;

import dev.llmconfig.access.Caller;
import dev.llmconfig.domain.Ref;
import java.util.List;

/// Which Secrets there are to choose a key from, as the person who asks may see them. No value of
/// any of them comes out of here.
public interface SecretReads {

  Looked<List<Listed>> in(Caller who, String namespace);

  /// The names of its data keys.
  Looked<List<String>> dataKeys(Caller who, Ref secret);

  /// One of a list.
  ///
  /// @param managed the operator made it, and may take it away again
  record Listed(Ref ref, String createdAt, boolean managed) {}
}
