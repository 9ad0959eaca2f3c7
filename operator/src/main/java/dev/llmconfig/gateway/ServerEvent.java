package dev.llmconfig.gateway;

/// One event of an event stream. Bytes that are no text have become the mark of that.
///
/// @param name empty where none was given
record ServerEvent(String name, String data) {

  /// What a model says is not for logs.
  @Override
  public String toString() {
    return "ServerEvent[%s, %d characters]".formatted(name, data.length());
  }
}
