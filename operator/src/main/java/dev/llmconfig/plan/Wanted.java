package dev.llmconfig.plan;

import dev.llmconfig.agent.Profile;
import dev.llmconfig.domain.ParameterBasis;
import dev.llmconfig.domain.Revision;

/// What an accepted ModelConfig comes to: the revision that is verified, approved, rolled and
/// applied. What one workload gets of it is rendered from [AgentSettings] with the profile of that
/// workload.
///
/// @param name such as `m-0123456789`
/// @param basis what has to be remembered with it
/// @param profile the one that the ModelConfig names; a workload may have one of its own
public record Wanted(String name, Revision revision, ParameterBasis basis, Profile profile) {

  static Wanted of(Revision revision, ParameterBasis basis, Profile profile) {
    return new Wanted(RevisionName.of(revision), revision, basis, profile);
  }
}
