package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.agent.AgentFiles;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.KeyRef;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.rest.shape.Agent;
import dev.llmconfig.rest.shape.Note;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.rest.shape.SettingsPreview;
import dev.llmconfig.store.Consequences;
import dev.llmconfig.store.YamlText;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What agents would receive of a configuration that nobody has saved.
final class ConfigPreview {

  private static final List<String> NO_SPEC = List.of("namespace", "name", "profile", "agent");
  private static final int LONGEST = 40;

  private final MirrorPool mirror;
  private final InstantSource clock;

  ConfigPreview(Parts parts) {
    this.mirror = parts.mirror();
    this.clock = parts.clock();
  }

  Answer answer(Asked asked) {
    var sent = asked.sent();
    var ref =
        new Ref(
            sent.path("namespace").asText(),
            Optional.ofNullable(sent.path("name").textValue())
                .orElseGet(() -> named(sent.path("model").asText())));
    return mirror.read(view -> {
      ObjectNode spec = sent.deepCopy();
      spec.remove(NO_SPEC);
      profile(view, sent)
          .ifPresent(profile -> spec.withObjectProperty("delivery").put("profile", profile));
      var flaws = Consequences.flaws(ref, spec);
      if (!flaws.isEmpty()) {
        throw NotDone.invalid(flaws);
      }
      return Consequences.given(view, ref, spec, clock.instant())
          .map(given ->
              Answer.json(
                  new SettingsPreview(
                      given.entries().stream().map(ConfigPreview::variable).toList(),
                      given.files().map(ConfigPreview::files).orElse(List.of()),
                      YamlText.of(manifest(ref, spec)),
                      Stream.concat(
                              given.notes().stream()
                                  .map(note -> new Note(note.reason(), note.message())),
                              given.unknown().stream().map(text -> new Note(null, text)))
                          .toList())))
          .orElseThrow(() -> new IllegalStateException("a spec without flaws can be read"));
    });
  }

  /// An agent may have chosen one for itself, which counts for it.
  private static Optional<String> profile(MirrorView view, ObjectNode sent) {
    var agent = Optional.ofNullable(sent.path("agent").textValue());
    var own =
        agent.map(id ->
            Asked.ref(id)
                .filter(ref -> ref.namespace().equals(sent.path("namespace").asText()))
                .filter(ref -> ref.name().indexOf('.') > 0)
                .flatMap(view::agent)
                .map(one -> Wire.object(one.row().detail().sketch()))
                .orElseThrow(() -> noAgent()));
    return Optional.ofNullable(sent.path("profile").textValue())
        .or(() ->
            own.map(tree -> tree.path("metadata").path("annotations"))
                .map(all -> all.path(Annotations.PROFILE).asText())
                .filter(profile -> !profile.isEmpty()));
  }

  private static Refusal noAgent() {
    return Refusal.fields(
        ProblemReason.Invalid,
        List.of(
            new Problem.Field(
                "agent",
                ProblemReason.Invalid.name(),
                "agent is no id of an agent in this namespace.")));
  }

  private static Agent.Variable variable(Entry entry) {
    return switch (entry.value()) {
      case Entry.Literal(var text) -> new Agent.Variable(entry.name(), text, null);
      case Entry.Key _ -> new Agent.Variable(entry.name(), null, true);
    };
  }

  private static List<SettingsPreview.File> files(AgentFiles files) {
    return Stream.concat(
            files.contents().entrySet().stream()
                .map(file ->
                    new SettingsPreview.File(
                        files.mountPath() + "/" + file.getKey(), file.getValue(), null)),
            files.key().stream()
                .map(_ ->
                    new SettingsPreview.File(
                        files.mountPath() + "/" + KeyRef.DATA_KEY, null, true)))
        .toList();
  }

  private static ObjectNode manifest(Ref ref, ObjectNode spec) {
    var object = Wire.object();
    object
        .put("apiVersion", ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1)
        .put("kind", "ModelConfig")
        .putObject("metadata")
        .put("name", ref.name())
        .put("namespace", ref.namespace());
    object.set("spec", spec);
    return object;
  }

  private static String named(String model) {
    var name = model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    var cut = name.substring(0, Math.min(LONGEST, name.length())).replaceAll("^-+|-+$", "");
    return cut.isEmpty() ? "model" : cut;
  }
}
