package dev.llmconfig.plan;

/// Which key is used where.
///
/// @param revision `none` where no key is used
/// @param terms a digest of headers, certificates and API version; empty for nothing
public record UsedKey(String revision, String endpoint, String terms) {

  public static final String NO_KEY = "none";
}
