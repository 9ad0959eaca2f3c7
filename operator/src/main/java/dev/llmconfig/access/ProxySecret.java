package dev.llmconfig.access;

/// What a proxy proves with that names come from it. Its address alone is never enough: whoever
/// forwards a port comes from loopback as well.
@FunctionalInterface
public interface ProxySecret {

  /// For a process that takes names from nobody.
  ProxySecret NONE = _ -> false;

  /// Compared in constant time.
  boolean is(String said);
}
