package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why something was not done, as RFC 9457 has it.
///
/// @param providerRequestId what the provider can be asked about
/// @param current the object as it is now, where somebody was faster
/// @param owner the tool that manages the object
/// @param yaml what to commit for it instead
/// @param manager who has the fields that are named
/// @param secret where the key is held
/// @param configs what uses the key
/// @param command what to type instead
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
    @Nullable String providerRequestId,
    @Nullable ObjectNode current,
    @Nullable String owner,
    @Nullable String yaml,
    @Nullable String manager,
    @Nullable List<String> fields,
    @Nullable String secret,
    @Nullable List<String> configs,
    @Nullable String command) {

  /// What is wrong with one field.
  public record Field(String field, String reason, String message) {}
}
