package dev.llmconfig.reconcile;

import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gathers what is known about a ModelConfig, has it judged and delivered, asks the provider, and
/// reports.
@ControllerConfiguration(name = "modelconfig", fieldManager = FieldManagers.OPERATOR)
final class ModelReconciler implements Reconciler<ModelConfig> {

  private static final Duration UNTIL_ALL_IS_READ = Duration.ofSeconds(2);

  private final ModelGathering gathering;
  private final ModelProbes probes;
  private final ProbeEvents<ModelConfig> answers;
  private final KeysInUse keys;
  private final Encryptions encryptions;
  private final Applier applier;
  private final WritePermission permission;
  private final StatusWriter<ModelConfigStatus, ModelConfig> status;
  private final EventWriter events;
  private final KubernetesClient client;
  private final KubernetesClient metadata;
  private final String home;
  private final Counter conflicts;
  private final RolloutMeters rollouts;
  private final BooleanSupplier whole;
  private final InstantSource clock;
  private final DefaultClaims claims = new DefaultClaims();
  private final Complaints complaints =
      new Complaints("A ModelConfig could not be worked on; it is tried again");
  private @Nullable Sweep sweep;
  private @Nullable MadeAnew<ModelConfig> madeAnew;
  private @Nullable Deliveries deliveries;
  private @Nullable Workloads workloads;
  private @Nullable Neighbours neighbours;
  private @Nullable ClusterProfiles profiles;
  private @Nullable ModelLists lists;
  private @Nullable DanglingLabels dangling;

