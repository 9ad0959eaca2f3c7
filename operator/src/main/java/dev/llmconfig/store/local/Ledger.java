package dev.llmconfig.store.local;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.RowChange;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where the objects are kept, as JSON that it does not look into.
public interface Ledger extends AutoCloseable {

  /// In one transaction, alone: all of it is written when the work ends, and nothing when it
  /// throws.
  <T> T change(Function<Page, T> work);

  /// On one state, beside whoever writes.
  <T> T look(Function<View, T> work);

  @Override
  void close();

  enum Kind {
    ApiKeyConfig,
    ModelConfig,
    /// What holds the key in use.
    Secret,
    /// What was found out about a key.
    ConfigMap
  }

  interface View {
    Optional<String> find(Kind kind, Ref ref);

    /// In the order of their names.
    List<String> all(Kind kind);

    /// What the store itself has to remember.
    Optional<String> setting(String name);

    /// Whether that was done to the store once.
    boolean migrated(String name);
  }

  interface Page extends View {

    void put(Kind kind, Ref ref, String json);

    void remove(Kind kind, Ref ref);

    /// The rows that say what the objects say.
    void show(List<RowChange> rows);

    /// These rows and no others: an older version may have made others of the same objects.
    void showAll(List<RowChange> rows);

    void keepSetting(String name, String value);

    void markMigrated(String name);

    /// A number that was never given before and never will be.
    long next();
  }
}
