package dev.llmconfig.verify;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The largest of what many have, without a look at all of them each time one comes: thousands can
/// share a subject, and each of them asks.
///
/// @param <T> what they have
final class Utmost<T> {

  private final Comparator<T> order;
  private final Supplier<Stream<T>> all;
  private @Nullable T largest;
  private boolean stale;

  /// @param all what those have who are there
  Utmost(Comparator<T> order, Supplier<Stream<T>> all) {
    this.order = order;
    this.all = all;
  }

  /// Somebody has another one than before.
  ///
  /// @param before empty for somebody who was not there, or had none
  /// @param now empty for somebody who is gone, or has none
  void changed(Optional<T> before, Optional<T> now) {
    if (before.equals(now)) {
      return;
    }
    if (before.isPresent() && before.get().equals(largest)) {
      stale = true;
    }
    if (now.isPresent() && (largest == null || order.compare(now.get(), largest) > 0)) {
      largest = now.get();
    }
  }

  Optional<T> get() {
    if (stale) {
      largest = all.get().max(order).orElse(null);
      stale = false;
    }
    return Optional.ofNullable(largest);
  }
}
