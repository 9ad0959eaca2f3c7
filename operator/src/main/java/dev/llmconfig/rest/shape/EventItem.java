package dev.llmconfig.rest.shape;

/// What the events of `/events` hold.
public sealed interface EventItem {

  /// The first one.
  record Hello(String epoch, long seq, boolean stale) implements EventItem {}

  /// An object that is new, or another than before.
  ///
  /// @param item as the list of its kind has it
  record Upsert(String kind, String id, Object item) implements EventItem {}

  record Delete(String kind, String id) implements EventItem {}

  /// All of them must be listed again.
  record Refresh(String kind) implements EventItem {}

  /// Whether the rows are old, which has changed.
  record Freshness(boolean stale, String syncedAt) implements EventItem {}

  /// The last one.
  record Bye(String reason) implements EventItem {}
}