  ModelReconciler(
      ModelGathering gathering,
      ModelProbes probes,
      ProbeEvents<ModelConfig> answers,
      KeysInUse keys,
      Encryptions encryptions,
      Applier applier,
      WritePermission permission,
      StatusWriter<ModelConfigStatus, ModelConfig> status,
      EventWriter events,
      Controllers.Clients clients,
      String home,
      Counter conflicts,
      RolloutMeters rollouts,
      BooleanSupplier whole,
      InstantSource clock) {
    this.gathering = gathering;
    this.probes = probes;
    this.answers = answers;
    this.keys = keys;
    this.encryptions = encryptions;
    this.applier = applier;
    this.permission = permission;
    this.status = status;
    this.events = events;
    this.client = clients.objects();
    this.metadata = clients.metadata();
    this.home = home;
    this.conflicts = conflicts;
    this.rollouts = rollouts;
    this.whole = whole;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ModelConfig>> prepareEventSources(
      EventSourceContext<ModelConfig> context) {
    var near = Neighbours.of(context.getPrimaryCache());
    var memories = new DeliveryMemories();
    var labels =
        new DanglingLabels(
            near,
            (workload, event) -> {
              if (whole.getAsBoolean()) {
                tell(workload, event);
              }
            });
    dangling = labels;
    var agents = Workloads.watch(context, near::concerned, labels::seen, memories::gone);
    var secrets = EventSources.providedSecrets(context, metadata);
    var configMaps = EventSources.providedConfigMaps(context, metadata);
    var named = EventSources.keysOfModels(context);
    var kept = EventSources.listsOfKeys(context, metadata);
    lists =
        new ModelLists(
            place -> kept.get(new ResourceID(place.name(), place.namespace())),
            UserObjects.of(client));
    var broom =
        new Sweep(
            client,
            permission,
            applier,
            agents,
            new Orphans(near),
            secrets,
            configMaps,
            new SweptSecrets(named::get, context.getPrimaryCache()::get),
            whole,
            clock);
    sweep = broom;
    neighbours = near;
    workloads = agents;
    deliveries =
        new Deliveries(
            agents,
            near,
            new Provisions(client, applier, encryptions, keys, secrets, configMaps),
            applier,
            broom,
            memories);
    var declared = new ClusterProfiles(context, home, this::tell);
    profiles = declared;
    var again = new MadeAnew<>(context.getPrimaryCache());
    madeAnew = again;
    var sources = new ArrayList<EventSource<?, ModelConfig>>(agents.sources());
    sources.addAll(
        List.of(
            named, kept, secrets, configMaps, declared, new Rivals(near), answers, labels, again));
    return sources;
  }

  /// On an object that is not ours.
  private void tell(HasMetadata about, PlannedEvent event) {
    if (permission.writing()) {
      events.write(about, event, clock.instant());
    }
  }

  /// Once the watches are full.
  AutoCloseable sweeping() {
    Objects.requireNonNull(dangling).begin();
    return Objects.requireNonNull(sweep).begin();
  }

  @Override
  public UpdateControl<ModelConfig> reconcile(ModelConfig config, Context<ModelConfig> context) {
    var ref = new Ref(config.getMetadata().getNamespace(), config.getMetadata().getName());
    if (context.isPrimaryResourceDeleted()) {
      forget(config, ref);
      return UpdateControl.noUpdate();
    }
    if (!whole.getAsBoolean()) {
      // Whoever cannot see all workloads would say that there are none, or take them for others'.
      return UpdateControl.<ModelConfig>noUpdate().rescheduleAfter(UNTIL_ALL_IS_READ);
    }
    var now = clock.instant();
    try {
      Objects.requireNonNull(workloads)
          .follow(Objects.requireNonNull(neighbours).selectors(), context.eventSourceRetriever());
      var look = look(config, context, now);
      complaints.settled(ref);
      return NextReconcile.at(look, now);
    } catch (RuntimeException failed) {
      complaints.about(ref, failed);
      if (failed instanceof KubernetesClientException refused && refused.getCode() == 409) {
        conflicts.increment();
      }
      throw failed;
    }
  }

  private void forget(ModelConfig gone, Ref ref) {
    complaints.settled(ref);
    status.forget(gone);
    probes.release(ref);
    claims.forget(ResourceID.fromResource(gone));
    Objects.requireNonNull(lists).forget(ref);
    Objects.requireNonNull(deliveries).forget(gone);
    Objects.requireNonNull(madeAnew).lookAgain(ResourceID.fromResource(gone));
  }

  /// When time alone changes what was judged.
  private Optional<Instant> look(ModelConfig config, Context<ModelConfig> context, Instant now) {
    var before = ModelStatus.ours(status.latest(config));
    return switch (Parsing.model(config)) {
      case Validated.Invalid<ModelSettings>(var problems) -> {
        if (config.isMarkedForDeletion()) {
          var deliveries = Objects.requireNonNull(this.deliveries);
          deliveries.releaseAll(Neighbours.ref(config), now);
          letGo(config, config, now);
        } else {
          write(config, before, ModelStatus.invalid(problems, generation(config), before, now));
        }
        yield Optional.empty();
      }
      case Validated.Valid<ModelSettings>(var model) -> look(config, model, before, context, now);
    };
  }

  private Optional<Instant> look(
      ModelConfig config,
      ModelSettings model,
      @Nullable ModelConfigStatus before,
      Context<ModelConfig> context,
      Instant now) {
    var gathered =
        gathering.gather(
            model,
            key(model, context),
            Objects.requireNonNull(profiles).inForce(),
            claims(model, now),
            Objects.requireNonNull(lists),
            ModelMemory.of(before),
            now);
    var outlook = ModelPlanner.judge(gathered.seen());
    var deliveries = Objects.requireNonNull(this.deliveries);
    var outcome = deliveries.deliver(config, outlook, now);
    conflicts.increment(outcome.conflicts());
    var plan = outcome.plan();
    if (model.deleting()
        && plan.writes().isEmpty()
        && !plan.guarded()
        && outcome.failed().isEmpty()) {
      probes.dismiss(model.ref());
      letGo(config, outcome.config(), now);
      return Optional.empty();
    }
    // What is told in a moment, with what came of it, is not told twice.
    var silence = outcome.silentUntil().filter(_ -> outcome.failed().isEmpty());
    if (silence.isEmpty()) {
      deliveries.told(config);
      ModelPlanner.report(outlook, plan.condition())
          .ifPresent(report -> {
            write(outcome.config(), before, ModelStatus.of(report, plan, before, now));
            rollouts.ended(outlook.seen().before(), plan);
          });
      Stream.concat(ModelPlanner.events(outlook).stream(), outcome.events().stream())
          .forEach(event -> events.write(config, event, now));
    }
    outcome
        .failed()
        .ifPresent(failed -> {
          throw failed;
        });
    return probes.ask(gathered, outlook, keys)
        ? Optional.of(now)
        : Stream.of(ModelPlanner.nextLook(outlook), outcome.nextLook(), silence)
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
  }

  /// @param current as it is now
  private void letGo(ModelConfig config, ModelConfig current, Instant now) {
    var deliveries = Objects.requireNonNull(this.deliveries);
    if (current.hasFinalizer(ApiGroup.FINALIZER)) {
      deliveries.end(config).ifPresent(event -> events.write(config, event, now));
      deliveries.letGo(current);
    }
  }

  private static Optional<ApiKeyConfig> key(ModelSettings model, Context<ModelConfig> context) {
    return context
        .getSecondaryResourcesAsStream(ApiKeyConfig.class)
        .filter(key -> key.getMetadata().getName().equals(model.apiKey()))
        .findFirst();
  }

  private ModelGathering.Claims claims(ModelSettings model, Instant now) {
    var id = new ResourceID(model.ref().name(), model.ref().namespace());
    var others = Objects.requireNonNull(neighbours).otherClaims(model.ref());
    return new ModelGathering.Claims(
        others, claims.since(id, model.isDefault() && !others.isEmpty(), now));
  }

  private void write(
      ModelConfig config, @Nullable ModelConfigStatus before, ModelConfigStatus after) {
    var bare = new ModelConfig();
    bare.getMetadata().setNamespace(config.getMetadata().getNamespace());
    bare.getMetadata().setName(config.getMetadata().getName());
    status.write(config, bare, before, after);
  }

  private static long generation(ModelConfig config) {
    var generation = config.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }
}
