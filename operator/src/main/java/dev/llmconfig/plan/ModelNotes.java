package dev.llmconfig.plan;

import dev.llmconfig.agent.Rendering;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.catalogue.Source;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.plan.ParameterResult.Sent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is worth knowing about a model and changes nothing, the most useful first, at most ten.
final class ModelNotes {

  static final int MOST = 10;
  static final String DID_YOU_MEAN = "DidYouMean";

  private final ModelOutlook outlook;
  private final Acceptance.Accepted accepted;
  private final Revision revision;

  private ModelNotes(ModelOutlook outlook, Acceptance.Accepted accepted) {
    this.outlook = outlook;
    this.accepted = accepted;
    this.revision = accepted.wanted().revision();
  }

  static List<StatusNote> of(ModelOutlook outlook) {
    return most(
        Stream.concat(
                outlook.acceptance().accepted().stream()
                    .flatMap(accepted -> new ModelNotes(outlook, accepted).notes()),
                gatewayOnly(outlook).stream())
            .toList());
  }

  /// One for each reason: whoever looks for a word finds all that is said about it.
  static List<StatusNote> most(List<StatusNote> notes) {
    var byReason = new LinkedHashMap<String, String>();
    notes.forEach(note -> byReason.merge(note.reason(), note.message(), "%s %s"::formatted));
    return byReason.entrySet().stream()
        .limit(MOST)
        .map(note -> new StatusNote(note.getKey(), note.getValue()))
        .toList();
  }

  private Stream<StatusNote> notes() {
    var notes = new ArrayList<StatusNote>();
    didYouMean().ifPresent(notes::add);
    profileRefused().ifPresent(notes::add);
    notChecked().ifPresent(notes::add);
    aboveListedLimit().ifPresent(notes::add);
    decidedOtherwise().ifPresent(notes::add);
    accepted
        .parameters()
        .notes()
        .forEach(note -> notes.add(new StatusNote(note.reason().name(), note.sentence())));
    accepted.rendering().map(Rendering.Rendered::notes).orElse(List.of()).stream()
        .forEach(note -> notes.add(new StatusNote(note.reason().name(), note.sentence())));
    headersNotCarried().ifPresent(notes::add);
    return notes.stream();
  }

  /// What was heard outlives the process in the note itself.
  private Optional<StatusNote> didYouMean() {
    if (outlook.standing().refused().filter(VerdictReason.ModelNotFound::equals).isEmpty()) {
      return Optional.empty();
    }
    return outlook
        .seen()
        .heard()
        .map(answer ->
            answer.didYouMean().isEmpty()
                ? Optional.<StatusNote>empty()
                : Optional.of(
                    new StatusNote(
                        DID_YOU_MEAN,
                        "%s lists %s; perhaps %s is meant."
                            .formatted(
                                revision.provider(),
                                String.join(", ", answer.didYouMean()),
                                answer.didYouMean().size() == 1 ? "that" : "one of them"))))
        .orElseGet(() ->
            outlook.seen().before().notes().stream()
                .filter(note -> note.reason().equals(DID_YOU_MEAN))
                .findFirst());
  }

  /// Something of that name is in force all the same.
  private Optional<StatusNote> profileRefused() {
    var id = accepted.wanted().profile().id();
    return outlook
        .seen()
        .profiles()
        .refusal(id)
        .map(why ->
            new StatusNote(
                "ProfileRefused",
                "The file of profile %s is refused (%s); until it is corrected, %s."
                    .formatted(
                        id,
                        why,
                        switch (accepted.wanted().profile().origin()) {
                          case ConfigMap -> "the one that agents got before is used";
                          case BuiltIn -> "the built-in one is used";
                        })));
  }

  private Optional<StatusNote> notChecked() {
    return outlook
        .standing()
        .word()
        .filter(ModelStanding.Word::accepted)
        .map(word -> ModelWords.accepted(word.reason()))
        .filter(VerdictReason.ModelNotChecked::equals)
        .map(reason -> new StatusNote(reason.name(), new ModelWords(revision).nextStep(reason)));
  }

  /// The list is not obeyed, because it was not declared; but who reads this can declare it.
  private Optional<StatusNote> aboveListedLimit() {
    var listed = outlook.seen().listed().facts().value(Attribute.MAX_OUTPUT_TOKENS);
    var sent = revision.parameters().maxOutputTokens();
    return listed
        .filter(limit -> sent.orElse(0) > limit)
        .filter(_ -> !declaredLimit(accepted.facts()))
        .map(limit ->
            new StatusNote(
                "AboveListedLimit",
                "By its list of models %s answers with at most %d tokens, and maxOutputTokens %d is sent; lower it, or declare the limit in spec.models.additional of the ApiKeyConfig."
                    .formatted(revision.provider(), limit, sent.orElse(0))));
  }

  private static boolean declaredLimit(ModelFacts facts) {
    return facts
        .facts()
        .get(Attribute.MAX_OUTPUT_TOKENS)
        .filter(fact -> fact.source().equals(Source.override()))
        .isPresent();
  }

  private Optional<StatusNote> decidedOtherwise() {
    Sent parameters = accepted.parameters();
    return parameters.otherwise().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StatusNote(
                "CatalogueChanged",
                "By what is known of %s now, %s would be decided otherwise; that is taken up when the model or a parameter is changed."
                    .formatted(
                        revision.model(),
                        parameters.otherwise().stream()
                            .sorted()
                            .map(Parameter::field)
                            .collect(Collectors.joining(", ")))));
  }

  private Optional<StatusNote> headersNotCarried() {
    var lost =
        revision.headers().keySet().stream()
            .filter(name -> !AgentSettings.CARRIED.containsKey(name))
            .toList();
    return lost.isEmpty() || !direct(revision.mode())
        ? Optional.empty()
        : Optional.of(
            new StatusNote(
                "HeadersNotCarried",
                "Agents do not send these headers of ApiKeyConfig %s: %s. Checks, chat and the gateway do."
                    .formatted(revision.apiKey(), String.join(", ", lost))));
  }

  private static boolean direct(DeliveryMode mode) {
    return switch (mode) {
      case Env, EnvFrom, File -> true;
      case Gateway, None -> false;
    };
  }

  private static Optional<StatusNote> gatewayOnly(ModelOutlook outlook) {
    return outlook.seen().declared().fallbacks().isEmpty() || outlook.seen().gateway()
        ? Optional.empty()
        : Optional.of(
            new StatusNote(
                "GatewayOnly",
                "fallbackRefs are tried by the gateway, and there is none here; agents have this model alone."));
  }
}
