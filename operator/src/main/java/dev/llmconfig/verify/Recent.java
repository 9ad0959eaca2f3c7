package dev.llmconfig.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A map that forgets what was used longest ago. Owned by one lock.
final class Recent<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;
  private static final float LOAD = 0.75f;

  private final int most;

  Recent(int most) {
    super(16, LOAD, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.@Nullable Entry<K, V> eldest) {
    return size() > most;
  }
}
