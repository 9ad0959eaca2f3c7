package dev.llmconfig.plan.delivery;

import dev.llmconfig.agent.AgentFiles;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.KeyRef;
import dev.llmconfig.agent.Profile;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.domain.ParameterBasis;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.guest.Content;
import dev.llmconfig.plan.Handout;
import dev.llmconfig.plan.rollout.Hindrance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What one workload is to get of one revision, ready to be written.
sealed interface Parcel {

  /// It cannot be made.
  record Impossible(Hindrance hindrance) implements Parcel {}

  /// It can be written.
  ///
  /// @param profile what it was rendered with
  /// @param variables names of all that it may set
  /// @param needs what must be there first
  /// @param environment what the Secret of mode EnvFrom must hold by then
  record Ready(
      String revision,
      String rendered,
      Profile profile,
      Content content,
      List<String> containers,
      Set<String> variables,
      List<Need> needs,
      Optional<Need.Environment> environment)
      implements Parcel {
    public Ready {
      containers = List.copyOf(containers);
      variables = Set.copyOf(variables);
      needs = List.copyOf(needs);
    }
  }

  static Parcel of(
      String name,
      Revision revision,
      ParameterBasis basis,
      Profile profile,
      Optional<List<String>> containers,
      String modelConfig) {
    var told = containers.orElseGet(() -> List.copyOf(revision.containers()));
    return switch (Handout.of(revision, basis, profile, modelConfig)) {
      case Handout.Nothing _ -> new Impossible(notAvailable(revision));
      case Handout.Refused(var reason, var sentence) ->
          new Impossible(new Hindrance(reason, sentence.replaceFirst("[.]$", "")));
      case Handout.Variables(var rendered, var entries)
          when revision.mode() == DeliveryMode.EnvFrom ->
          new Ready(
              name,
              rendered,
              profile,
              new Content.Referenced(),
              told,
              names(entries),
              List.of(),
              Optional.of(environment(name, rendered, entries, revision, modelConfig)));
      case Handout.Variables(var rendered, var entries) ->
          new Ready(
              name,
              rendered,
              profile,
              Content.variables(entries),
              told,
              names(entries),
              keys(entries, revision),
              Optional.empty());
      case Handout.Files(var rendered, var files) ->
          new Ready(
              name,
              rendered,
              profile,
              Content.files(files, ManagedNames.filesConfigMap(modelConfig, rendered)),
              told,
              Set.of(),
              withKey(files, rendered, revision, modelConfig),
              Optional.empty());
    };
  }

  private static Hindrance notAvailable(Revision revision) {
    return new Hindrance(
        ConditionReason.NotAvailable,
        "delivery mode %s is not available yet; use Env, EnvFrom or File"
            .formatted(revision.mode()));
  }

  private static Need.Environment environment(
      String name, String rendered, List<Entry> entries, Revision revision, String modelConfig) {
    return new Need.Environment(
        ManagedNames.environmentSecret(modelConfig),
        name,
        rendered,
        entries,
        revision.apiKey(),
        revision.keyRevision());
  }

  private static Set<String> names(List<Entry> entries) {
    var names = new HashSet<String>();
    entries.forEach(entry -> names.add(entry.name()));
    return names;
  }

  private static List<Need> keys(List<Entry> entries, Revision revision) {
    return entries.stream()
        .flatMap(entry ->
            entry.value() instanceof Entry.Key(var ref)
                ? Stream.of(need(ref, revision))
                : Stream.<Need>empty())
        .distinct()
        .toList();
  }

  private static List<Need> withKey(
      AgentFiles files, String rendered, Revision revision, String modelConfig) {
    var needs = new ArrayList<Need>();
    files.key().ifPresent(ref -> needs.add(need(ref, revision)));
    needs.add(new Need.Files(ManagedNames.filesConfigMap(modelConfig, rendered), files));
    return needs;
  }

  private static Need need(KeyRef ref, Revision revision) {
    return ref.equals(KeyRef.NO_KEY)
        ? new Need.NoKey(ref.secret())
        : new Need.Key(ref.secret(), revision.apiKey(), revision.keyRevision().orElse(""));
  }
}
