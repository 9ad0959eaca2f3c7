package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.domain.ModelDelivery;
import dev.llmconfig.domain.ModelPhase;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.rest.shape.Config;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.rest.shape.RolloutWish;
import dev.llmconfig.store.Choice;
import dev.llmconfig.store.ModelDraft;
import dev.llmconfig.store.RolloutRequest;
import dev.llmconfig.store.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Changes of model configurations.
final class ConfigWrites {

  private static final String PATH = "/config/model-configs";

  private final Parts parts;
  private final Outcomes outcomes;

  ConfigWrites(Parts parts, ConfigReads reads) {
    this.parts = parts;
    var written =
        new Written(
            parts.mirror(),
            parts.installation().api() + PATH,
            (view, ref) -> view.modelConfig(ref).map(one -> one.row().version()),
            reads::one,
            ConfigWrites::unseen);
    this.outcomes =
        new Outcomes(
            parts.access(),
            written,
            ProblemReason.ModelNotFound,
            Impacts.of(parts, ObjectKind.ModelConfig));
  }

  Answer create(Asked asked) {
    var sent = asked.sent();
    var namespace = sent.path("namespace").asText();
    Watched.require(parts.mirror(), namespace);
    var draft =
        new ModelDraft(
            namespace,
            Optional.ofNullable(sent.path("name").textValue()),
            sent.deepCopy().without(List.of("namespace", "name")));
    return outcomes.answer(
        asked, 201, parts.store().createModel(asked.signedIn(), draft, Wishes.manner(asked)));
  }

  Answer change(Asked asked) {
    return outcomes.answer(
        asked,
        200,
        parts
            .store()
            .changeModel(
                asked.signedIn(),
                asked.ref(),
                Wishes.seen(asked),
                asked.sent(),
                Wishes.manner(asked)));
  }

  Answer parameters(Asked asked) {
    return outcomes.answer(
        asked,
        200,
        parts
            .store()
            .replaceParameters(
                asked.signedIn(),
                asked.ref(),
                Wishes.seen(asked),
                asked.sent(),
                Wishes.manner(asked)));
  }

  Answer delete(Asked asked) {
    return outcomes.answer(
        asked,
        204,
        parts
            .store()
            .deleteModel(asked.signedIn(), asked.ref(), Wishes.seen(asked), Wishes.manner(asked)));
  }

  Answer select(Asked asked) {
    var parameters =
        asked.sent().path("parameters") instanceof ObjectNode given
            ? Optional.of(given)
            : Optional.<ObjectNode>empty();
    return outcomes.answer(
        asked,
        200,
        parts
            .store()
            .select(
                asked.signedIn(),
                choice(asked.ref()),
                Wishes.seen(asked),
                parameters,
                Wishes.manner(asked)));
  }

  Answer rollout(Asked asked) {
    var revision = asked.sent().path("revision").textValue();
    var request =
        switch (RolloutWish.Action.valueOf(asked.sent().path("action").asText())) {
          case Retry -> new RolloutRequest.Retry();
          case Approve -> {
            if (revision == null || !revision.matches("[a-z0-9-]{1,63}")) {
              throw Refusal.fields(
                  ProblemReason.Invalid,
                  List.of(
                      new Problem.Field(
                          "revision",
                          ProblemReason.Invalid.name(),
                          "revision must name the revision that may go.")));
            }
            if (FieldRules.looksLikeAKey(revision)) {
              throw Refusal.fields(
                  ProblemReason.LooksLikeAKey,
                  List.of(
                      new Problem.Field(
                          "revision",
                          ProblemReason.LooksLikeAKey.name(),
                          "revision looks like a key, and everybody can read it there.")));
            }
            yield new RolloutRequest.Approve(revision);
          }
        };
    return outcomes.answer(
        asked,
        202,
        parts.store().requestRollout(asked.signedIn(), asked.ref(), Wishes.seen(asked), request));
  }

  /// A config by its name; a model that a key offers by key, colon and model.
  private static Choice choice(Ref ref) {
    var colon = ref.name().indexOf(':');
    return colon < 0
        ? new Choice.Configured(ref)
        : new Choice.Offered(
            new Ref(ref.namespace(), ref.name().substring(0, colon)),
            decoded(ref.name().substring(colon + 1)));
  }

  /// As [ModelReads#offeredId] has written it.
  private static String decoded(String id) {
    var bytes = new ByteArrayOutputStream();
    for (var at = 0; at < id.length(); at++) {
      if (id.charAt(at) == '~' && id.substring(at + 1).matches("(?s)[0-9A-F]{2}.*")) {
        bytes.write(Integer.parseInt(id.substring(at + 1, at + 3), 16));
        at += 2;
      } else {
        bytes.write((byte) id.charAt(at));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// What is known of a config of which the mirror knows nothing yet.
  private static Config unseen(Stored stored) {
    var spec = stored.spec();
    var delivery = spec.path("delivery");
    return new Config(
        Told.id(stored.ref()),
        stored.ref().namespace(),
        stored.ref().name(),
        spec.path("model").asText(),
        spec.path("displayName").textValue(),
        Told.id(new Ref(stored.ref().namespace(), spec.at("/apiKeyRef/name").asText())),
        null,
        spec.path("isDefault").asBoolean(),
        !spec.path("suspend").asBoolean(),
        Wire.object(spec.path("parameters").toString()),
        new Config.Delivery(
            delivery.path("mode").asText(ModelDelivery.USUAL_MODE.name()),
            delivery.path("profile").asText(ModelDelivery.USUAL_PROFILE)),
        ModelPhase.Pending,
        null,
        null,
        null,
        null,
        null,
        new Config.Agents(0, 0, 0, 0),
        List.of(),
        null,
        null,
        null,
        null,
        stored.createdAt(),
        stored.generation(),
        stored.version(),
        spec,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
