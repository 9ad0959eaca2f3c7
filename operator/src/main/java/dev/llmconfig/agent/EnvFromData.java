package dev.llmconfig.agent;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The same list as data of the Secret that an agent's own manifest names in `envFrom`. Nothing is
/// escaped here: Kubernetes expands `$(NAME)` in `env` only.
public final class EnvFromData {

  private EnvFromData() {}

  /// The one place where the key is beside the settings; its caller owns and wipes the bytes.
  public static SortedMap<String, byte[]> of(List<Entry> entries, byte[] key) {
    var data = new TreeMap<String, byte[]>();
    for (Entry entry : entries) {
      data.put(
          entry.name(),
          switch (entry.value()) {
            case Entry.Literal(var text) -> text.getBytes(StandardCharsets.US_ASCII);
            case Entry.Key _ -> key.clone();
          });
    }
    return data;
  }
}
