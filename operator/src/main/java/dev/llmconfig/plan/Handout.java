package dev.llmconfig.plan;

import dev.llmconfig.agent.AgentFiles;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.Profile;
import dev.llmconfig.agent.Renderer;
import dev.llmconfig.agent.Rendering;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.ParameterBasis;
import dev.llmconfig.domain.Revision;
import java.util.List;

/// What one workload is given of a revision: with the profile of the ModelConfig, or with one that
/// its own annotation names. Of the last good revision it is the same as when that was new.
public sealed interface Handout {

  /// Nothing is delivered in this mode; in mode Gateway not before there is one.
  record Nothing() implements Handout {}

  /// The profile cannot be used with these settings.
  record Refused(ConditionReason reason, String sentence) implements Handout {}

  /// Variables, in the container or in the Secret of mode EnvFrom.
  ///
  /// @param rendered such as `d-0123456789`
  record Variables(String rendered, List<Entry> entries) implements Handout {
    public Variables {
      entries = List.copyOf(entries);
    }
  }

  /// Files.
  ///
  /// @param rendered such as `d-0123456789`
  record Files(String rendered, AgentFiles files) implements Handout {}

  static Handout of(Revision revision, ParameterBasis basis, Profile profile, String modelConfig) {
    return switch (revision.mode()) {
      case None, Gateway -> new Nothing();
      case Env, EnvFrom, File ->
          switch (Renderer.render(profile, AgentSettings.direct(revision, basis))) {
            case Rendering.Refused(var reason, var sentence) -> new Refused(reason, sentence);
            case Rendering.Rendered rendered ->
                given(revision, basis, rendered.entries(), modelConfig);
          };
    };
  }

  private static Handout given(
      Revision revision, ParameterBasis basis, List<Entry> entries, String modelConfig) {
    return switch (revision.mode()) {
      case Env -> new Variables(RenderedName.ofEnv(entries, revision.keyRevision()), entries);
      case EnvFrom ->
          new Variables(
              RenderedName.ofEnvFrom(entries, revision.keyRevision(), modelConfig), entries);
      case File -> {
        var files =
            AgentFiles.of(AgentSettings.direct(revision, basis), entries, revision.fileMountPath());
        yield new Files(RenderedName.ofFiles(files, revision.keyRevision(), modelConfig), files);
      }
      case None, Gateway -> new Nothing();
    };
  }
}
