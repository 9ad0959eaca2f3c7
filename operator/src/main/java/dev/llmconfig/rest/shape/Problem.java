package dev.llmconfig.rest.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why something was not done, as RFC 9457 has it.
///
/// @param providerRequestId what the provider can be asked about
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String reason,
    String action,
    String requestId,
    @Nullable List<Field> problems,
    @Nullable String verb,
    @Nullable String resource,
    @Nullable String namespace,
    @Nullable String providerRequestId) {

  /// What is wrong with one field.
  public record Field(String field, String reason, String message) {}
}
