package dev.llmconfig.reconcile;

import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ApiKeyPlanner;
import dev.llmconfig.plan.Exposure;
import dev.llmconfig.plan.KeyObserved;
import dev.llmconfig.plan.KeyPlan;
import dev.llmconfig.plan.KeyUse;
import dev.llmconfig.plan.PlannedEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gathers what is known about a key, has it planned, applies the plan and reports.
@ControllerConfiguration(name = "apikeyconfig", fieldManager = FieldManagers.OPERATOR)
final class ApiKeyReconciler implements Reconciler<ApiKeyConfig> {

  private final Encryptions encryptions;
  private final KeyGathering gathering;
  private final KeyProbes probes;
  private final ProbeEvents<ApiKeyConfig> answers;
  private final ManagedSecrets held;
  private final ManagedFacts facts;
  private final ClusterSealedSecrets sealedSecrets;
  private final ModelConfigs modelConfigs;
  private final Applier applier;
  private final ManagedSecretWriter managedWriter;
  private final DeletionGuard guard;
  private final LeftBehind leftBehind;
  private final OlderKeys olderKeys;
  private final SealedSecretWriter sealedWriter;
  private final StatusWriter<ApiKeyConfigStatus, ApiKeyConfig> status;
  private final Complaints complaints = new Complaints("A reconcile failed and is tried again");
  private final EventWriter events;
  private final Counter conflicts;
  private final KubernetesClient metadata;
  private final InstantSource clock;
  private @Nullable MadeAnew<ApiKeyConfig> madeAnew;

