package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.catalogue.AllowList;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.catalogue.ParameterMapping;
import dev.llmconfig.crypto.RingSource;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Header;
import dev.llmconfig.domain.KeyPhase;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.mirror.HeldToken;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.KnownModel;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Readiness;
import dev.llmconfig.provider.Target;
import dev.llmconfig.provider.transport.ExtraTrust;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/// Finds what a chat uses: model, key and parameters as they are applied. What waits for its
/// verification is never used. The caller can name a config or an offered model, and nothing else.
public final class ChatTargets {

  private static final String LOOK = "Look at the conditions of %s; they say what it waits for.";

  private final RingSource ring;
  private final Catalogue catalogue;

  public ChatTargets(RingSource ring, Catalogue catalogue) {
    this.ring = ring;
    this.catalogue = catalogue;
  }

  /// What is known of a key.
  ///
  /// @param models what it offers
  public record Key(KeyRow row, Optional<OfferedModels> models) {}

  /// A config, as it is applied.
  ///
  /// @param key the one that the applied settings name
  /// @param asked parameters for this call
  public Resolution config(ModelConfigRow config, Optional<Key> key, ObjectNode asked) {
    String name = "ModelConfig " + config.ref().name();
    if (config.suspended()) {
      return suspended(name);
    }
    Optional<AppliedRevision> applied = config.lastGood();
    if (applied.isEmpty()) {
      return notNow(config.ready(), name);
    }
    if (key.isEmpty()) {
      return new Resolution.NotNow(
          ConditionReason.KeyNotFound.name(),
          "The key that %s uses is not there.".formatted(name),
          LOOK.formatted(name));
    }
    var settings = applied.get().settings();
    return resolve(
        key.get(),
        new Use(
            settings.model(),
            settings.endpoint(),
            settings.keyRevision(),
            settings.apiVersion(),
            headers(settings.headers()),
            settings.parameters()),
        asked);
  }

  /// A model that nobody has configured, with the key that is in use.
  public Resolution offered(Key key, String model, ObjectNode asked) {
    String name = "ApiKeyConfig " + key.row().ref().name();
    Optional<ApiKey> declared = key.row().key();
    Optional<Endpoint> endpoint = endpoint(key.row().accepted().endpoint());
    if (key.row().declared().suspended()) {
      return suspended(name);
    }
    boolean inUse =
        key.row().current().isPresent()
            || (key.row().declared().source().isEmpty()
                && key.row().told().ready().status().equals("True"));
    if (declared.isEmpty() || endpoint.isEmpty() || !inUse) {
      return notNow(key.row().told().ready(), name);
    }
    if (!new AllowList(declared.get().models().allow()).allows(model)) {
      return new Resolution.NotOffered(
          "%s does not offer this model: no pattern of models.allow fits it.".formatted(name));
    }
    return resolve(
        key,
        new Use(
            model,
            endpoint.get(),
            key.row().current().map(HeldToken::revision),
            declared.get().connection().azureApiVersion(),
            declared.get().connection().headers(),
            Parameters.none()),
        asked);
  }

  /// Settings that are applied.
  private record Use(
      String model,
      Endpoint endpoint,
      Optional<String> revision,
      Optional<String> apiVersion,
      List<Header> headers,
      Parameters parameters) {}

  private Resolution resolve(Key key, Use use, ObjectNode asked) {
    String name = "ApiKeyConfig " + key.row().ref().name();
    Optional<ApiKey> declared = key.row().key();
    if (key.row().declared().suspended()) {
      return suspended(name);
    }
    if (declared.isEmpty() || key.row().told().phase() == KeyPhase.Expired) {
      return notNow(key.row().told().ready(), name);
    }
    ModelFacts facts = KnownModel.of(catalogue, declared.get(), use.model(), key.models());
    var format = ParameterMapping.usualFormat(facts);
    Validated<Parameters> read = CallParameters.read(asked);
    if (!(read instanceof Validated.Valid<Parameters>(var parameters))) {
      return new Resolution.Impossible(CallParameters.problems(read).orElseThrow());
    }
    return switch (ParameterMapping.decide(
        CallParameters.over(use.parameters(), parameters),
        facts,
        format,
        UnsupportedParameters.Drop)) {
      case ParameterDecision.Refuse(_, var problems) -> new Resolution.Impossible(problems);
      case ParameterDecision.Send(var effective) ->
          opened(
              key.row(),
              use,
              lease ->
                  new ChatTarget(
                      new Target(
                          declared.get().provider(),
                          use.endpoint(),
                          declared.get().connection().insecureAllowed(),
                          use.headers(),
                          trust(key.row()),
                          use.apiVersion()),
                      facts,
                      format,
                      effective,
                      place(declared.get().source()),
                      lease));
    };
  }

