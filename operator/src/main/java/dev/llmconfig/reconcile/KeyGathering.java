package dev.llmconfig.reconcile;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.plan.Exposure;
import dev.llmconfig.plan.FactsSeen;
import dev.llmconfig.plan.FreshList;
import dev.llmconfig.plan.HeldKey;
import dev.llmconfig.plan.KeyAnswer;
import dev.llmconfig.plan.KeyObserved;
import dev.llmconfig.plan.KeyUse;
import dev.llmconfig.plan.Remembered;
import dev.llmconfig.plan.Resolution;
import dev.llmconfig.plan.SealedStep;
import dev.llmconfig.provider.Target;
import dev.llmconfig.provider.transport.ExtraTrust;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.Optional;

/// All that a plan for a key is made of.
final class KeyGathering {

  private static final String NO_RING =
      "The key ring of this installation is missing; restore its Secret from the backup. Agents keep what they have.";

  /// What this process knows of the provider's side.
  interface Providers {

    /// What was heard about this key at this place.
    Optional<KeyAnswer> heard(ApiKey key, KeyQuestion question);

    /// What was heard of its models, along with it or by itself.
    Optional<FreshList> list(ApiKey key, KeyQuestion question);
  }

  /// What the cluster says about it, besides its own source.
  ///
  /// @param use who needs it, and whether somebody wants it gone
  record Surroundings(
      Optional<Secret> managed, ManagedFacts.Found facts, Remembered before, KeyUse use) {}

  private final KeySources sources;
  private final UserObjects objects;
  private final Providers providers;

  KeyGathering(KeySources sources, UserObjects objects, Providers providers) {
    this.sources = sources;
    this.objects = objects;
    this.providers = providers;
  }

  /// What was seen, and what the provider would be asked, were it to be asked. Closing it wipes
  /// every key that was read.
  ///
  /// @param secret what the Secret of the user says of itself, where one was read
  record Gathered(KeyObserved seen, Optional<KeyQuestion> question, Optional<ObjectMeta> secret)
      implements AutoCloseable {
    @Override
    public void close() {
      seen.close();
    }
  }

  Gathered gather(ApiKey key, Surroundings around, Optional<Encryption> encryption, Instant now) {
    return switch (Trust.of(key, objects)) {
      case Trust.Found(var certificates) -> trusted(key, certificates, around, encryption, now);
      case Trust.Missing(var reason, var message) ->
          new Gathered(
              seen(key, unread(reason, message), "", ExtraTrust.NONE, around, encryption, now),
              Optional.empty(),
              Optional.empty());
    };
  }

  private Gathered trusted(
      ApiKey key,
      ExtraTrust certificates,
      Surroundings around,
      Optional<Encryption> encryption,
      Instant now) {
    var terms = Terms.of(key.connection(), certificates);
    var source =
        encryption
            .map(using -> sources.look(key, using))
            .orElseGet(() -> unread(ConditionReason.KeyRingMissing, NO_RING));
    var question =
        KeyQuestion.about(source.resolution())
            .map(revision -> new KeyQuestion(revision, target(key, certificates), terms));
    var seen =
        lookedThrough(
            seen(key, source, terms, certificates, around, encryption, now), source.secret());
    return new Gathered(
        question
            .map(one -> seen.hearing(providers.heard(key, one), providers.list(key, one)))
            .orElse(seen),
        question,
        source.secret());
  }

  /// For every key that is known, because the annotation may hold one from before a rotation.
  private static KeyObserved lookedThrough(KeyObserved seen, Optional<ObjectMeta> secret) {
    return secret.filter(one -> LastApplied.holdsOneOf(seen.keys(), one)).isPresent()
        ? seen.exposed(Exposure.FOUND)
        : seen;
  }

  private static SourceReading unread(ConditionReason reason, String message) {
    return new SourceReading(new Resolution.Unusable(reason, message), new SealedStep.Nothing());
  }

  private KeyObserved seen(
      ApiKey key,
      SourceReading source,
      String terms,
      ExtraTrust certificates,
      Surroundings around,
      Optional<Encryption> encryption,
      Instant now) {
    return new KeyObserved(
        key,
        source.resolution(),
        source.sealed(),
        terms,
        encryption
            .map(using -> HeldKeys.read(key, around.managed(), using))
            .orElseGet(() -> withoutRing(around.managed())),
        around.before(),
        Optional.empty(),
        facts(key, around.facts(), certificates, encryption),
        around.use(),
        Exposure.NONE,
        encryption.map(using -> using.ring().first()),
        now);
  }

  private static FactsSeen facts(
      ApiKey key,
      ManagedFacts.Found found,
      ExtraTrust certificates,
      Optional<Encryption> encryption) {
    return new FactsSeen(
        FactsObject.read(key, found.newest(), encryption.map(Encryption::installation)),
        found.complaint(),
        Optional.empty(),
        Optional.of(certificates).filter(some -> !some.certificates().isEmpty()).map(Trust::pem));
  }

  private static HeldKey withoutRing(Optional<Secret> managed) {
    return managed
        .map(one -> HeldKeys.unopened(one, ConditionReason.KeyRingMissing, NO_RING))
        .orElseGet(HeldKey.Absent::new);
  }

  private static Target target(ApiKey key, ExtraTrust certificates) {
    var connection = key.connection();
    return new Target(
        key.provider(),
        connection.endpoint(),
        connection.insecureAllowed(),
        connection.headers(),
        certificates,
        connection.azureApiVersion());
  }
}
