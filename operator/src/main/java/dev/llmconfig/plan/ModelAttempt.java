package dev.llmconfig.plan;

import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.KeyRef;
import dev.llmconfig.agent.Profile;
import dev.llmconfig.agent.Renderer;
import dev.llmconfig.agent.Rendering;
import dev.llmconfig.agent.Settings;
import dev.llmconfig.catalogue.DeclaredModel;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.domain.UsableKey;
import dev.llmconfig.plan.Acceptance.Finding;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a ModelConfig comes to with one profile.
sealed interface ModelAttempt {

  /// What to do where nothing but the policy refuses.
  String BY_POLICY = "Correct what is named, or set unsupportedParameters: Drop.";

  record Refused(List<Finding> findings) implements ModelAttempt {
    public Refused {
      findings = List.copyOf(findings);
    }
  }

  /// It can be used.
  ///
  /// @param rendering empty where nothing is delivered
  record Possible(
      Wanted wanted, ParameterResult.Sent parameters, Optional<Rendering.Rendered> rendering)
      implements ModelAttempt {}

  static ModelAttempt of(
      ModelObserved seen, UsableKey key, DeclaredModel model, ModelFacts facts, Profile profile) {
    var declared = seen.declared();
    var question =
        new ParameterQuestion(
            key.provider(),
            model,
            declared.parameters(),
            declared.unsupportedParameters(),
            profile.requestFormat(declared.delivery().mode()));
    return switch (ParameterResult.of(question, facts, seen.before().applied())) {
      case ParameterResult.Refused(var reason, var problems) ->
          new Refused(
              Stream.concat(
                      problems.stream().map(Problem::sentence),
                      question.refusedByPolicy(facts) ? Stream.of(BY_POLICY) : Stream.empty())
                  .map(sentence -> new Finding(reason, sentence))
                  .toList());
      case ParameterResult.Sent sent -> rendered(seen, key, profile, sent);
    };
  }

  private static ModelAttempt rendered(
      ModelObserved seen, UsableKey key, Profile profile, ParameterResult.Sent sent) {
    var revision = revision(seen, key, profile, sent.effective());
    return switch (revision.mode()) {
      case None -> new Possible(Wanted.of(revision, sent.basis(), profile), sent, Optional.empty());
      case Env, EnvFrom, File ->
          rendered(AgentSettings.direct(revision, sent.basis()), revision, sent, profile);
      case Gateway -> throughGateway(seen, revision, sent, profile);
    };
  }

  private static ModelAttempt rendered(
      Settings settings, Revision revision, ParameterResult.Sent sent, Profile profile) {
    return switch (Renderer.render(profile, settings)) {
      case Rendering.Refused(var reason, var sentence) ->
          new Refused(List.of(new Finding(reason, sentence)));
      case Rendering.Rendered rendered ->
          new Possible(
              Wanted.of(named(revision, profile, rendered), sent.basis(), profile),
              sent,
              Optional.of(rendered));
    };
  }

  /// Whether a profile can be used does not depend on where the gateway is, nor on its key.
  private static ModelAttempt throughGateway(
      ModelObserved seen, Revision revision, ParameterResult.Sent sent, Profile profile) {
    var settings =
        AgentSettings.throughGateway(
            revision,
            sent.basis(),
            new Endpoint("http", "gateway.invalid", 80, ""),
            seen.declared().ref().name(),
            new KeyRef("virtual-key"));
    return rendered(settings, revision, sent, profile);
  }

  private static Revision revision(
      ModelObserved seen, UsableKey key, Profile profile, Parameters effective) {
    var delivery = seen.declared().delivery();
    var accepted = acceptedWith(seen, key);
    return new Revision(
        key.name(),
        key.provider(),
        key.revision(),
        key.endpoint(),
        accepted.isPresent() ? accepted.get().apiVersion() : key.apiVersion(),
        accepted.<SortedMap<String, String>>map(Revision::headers).orElse(key.headers()),
        seen.declared().model(),
        effective,
        new Revision.ProfileUsed(profile.label(), Optional.empty()),
        delivery.mode(),
        delivery.containers(),
        delivery.fileMountPath());
  }

  /// While a candidate of the key waits, its spec tells how the candidate is used. The current key
  /// goes on with what it was applied with.
  private static Optional<Revision> acceptedWith(ModelObserved seen, UsableKey key) {
    return seen.before()
        .applied()
        .map(AppliedRevision::settings)
        .filter(_ -> key.successor() != UsableKey.Successor.None)
        .filter(applied ->
            applied.apiKey().equals(key.name())
                && applied.keyRevision().equals(key.revision())
                && applied.endpoint().equals(key.endpoint()));
  }

  /// A profile of a ConfigMap can change under its label; what it renders is then what counts.
  private static Revision named(Revision revision, Profile profile, Rendering.Rendered rendered) {
    if (profile.origin() == Profile.Origin.BuiltIn) {
      return revision;
    }
    var list = new TreeMap<String, String>();
    rendered.entries().forEach(entry -> list.put(entry.name(), text(entry.value())));
    return new Revision(
        revision.apiKey(),
        revision.provider(),
        revision.keyRevision(),
        revision.endpoint(),
        revision.apiVersion(),
        revision.headers(),
        revision.model(),
        revision.parameters(),
        new Revision.ProfileUsed(
            profile.label(),
            Optional.of(ContentName.of("profile").part("list", list).text("p-")),
            Optional.of(profile.text())),
        revision.mode(),
        revision.containers(),
        revision.fileMountPath());
  }

  private static String text(Entry.Value value) {
    return switch (value) {
      case Entry.Literal(var text) -> "value " + text;
      case Entry.Key(var ref) -> "secret " + ref.secret();
    };
  }
}
