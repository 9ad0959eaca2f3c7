package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.Discovery;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelSelection;
import dev.llmconfig.api.v1alpha1.SecretRef;
import dev.llmconfig.api.v1alpha1.Verification;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.TokenContent;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.FaultProxy;
import dev.llmconfig.testing.ProxiedRequest;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A platform engineer and the operator, each with an identity of its own, on a real API server.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class OperatorIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KEY = RunningOperator.newKey();

  private ControlPlane plane;
  private Actor account;
  private AuditLog.Mark beginning;
  private RunningOperator operator;

  @BeforeAll
  void start(ControlPlane plane) throws IOException {
    this.plane = plane;
    Crds.install(plane);
    beginning = plane.audit().mark();
    account = plane.actor("llm-config-operator", RunningOperator.RIGHTS);
    operator = RunningOperator.start(plane, account, KEY);
  }

  @AfterAll
  void stop() {
    operator.close();
    assertThat(plane.audit().since(beginning).by(account).refused())
        .as("what the operator asked for without having the right")
        .isEmpty();
  }

  @Test
  void aSecretThatArrivesLaterIsTakenUpByItself() {
    create(config("late"));
    awaitReason("late", "Resolved", "SecretNotFound");

    secret("late", "sk-late-key-0123456789abcd");

    awaitReason("late", "Ready", "VerificationDisabled");
    var status = get("late").getStatus();
    assertThat(status.getMaskedKey()).isEqualTo("sk-***abcd");
    assertThat(status.getFingerprint()).startsWith("hmac:");
    assertThat(status.getObservedGeneration()).isEqualTo(1);
    assertThat(opened(managed("late"))).isEqualTo("sk-late-key-0123456789abcd");
  }

  @Test
  void aSecretThatIsEmptiedChangesNothingThatIsHeld() {
    secret("emptied", "sk-emptied-key-0123456789");
    create(config("emptied"));
    awaitReason("emptied", "Ready", "VerificationDisabled");
    var before = managed("emptied");

    secret("emptied", "");

    awaitReason("emptied", "Resolved", "KeyEmpty");
    assertThat(condition("emptied", "Ready").getReason()).isEqualTo("KeptLastGood");
    assertThat(managed("emptied")).isEqualTo(before);
  }

  @Test
  void anUnchangedObjectCostsNoWrite() {
    secret("idle", "sk-idle-key-0123456789");
    create(config("idle"));
    awaitReason("idle", "Ready", "VerificationDisabled");
    var mark = plane.audit().mark();

    awaitTwoReconciles("idle", mark);

    assertThat(
            plane
                .audit()
                .since(mark)
                .by(account)
                .writes()
                .only(request -> request.name().startsWith("idle")))
        .isEmpty();
  }

  /// The cache shows our own last status late; what goes back to it must be written all the same.
  @Test
  void aSecretThatIsEmptiedForAMomentLeavesNoTrace() {
    secret("blinking", "sk-blinking-key-0123456789");
    create(config("blinking"));
    awaitReason("blinking", "Ready", "VerificationDisabled");

    for (int round = 0; round < 15; round++) {
      var mark = plane.audit().mark();
      secret("blinking", "");
      await("the empty key to be read").atMost(SOON).until(() -> reads("blinking", mark) > 0);
      secret("blinking", "sk-blinking-key-0123456789");

      awaitReason("blinking", "Resolved", "SecretFound");
    }
  }

  @Test
  void aSpecThatChangesWhileTheStatusIsWrittenIsNotLost() throws IOException {
    secret("raced", "sk-raced-key-0123456789");
    create(config("raced"));
    awaitReason("raced", "Ready", "VerificationDisabled");
    operator.close();
    var proxy = plane.faultProxy();
    try (var through = account.through(proxy);
        var _ = RunningOperator.start(plane, through, KEY)) {
      await("the operator behind the proxy")
          .atMost(SOON)
          .until(() -> asked(proxy, "GET", "/secrets/raced") > 0);

      proxy.faults().delay(Duration.ofMillis(1_500), OperatorIT::writesTheRacedStatus);
      edit("raced", spec -> spec.setDisplayName("second"));
      await("the status write of the second generation")
          .atMost(SOON)
          .until(() -> asked(proxy, "PATCH", "/raced/status") > 0);
      edit("raced", spec -> spec.setDisplayName("third"));

      await("the third generation")
          .atMost(SOON)
          .until(() -> Objects.equals(get("raced").getStatus().getObservedGeneration(), 3L));
    }
    operator = RunningOperator.start(plane, account, KEY);
  }

  private static boolean writesTheRacedStatus(ProxiedRequest request) {
    return request.write() && request.path().endsWith("/raced/status");
  }

  private static long asked(FaultProxy proxy, String method, String end) {
    return proxy.requests().stream()
        .filter(request -> request.method().equals(method) && request.path().endsWith(end))
        .count();
  }

  @Test
  void whatSomebodyElseHoldsIsNeverOverwritten() {
    secret("taken", "sk-taken-key-0123456789");
    secret("taken-llmkey", "somebody's");
    var before = managed("taken");

    create(config("taken"));

    awaitReason("taken", "Ready", "NameTaken");
    assertThat(managed("taken")).isEqualTo(before);
  }

  @Test
  void deletingTheObjectTakesOurSecretAndLeavesTheUsers() {
    secret("gone", "sk-gone-key-0123456789");
    create(config("gone"));
    awaitReason("gone", "Ready", "VerificationDisabled");

    client().resource(config("gone")).delete();

    await("our Secret to go").atMost(SOON).until(() -> find("gone-llmkey").isEmpty());
    assertThat(find("gone")).isPresent();
  }

  @Test
  void withoutVerificationItWaitsForAVerdictAndHoldsNothing() {
    secret("pending", "sk-pending-key-0123456789");
    var config = config("pending");
    config.getSpec().setVerification(null);

    create(config);

    // It cannot be heard from here: it is pending, and then unreachable, as fast as names resolve.
    await("a status without a verdict")
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> condition("pending", "Verified").getStatus().equals("Unknown"));
    assertThat(condition("pending", "Ready").getStatus()).isEqualTo("Unknown");
    assertThat(get("pending").getStatus().getCandidate()).startsWith("r-");
    assertThat(find("pending-llmkey")).isEmpty();
  }

  @Test
  void aRestartWritesNothing() throws IOException {
    secret("restarted", "sk-restarted-key-0123456789");
    create(config("restarted"));
    awaitReason("restarted", "Ready", "VerificationDisabled");
    operator.close();
    var mark = plane.audit().mark();

    operator = RunningOperator.start(plane, account, KEY);

    awaitTwoReconciles("restarted", mark);
    assertThat(plane.audit().since(mark).by(account).writes().butLeases()).isEmpty();
  }

  @Test
  void anOwnerThatIsMadeAnewTakesItsSecretOver() {
    secret("anew", "sk-anew-key-0123456789");
    create(config("anew"));
    awaitReason("anew", "Ready", "VerificationDisabled");
    client()
        .secrets()
        .inNamespace(plane.namespace())
        .withName("anew-llmkey")
        .edit(one ->
            new SecretBuilder(one).editMetadata().withOwnerReferences().endMetadata().build());

    var owner = get("anew").getMetadata().getUid();
    await("the owner to be back")
        .atMost(SOON)
        .until(() ->
            managed("anew").getMetadata().getOwnerReferences().stream()
                .anyMatch(one -> one.getUid().equals(owner)));
  }

  /// The second one begins when the first one has ended, writes included.
  private void awaitTwoReconciles(String name, AuditLog.Mark mark) {
    for (int round = 1; round <= 2; round++) {
      var expected = reads(name, mark) + 1;
      var label = "round-" + round;
      client()
          .secrets()
          .inNamespace(plane.namespace())
          .withName(name)
          .edit(one ->
              new SecretBuilder(one).editMetadata().addToLabels(label, "x").endMetadata().build());
      await("a reconcile of " + name).atMost(SOON).until(() -> reads(name, mark) >= expected);
    }
  }

  private int reads(String secret, AuditLog.Mark mark) {
    return plane
        .audit()
        .since(mark)
        .by(account)
        .verb("get")
        .on("secrets")
        .only(request -> request.name().equals(secret))
        .count();
  }

  private static String opened(Secret secret) {
    var token =
        new String(
            Base64.getDecoder().decode(secret.getData().get("current")), StandardCharsets.US_ASCII);
    try (var ring = RunningOperator.ring(KEY)) {
      if (ring.open(token) instanceof Opening.Opened(var plaintext, _)
          && TokenContent.read(plaintext) instanceof TokenContent.Bound(var envelope)) {
        return envelope.key().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
      }
    }
    throw new AssertionError("the token of " + secret.getMetadata().getName() + " does not open");
  }

  private ApiKeyConfig config(String name) {
    var config = new ApiKeyConfig();
    config.getMetadata().setNamespace(plane.namespace());
    config.getMetadata().setName(name);
    var ref = new SecretRef();
    ref.setName(name);
    ref.setKey("api-key");
    var verification = new Verification();
    verification.setMode(VerificationMode.Disabled);
    var models = new ModelSelection();
    models.setDiscovery(Discovery.Disabled); // or the provider would be asked for its list
    var spec = new ApiKeyConfigSpec();
    spec.setProvider(Provider.OpenAI);
    spec.setSecretRef(ref);
    spec.setVerification(verification);
    spec.setModels(models);
    config.setSpec(spec);
    return config;
  }

  private KubernetesClient client() {
    return plane.admin().client();
  }

  private void create(ApiKeyConfig config) {
    client().resource(config).create();
  }

  private void edit(String name, Consumer<ApiKeyConfigSpec> change) {
    client()
        .resources(ApiKeyConfig.class)
        .inNamespace(plane.namespace())
        .withName(name)
        .edit(one -> {
          change.accept(one.getSpec());
          return one;
        });
  }

  private void secret(String name, String key) {
    plane
        .admin()
        .forceApply(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName(name)
                .endMetadata()
                .withData(
                    Map.of(
                        "api-key",
                        Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8))))
                .build());
  }

  private Optional<Secret> find(String name) {
    return Optional.ofNullable(
        client().secrets().inNamespace(plane.namespace()).withName(name).get());
  }

  private Secret managed(String name) {
    return find(name + "-llmkey").orElseThrow();
  }

  private ApiKeyConfig get(String name) {
    return client()
        .resources(ApiKeyConfig.class)
        .inNamespace(plane.namespace())
        .withName(name)
        .require();
  }

  private Condition condition(String name, String type) {
    return Objects.requireNonNull(get(name).getStatus().getConditions()).stream()
        .filter(one -> one.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private void awaitReason(String name, String type, String reason) {
    await(name + " to say " + type + " " + reason)
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> condition(name, type).getReason().equals(reason));
  }
}
