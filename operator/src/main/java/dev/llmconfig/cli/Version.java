package dev.llmconfig.cli;

import java.util.Objects;

/// The version of this build, as the jar's manifest says it.
final class Version {

  private Version() {}

  static String current() {
    return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "dev");
  }
}
