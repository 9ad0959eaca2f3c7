package dev.llmconfig.reconcile;

import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ApiKeyPlanner;
import dev.llmconfig.plan.KeyPlan;
import dev.llmconfig.plan.KeyReport;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gathers what is known about a key, has it planned, applies the plan and reports.
@ControllerConfiguration(name = "apikeyconfig", fieldManager = FieldManagers.OPERATOR)
final class ApiKeyReconciler implements Reconciler<ApiKeyConfig> {

  private static final Logger log = LoggerFactory.getLogger(ApiKeyReconciler.class);

  private final Encryptions encryptions;
  private final KeyGathering gathering;
  private final ManagedSecrets held;
  private final Applier applier;
  private final StatusWriter status;
  private final EventWriter events;
  private final KubernetesClient metadata;
  private final InstantSource clock;

  ApiKeyReconciler(
      Encryptions encryptions,
      KeyGathering gathering,
      ManagedSecrets held,
      Applier applier,
      StatusWriter status,
      EventWriter events,
      KubernetesClient metadata,
      InstantSource clock) {
    this.encryptions = encryptions;
    this.gathering = gathering;
    this.held = held;
    this.applier = applier;
    this.status = status;
    this.events = events;
    this.metadata = metadata;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ApiKeyConfig>> prepareEventSources(
      EventSourceContext<ApiKeyConfig> context) {
    return List.of(
        EventSources.managedSecrets(context),
        EventSources.declaredSecrets(context, metadata),
        new RingChanges(encryptions, context.getPrimaryCache()));
  }

  @Override
  public UpdateControl<ApiKeyConfig> reconcile(ApiKeyConfig config, Context<ApiKeyConfig> context) {
    var now = clock.instant();
    return switch (Parsing.apiKey(config)) {
      case Validated.Invalid<ApiKey>(var problems) -> {
        report(config, ApiKeyPlanner.invalid(generation(config), problems), now);
        yield UpdateControl.noUpdate();
      }
      case Validated.Valid<ApiKey>(var key) -> {
        var secret = held.find(key.ref(), context);
        var encryption = encryptions.current();
        var plan = ApiKeyPlanner.plan(gathering.observe(key, secret, encryption, now));
        apply(config, plan, secret, encryption, context, now);
        report(config, plan.report(), now);
        yield next(plan, now);
      }
    };
  }

  private void apply(
      ApiKeyConfig config,
      KeyPlan plan,
      Optional<Secret> before,
      Optional<Encryption> encryption,
      Context<ApiKeyConfig> context,
      Instant now) {
    if (plan.secret().isPresent() && encryption.isPresent()) {
      var planned = plan.secret().get();
      var target =
          new ManagedSecretObject.Target(
              config.getApiVersion(),
              config.getMetadata().getUid(),
              before.map(secret -> secret.getMetadata().getResourceVersion()));
      var written = applier.apply(ManagedSecretObject.of(planned, encryption.get(), target, now));
      held.remember(written, before, context);
      log.atInfo()
          .addKeyValue("namespace", planned.owner().namespace())
          .addKeyValue("name", planned.owner().name())
          .addKeyValue("secret", ManagedNames.encryptedSecret(planned.owner().name()))
          .addKeyValue("revision", planned.current().revision())
          .log("The key in use was written");
    }
    plan.events().forEach(event -> events.write(config, event, now));
  }

  private void report(ApiKeyConfig config, KeyReport report, Instant now) {
    var bare = new ApiKeyConfig();
    bare.getMetadata().setNamespace(config.getMetadata().getNamespace());
    bare.getMetadata().setName(config.getMetadata().getName());
    var before = KeyStatus.ours(config.getStatus());
    status.write(bare, before, KeyStatus.of(report, before, now));
  }

  private static UpdateControl<ApiKeyConfig> next(KeyPlan plan, Instant now) {
    var control = UpdateControl.<ApiKeyConfig>noUpdate();
    plan.nextLook()
        .ifPresent(time -> control.rescheduleAfter(Duration.between(now, time).plusMillis(10)));
    return control;
  }

  private static long generation(ApiKeyConfig config) {
    var generation = config.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }
}