  private interface Making {
    ChatTarget with(KeyLease lease);
  }

  /// Without a ring nobody chats, not even where no key is needed: one rule is easier to know.
  private Resolution opened(KeyRow key, Use use, Making target) {
    var current = ring.current();
    if (current.isEmpty()) {
      return new Resolution.NoRing();
    }
    if (use.revision().isEmpty()) {
      return new Resolution.Ready(target.with(KeyLease.NO_KEY), () -> {});
    }
    Optional<HeldToken> token = token(key, use);
    if (token.isEmpty()) {
      return new Resolution.NotNow(
          ConditionReason.KeyNotReady.name(),
          "The key that was applied is not held any more, and the one in use goes elsewhere.",
          LOOK.formatted("ApiKeyConfig " + key.ref().name()));
    }
    return switch (TokenOpening.of(current.get(), key.ref(), use.endpoint(), token.get())) {
      case TokenOpening.Key(var bytes) ->
          new Resolution.Ready(target.with(() -> Optional.of(bytes)), bytes::close);
      case TokenOpening.Foreign() ->
          new Resolution.NotNow(
              ConditionReason.TokenBoundElsewhere.name(),
              "The stored key of ApiKeyConfig %s was made for another object or endpoint."
                  .formatted(key.ref().name()),
              "Delete its managed Secret; the operator makes it anew.");
      case TokenOpening.Closed() ->
          new Resolution.Unopened(
              "No key of the ring opens the stored key of ApiKeyConfig %s."
                  .formatted(key.ref().name()));
    };
  }

  /// The very revision that was applied, while it is held; else the one in use, if it goes to the
  /// same place: it was accepted there, too.
  private static Optional<HeldToken> token(KeyRow key, Use use) {
    String revision = use.revision().orElse("");
    return Stream.concat(
            Stream.of(key.current(), key.previous())
                .flatMap(Optional::stream)
                .filter(held -> held.revision().equals(revision)),
            key.current().stream())
        .filter(held -> endpoint(held.endpoint()).equals(Optional.of(use.endpoint())))
        .findFirst();
  }

  private static ExtraTrust trust(KeyRow key) {
    try {
      return key.accepted()
          .authority()
          .map(pem -> ExtraTrust.parse(pem.getBytes(StandardCharsets.US_ASCII)))
          .orElse(ExtraTrust.NONE);
    } catch (IllegalArgumentException _) {
      return ExtraTrust.NONE; // the connection says what is wrong with it
    }
  }

  /// A status may hold what no spec may, when somebody else has written it.
  private static List<Header> headers(SortedMap<String, String> applied) {
    return applied.entrySet().stream()
        .flatMap(entry -> {
          try {
            return Stream.of(new Header(entry.getKey(), entry.getValue()));
          } catch (IllegalArgumentException _) {
            return Stream.empty();
          }
        })
        .toList();
  }

  private static Optional<String> place(KeySource source) {
    return switch (source) {
      case KeySource.FromSecret(var secret, _) -> Optional.of("Secret " + secret);
      case KeySource.Encrypted _ -> Optional.of("spec.encryptedKey");
      case KeySource.Sealed _ -> Optional.of("spec.sealedKey");
      case KeySource.Keyless _ -> Optional.empty();
    };
  }

  private static Optional<Endpoint> endpoint(String text) {
    return Endpoint.parse(text) instanceof Validated.Valid<Endpoint>(var endpoint)
        ? Optional.of(endpoint)
        : Optional.empty();
  }

  private static Resolution suspended(String name) {
    return new Resolution.NotNow(
        ConditionReason.Suspended.name(),
        name + " is suspended.",
        "Set spec.suspend of %s to false.".formatted(name));
  }

  private static Resolution notNow(Readiness ready, String name) {
    return new Resolution.NotNow(
        ready.reason().isEmpty() ? ConditionReason.Pending.name() : ready.reason(),
        ready.message().isEmpty() ? name + " has not been looked at yet." : ready.message(),
        LOOK.formatted(name));
  }
}
