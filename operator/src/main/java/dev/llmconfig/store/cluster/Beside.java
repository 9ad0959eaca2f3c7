package dev.llmconfig.store.cluster;

/// What is written beside an object, before it: the object must never name something that is not
/// there (traps U4).
interface Beside {

  Beside NOTHING =
      new Beside() {
        @Override
        public boolean nothing() {
          return true;
        }
      };

  default boolean nothing() {
    return false;
  }

  /// Whether a key is in it, which must be written down nowhere.
  default boolean holdsKey() {
    return false;
  }

  default void rehearse() {}

  default void write() {}

  /// When the object was refused.
  default void undo() {}

  /// When the object is there.
  default void settle(Live object) {}
}
