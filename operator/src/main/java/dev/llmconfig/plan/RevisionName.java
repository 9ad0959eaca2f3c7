package dev.llmconfig.plan;

import dev.llmconfig.domain.Revision;

/// The name of a revision, such as `m-0123456789`: for annotations, approvals and people.
public final class RevisionName {

  private RevisionName() {}

  /// Any change here renames every revision there is; agents whose `rendered` stays do not restart.
  public static String of(Revision revision) {
    return ContentName.of("revision")
        .part("apiKey", revision.apiKey())
        .part("provider", revision.provider().name())
        .part("keyRevision", revision.keyRevision())
        .part("endpoint", revision.endpoint().text())
        .part("apiVersion", revision.apiVersion())
        .part("headers", revision.headers())
        .part("model", revision.model())
        .part("parameters", revision.parameters())
        // A label has an @, and the name of a rendering has none.
        .part("profile", revision.profile().rendering().orElse(revision.profile().label()))
        .part("mode", revision.mode().name())
        .part("containers", revision.containers())
        .part("fileMountPath", revision.fileMountPath())
        .text("m-");
  }
}
