package dev.llmconfig.mirror;

import java.util.Optional;

/// One key as the managed Secret holds it: encrypted, with the endpoint it was accepted for. All of
/// it is from one state of that Secret, so a token never meets another key's endpoint.
///
/// @param until when a replaced key ends, as written; absent for the current one
public record HeldToken(String token, String revision, String endpoint, Optional<String> until) {

  @Override
  public String toString() {
    return revision;
  }
}