  ApiKeyReconciler(
      Encryptions encryptions,
      KeyGathering gathering,
      KeyProbes probes,
      ProbeEvents<ApiKeyConfig> answers,
      ManagedSecrets held,
      ManagedFacts facts,
      ClusterSealedSecrets sealedSecrets,
      ModelConfigs modelConfigs,
      Applier applier,
      OlderKeys olderKeys,
      SealedSecretWriter sealedWriter,
      StatusWriter<ApiKeyConfigStatus, ApiKeyConfig> status,
      EventWriter events,
      Counter conflicts,
      KubernetesClient metadata,
      InstantSource clock) {
    this.encryptions = encryptions;
    this.gathering = gathering;
    this.probes = probes;
    this.answers = answers;
    this.held = held;
    this.facts = facts;
    this.sealedSecrets = sealedSecrets;
    this.modelConfigs = modelConfigs;
    this.applier = applier;
    this.managedWriter = new ManagedSecretWriter(applier, held);
    this.guard = new DeletionGuard(applier);
    this.leftBehind = new LeftBehind(metadata, applier);
    this.olderKeys = olderKeys;
    this.sealedWriter = sealedWriter;
    this.status = status;
    this.events = events;
    this.conflicts = conflicts;
    this.metadata = metadata;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ApiKeyConfig>> prepareEventSources(
      EventSourceContext<ApiKeyConfig> context) {
    var secrets = EventSources.declaredSecrets(context, metadata);
    sealedSecrets.lookInto(context.getPrimaryCache()::get, secrets::get);
    madeAnew = new MadeAnew<>(context.getPrimaryCache());
    return List.of(
        EventSources.managedSecrets(context),
        EventSources.managedFacts(context),
        secrets,
        sealedSecrets.watch(),
        EventSources.declaredConfigMaps(context, metadata),
        EventSources.modelConfigs(context),
        answers,
        madeAnew,
        new RingChanges(encryptions, context.getPrimaryCache()));
  }

  @Override
  public UpdateControl<ApiKeyConfig> reconcile(ApiKeyConfig config, Context<ApiKeyConfig> context) {
    var ref = new Ref(config.getMetadata().getNamespace(), config.getMetadata().getName());
    if (context.isPrimaryResourceDeleted()) {
      forget(config, ref, context);
      return UpdateControl.noUpdate();
    }
    var now = clock.instant();
    try {
      var look = reconcile(config, context, now);
      complaints.settled(ref);
      return NextReconcile.at(look, now);
    } catch (RuntimeException failed) {
      complaints.about(ref, failed);
      if (failed instanceof KubernetesClientException refused) {
        switch (refused.getCode()) {
          case 403 -> reportForbidden(config, refused, now);
          case 409 -> conflicts.increment();
          default -> {}
        }
      }
      throw failed;
    }
  }

  /// The object that is shown may be one that was made anew, which is looked at again.
  private void forget(ApiKeyConfig gone, Ref ref, Context<ApiKeyConfig> context) {
    complaints.settled(ref);
    guard.forget(ref);
    status.forget(gone);
    probes.release(ref);
    olderKeys.gone(ref, () -> refs(context), clock.instant());
    Objects.requireNonNull(madeAnew).lookAgain(ResourceID.fromResource(gone));
  }

  /// When time alone changes the plan.
  private Optional<Instant> reconcile(
      ApiKeyConfig config, Context<ApiKeyConfig> context, Instant now) {
    var users = modelConfigs.using(config, context);
    var use = ModelConfigs.use(config, ModelConfigs.names(users));
    if (use.leaving()) {
      leave(config, use, context, now);
      return Optional.empty();
    }
    return switch (Parsing.apiKey(config)) {
      case Validated.Invalid<ApiKey>(var problems) -> {
        var before = KeyStatus.ours(status.latest(config));
        var latest =
            write(
                config, before, KeyStatus.invalid(problems, use, generation(config), before, now));
        ApiKeyPlanner.inUse(use, KeyMemory.of(before))
            .ifPresent(event -> events.write(config, event, now));
        var secret = held.find(use.key(), context);
        olderKeys.looked(config, encryptions.current(), secret, secret, () -> refs(context), now);
        guard.apply(latest, use);
        yield Optional.empty();
      }
      case Validated.Valid<ApiKey>(var key) -> reconcile(config, key, users, use, context, now);
    };
  }

  /// Nothing else is written: in a namespace that is being deleted much of it would be refused, and
  /// must not be in the way.
  private void leave(ApiKeyConfig config, KeyUse use, Context<ApiKeyConfig> context, Instant now) {
    probes.dismiss(use.key());
    if (use.forced() && leftBehind.leave(config)) {
      events.write(config, KeyUse.leftBehind(), now);
    }
    guard.apply(config, use);
    olderKeys.gone(use.key(), () -> refs(context), now);
  }

  private static Stream<Ref> refs(Context<ApiKeyConfig> context) {
    return context.getPrimaryCache().list().map(OlderKeys::ref);
  }

  private Optional<Instant> reconcile(
      ApiKeyConfig config,
      ApiKey key,
      List<ModelConfig> users,
      KeyUse use,
      Context<ApiKeyConfig> context,
      Instant now) {
    var secret = held.find(key.ref(), context);
    var encryption = encryptions.current();
    var before = KeyStatus.ours(status.latest(config));
    var found = facts.find(key.ref(), context);
    var around = new KeyGathering.Surroundings(secret, found, KeyMemory.of(before), use);
    try (var gathered = gathering.gather(key, around, encryption, now)) {
      var plan = ApiKeyPlanner.plan(gathered.seen());
      var settled = keep(config, gathered.seen(), plan, found, encryption, context, now);
      var after = managedWriter.write(config, plan, secret, encryption, context, now);
      sealedWriter.write(key.ref(), plan.sealed());
      tell(config, plan, PlannedEvent.With.SECRET, now);
      olderKeys.looked(config, encryption, secret, after, () -> refs(context), now);
      var done = stripped(plan, gathered);
      var latest = write(config, before, KeyStatus.of(done.report(), before, now));
      tell(config, done, PlannedEvent.With.STATUS, now);
      var heardMeanwhile = probes.ask(key, gathered, done, ModelConfigs.oldest(users));
      guard.apply(latest, use);
      return heardMeanwhile || !settled ? Optional.of(now) : done.nextLook();
    }
  }

  /// The plan as it could be done.
  private KeyPlan stripped(KeyPlan plan, KeyGathering.Gathered gathered) {
    return !plan.strips() || applier.strip(gathered.secret().orElseThrow())
        ? plan
        : ApiKeyPlanner.plan(gathered.seen().exposed(Exposure.OUT_OF_REACH));
  }

  /// Best effort: the right that is missing may be the one to say so.
  private void reportForbidden(
      ApiKeyConfig config, KubernetesClientException refused, Instant now) {
    try {
      var before = KeyStatus.ours(status.latest(config));
      write(config, before, KeyStatus.forbidden(what(refused), generation(config), before, now));
    } catch (KubernetesClientException again) {
      complaints.about(
          new Ref(config.getMetadata().getNamespace(), config.getMetadata().getName()), again);
    }
  }

  private static String what(KubernetesClientException refused) {
    var status = refused.getStatus();
    return status == null || status.getDetails() == null || status.getDetails().getKind() == null
        ? "an object"
        : status.getDetails().getKind();
  }

  /// First: the Secret remembers that the key was accepted, and the status when its list was read,
  /// so whoever dies in between must not need to ask for the list again.
  ///
  /// @return whether the next plan would be the same
  private boolean keep(
      ApiKeyConfig config,
      KeyObserved seen,
      KeyPlan plan,
      ManagedFacts.Found found,
      Optional<Encryption> encryption,
      Context<ApiKeyConfig> context,
      Instant now) {
    var wanted = plan.facts().or(() -> found.unwritten().map(_ -> seen.facts().held().facts()));
    if (wanted.isEmpty() || encryption.isEmpty()) {
      return true;
    }
    var key = seen.declared().ref();
    var object =
        FactsObject.of(config, wanted.get(), found.there(), encryption.get().installation());
    return facts.write(key, object, found, context, now);
  }

  private void tell(ApiKeyConfig config, KeyPlan plan, PlannedEvent.With with, Instant now) {
    plan.events().stream()
        .filter(event -> event.reason().with() == with)
        .forEach(event -> events.write(config, event, now));
  }

  /// The object as it is then.
  private ApiKeyConfig write(
      ApiKeyConfig config, @Nullable ApiKeyConfigStatus before, ApiKeyConfigStatus after) {
    var bare = new ApiKeyConfig();
    bare.getMetadata().setNamespace(config.getMetadata().getNamespace());
    bare.getMetadata().setName(config.getMetadata().getName());
    var answer = status.write(config, bare, before, after);
    if (answer.isPresent()) {
      Transitions.log(OlderKeys.ref(config), before, after);
    }
    return answer.orElse(config);
  }

  private static long generation(ApiKeyConfig config) {
    var generation = config.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }
}
