package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.Note;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Position;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.TlsFiles;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Lists of models: the provider is asked for them once, and every replica has them.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ListsIT {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String KEY = RunningOperator.newKey();
  private static final String GOOD = "sk-proj-good-0123456789abcdef";
  private static final int MODELS = 6;

  /// This one is shown two models.
  private static final String SEES_TWO = "sk-proj-fx-OA01-0123456789abcdef";

  @TempDir Path folder;

  private ControlPlane plane;
  private Actor account;
  private Kubectl kubectl;
  private FakeProvider provider;
  private Path data;
  private ConfigReader reader;

  @BeforeEach
  void join(ControlPlane plane) throws IOException {
    this.plane = plane;
    Crds.install(plane);
    account = plane.actor("llm-config-operator", RunningOperator.RIGHTS);
    kubectl = plane.closedLater(Kubectl.admin());
    provider = FakeProvider.start();
    data = Files.createDirectory(folder.resolve("first"));
    reader = plane.closedLater(ConfigReader.of(data));
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void everyReplicaHasTheListAndTheProviderWasAskedOnce() throws Exception {
    var second = Files.createDirectory(folder.resolve("second"));
    try (var _ = start(data);
        var _ = start(second);
        var others = ConfigReader.of(second)) {
      apply("both", GOOD, "");

      awaitCount("both", MODELS);
      awaitList(reader, "both", MODELS);
      awaitList(others, "both", MODELS);
    }
    assertThat(provider.seen()).hasSize(1);
    assertThat(ids(reader, "both")).contains("gpt-5-mini", "echo");
    assertThat(facts("both").getMetadata().getLabels())
        .containsEntry(Labels.MANAGED_BY, Labels.OPERATOR)
        .containsEntry(Labels.API_KEY, "both")
        .containsKey(Labels.INSTALLATION);
  }

  @Test
  void aRestartAsksNobodyWritesNothingAndHasTheSameList() throws Exception {
    try (var _ = start(data)) {
      apply("restarted", GOOD, "");
      awaitCount("restarted", MODELS);
      awaitList(reader, "restarted", MODELS);
    }
    var before = ids(reader, "restarted");
    provider.forget();
    Files.delete(data.resolve("config.db"));
    var mark = plane.audit().mark();

    try (var _ = start(data)) {
      awaitList(reader, "restarted", MODELS);
      awaitTwoReconciles("restarted", mark);

      assertThat(ids(reader, "restarted")).isEqualTo(before);
    }
    assertThat(writes(mark)).isZero();
    assertThat(provider.seen()).isEmpty();
    assertThat(status("restarted").getModelCount()).isEqualTo(MODELS);
  }

  @Test
  void aDatabaseThatIsDeletedOrDamagedGetsTheSameListWithoutACall() throws Exception {
    try (var _ = start(data)) {
      apply("damaged", GOOD, "");
      awaitCount("damaged", MODELS);
      awaitList(reader, "damaged", MODELS);
      var before = reader.<Optional<OfferedModels>>read(view -> view.models(ref("damaged")));
      provider.forget();
      for (var damage : List.<Damage>of(Files::delete, ListsIT::overwrite)) {
        var position = reader.<Position>read(MirrorView::position);

        damage.to(data.resolve("config.db"));

        await("another epoch")
            .atMost(SOON)
            .ignoreException(MirrorUnavailable.class)
            .until(() ->
                !reader.<Position>read(MirrorView::position).epoch().equals(position.epoch()));
        assertThat(reader.<Optional<OfferedModels>>read(view -> view.models(ref("damaged"))))
            .isEqualTo(before);
      }
    }
    assertThat(provider.seen()).isEmpty();
  }

  @Test
  void whatIsAllowedAndDeclaredCountsAtOnceAndNobodyIsAsked() throws Exception {
    try (var _ = start(data)) {
      apply("selected", GOOD, "");
      awaitCount("selected", MODELS);
      provider.forget();

      select("selected", "{\"allow\":[\"gpt-*\"]}");
      awaitCount("selected", 1);
      awaitList(reader, "selected", 1);

      select("selected", "{\"allow\":[\"nothing\"]}");
      awaitNote("selected", "HiddenByAllowList");
      awaitList(reader, "selected", 0);
      assertThat(row("selected").told().emptyList().map(KeyRow.EmptyList::reason))
          .contains("HiddenByAllowList");

      select("selected", "{\"discovery\":\"Disabled\",\"allow\":null}");
      awaitNote("selected", "DiscoveryDisabled");

      select("selected", "{\"additional\":[{\"id\":\"ft:mine\",\"baseModel\":\"gpt-5-mini\"}]}");
      awaitCount("selected", 1);
      awaitList(reader, "selected", 1);

      select("selected", "{\"discovery\":\"Automatic\"}");
      awaitCount("selected", MODELS + 1);
      awaitList(reader, "selected", MODELS + 1);
    }
    assertThat(provider.seen()).isEmpty();
  }

  @Test
  void aReadingThatFailsKeepsTheList() throws Exception {
    try (var _ = start(data)) {
      apply("outage", GOOD, "");
      awaitCount("outage", MODELS);
      awaitList(reader, "outage", MODELS);
      var before = facts("outage").getMetadata().getResourceVersion();

      provider.close();
      kubectl.run(
          "annotate",
          "apikeyconfig",
          "outage",
          "-n",
          plane.namespace(),
          Annotations.VERIFY_REQUESTED_AT + "=now");

      awaitReason("outage", "Verified", "EndpointUnreachable");
      assertThat(status("outage").getModelCount()).isEqualTo(MODELS);
      assertThat(facts("outage").getMetadata().getResourceVersion()).isEqualTo(before);
      assertThat(ids(reader, "outage")).hasSize(MODELS);
      provider = FakeProvider.start();
    }
  }

  @Test
  void aKeyThatIsWrongHasNoListAndSaysSo() throws Exception {
    try (var _ = start(data)) {
      apply("wrong", "sk-proj-fx-OA02-0123456789", "");

      awaitNote("wrong", "InvalidKey");
      assertThat(status("wrong").getModelCount()).isZero();
    }
    assertThat(provider.seen()).hasSize(1);
  }

  @Test
  void aKeyThatIsShownOtherModelsBringsItsOwnList() throws Exception {
    try (var _ = start(data)) {
      apply("rotated", GOOD, "");
      awaitCount("rotated", MODELS);
      awaitList(reader, "rotated", MODELS);

      client()
          .secrets()
          .inNamespace(plane.namespace())
          .withName("rotated")
          .edit(secret ->
              new SecretBuilder(secret).withStringData(Map.of("api-key", SEES_TWO)).build());

      awaitCount("rotated", 2);
      awaitList(reader, "rotated", 2);
      assertThat(facts("rotated").getMetadata().getAnnotations())
          .containsEntry(Annotations.REVISION, status("rotated").getRevision());
    }
    assertThat(provider.seen()).hasSize(2);
  }

  /// Of 100,000 models 10,000 are read, and of those as many are kept as there is room for.
  @Test
  void aListWithoutEndIsCutAndSaysSo() throws Exception {
    var asked = new AtomicInteger();
    try (var endless = new Listing(100_000, asked);
        var _ = start(data)) {
      apply("endless", GOOD, "", consent(endless.url()), endless.url());

      awaitNote("endless", "ListCut");
      awaitReason("endless", "Ready", "Verified");
      var kept = Objects.requireNonNull(status("endless").getModelCount());
      assertThat(kept).isBetween(8_000, 9_999);
      assertThat(facts("endless").getData().get(ManagedNames.MODELS)).hasSizeLessThan(410 * 1024);
      awaitList(reader, "endless", kept);
      awaitTwoReconciles("endless", plane.audit().mark());
    }
    var mark = plane.audit().mark();
    try (var _ = start(data)) {
      awaitTwoReconciles("endless", mark);
    }
    assertThat(asked).hasValue(1);
    assertThat(writes(mark)).isZero();
  }

  @Test
  void whatSomebodyWritesIntoTheListIsPutRightWithoutACall() throws Exception {
    try (var _ = start(data)) {
      apply("edited", GOOD, "");
      awaitCount("edited", MODELS);
      var before = facts("edited");

      for (var theirs :
          List.of(
              "{\"data\":{\"models.json\":\"{\\\"models\\\":{\\\"theirs\\\":{}}}\"}}",
              "{\"data\":{\"models.json\":\"no list\"}}",
              "{\"data\":null}",
              "{\"data\":{\"ca.crt\":\"theirs\"}}",
              "{\"metadata\":{\"labels\":null}}",
              "{\"metadata\":{\"annotations\":{\"%s\":\"2099-01-01T00:00:00Z\"}}}"
                  .formatted(Annotations.ASKED_AT))) {
        kubectl.run(
            "patch",
            "configmap",
            ManagedNames.factsConfigMap("edited"),
            "-n",
            plane.namespace(),
            "--type=merge",
            "-p",
            theirs);

        await("it to be as before after " + theirs)
            .atMost(SOON)
            .untilAsserted(() -> {
              var now = facts("edited");
              assertThat(content(now)).isEqualTo(before.getData());
              assertThat(now.getMetadata().getLabels()).isEqualTo(before.getMetadata().getLabels());
              assertThat(now.getMetadata().getAnnotations())
                  .isEqualTo(before.getMetadata().getAnnotations());
            });
      }
      awaitCount("edited", MODELS);
    }
    assertThat(provider.seen()).hasSize(1);
  }

  @Test
  void withoutVerificationTheListIsReadOnceAndNothingIsSaidOfTheKey() throws Exception {
    try (var _ = start(data)) {
      apply("unverified", GOOD, "verification: {mode: Disabled}");
      awaitCount("unverified", MODELS);
      assertThat(condition("unverified", "Verified").getReason()).isEqualTo("Disabled");
      assertThat(status("unverified").getLastVerifiedTime()).isNull();
    }
    assertThat(provider.seen()).hasSize(1);
    var mark = plane.audit().mark();

    try (var _ = start(data)) {
      awaitTwoReconciles("unverified", mark);
    }

    assertThat(provider.seen()).hasSize(1);
    assertThat(writes(mark)).isZero();
  }

  @Test
  void aListThatIsDueIsReadByItselfAndLeavesTheVerdictAlone() throws Exception {
    try (var _ = start(data)) {
      apply("due", GOOD, "verification: {mode: OnChange, probe: Completion}");
      awaitCount("due", MODELS);
    }
    longAgo("due");
    var before = status("due");
    provider.forget();
    var mark = plane.audit().mark();

    try (var _ = start(data)) {
      await("the list to be read")
          .atMost(SOON)
          .until(() ->
              Instant.parse(annotation("due")).isAfter(Instant.now().minus(1, ChronoUnit.HOURS)));
      awaitTwoReconciles("due", plane.audit().mark());
    }

    assertThat(provider.seen()).hasSize(1);
    assertThat(status("due")).usingRecursiveComparison().isEqualTo(before);
    assertThat(writes(mark)).as("the date of the list").isEqualTo(1);
  }

  @Test
  void aKeyThatIsSuspendedIsNotAskedFor() throws Exception {
    try (var _ = start(data)) {
      apply("suspended", GOOD, "verification: {mode: Disabled}\n  suspend: true");
      awaitReason("suspended", "Ready", "Suspended");
      awaitTwoReconciles("suspended", plane.audit().mark());
    }
    assertThat(provider.seen()).isEmpty();
  }

  @Test
  void withoutConsentNothingIsSentForAListEither() throws Exception {
    try (var _ = start(data)) {
      apply("unasked", GOOD, "verification: {mode: Disabled}", Map.of());
      awaitReason("unasked", "Resolved", "EndpointNotAllowed");
    }
    assertThat(provider.seen()).isEmpty();
  }

  @Test
  void anObjectOfSomebodyElseIsLeftAloneAndTheKeyWorks() throws Exception {
    var theirs =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(plane.namespace())
            .withName("taken-llmkey-facts")
            .endMetadata()
            .withData(Map.of("models.json", "theirs"))
            .build();
    var version = client().resource(theirs).create().getMetadata().getResourceVersion();
    try (var _ = start(data)) {
      apply("taken", GOOD, "");

      awaitNote("taken", "NameTaken");
      awaitCount("taken", MODELS);
      awaitReason("taken", "Ready", "Verified");
    }
    var mark = plane.audit().mark();
    try (var _ = start(data)) {
      awaitTwoReconciles("taken", mark);
    }

    assertThat(facts("taken").getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(provider.seen()).hasSize(1);
    assertThat(writes(mark)).isZero();
  }

  @Test
  void aListThatMayNotBeWrittenKeepsNoKeyFromBeingUsed() throws Exception {
    account = plane.actor("no-configmaps", rightsWithoutCreatingConfigMaps());
    try (var _ = start(data)) {
      apply("forbidden", GOOD, "");

      awaitNote("forbidden", "Forbidden");
      awaitCount("forbidden", MODELS);
      awaitReason("forbidden", "Ready", "Verified");
      var mark = plane.audit().mark();
      awaitTwoReconciles("forbidden", mark);
      assertThat(writes(mark)).isZero();
    }
    assertThat(provider.seen()).hasSize(1);
  }

  @Test
  void aListThatSomebodyDeletesIsBackWithoutACall() throws Exception {
    try (var _ = start(data)) {
      apply("deleted", GOOD, "");
      awaitCount("deleted", MODELS);
      awaitList(reader, "deleted", MODELS);
      var before = facts("deleted");

      client().resource(before).delete();

      await("the list to be back")
          .atMost(SOON)
          .until(() ->
              find("deleted")
                  .filter(now -> !uid(now).equals(uid(before)))
                  .filter(now -> now.getData().equals(before.getData()))
                  .isPresent());
    }
    assertThat(provider.seen()).hasSize(1);
  }

  @Test
  void deletingTheKeyTakesItsListAlong() throws Exception {
    try (var _ = start(data)) {
      apply("gone", GOOD, "");
      awaitCount("gone", MODELS);
      awaitList(reader, "gone", MODELS);

      kubectl.run("delete", "apikeyconfig", "gone", "-n", plane.namespace());

      await("the ConfigMap to go").atMost(SOON).until(() -> find("gone").isEmpty());
      await("the row to go")
          .atMost(SOON)
          .until(() -> reader.<Boolean>read(view -> view.models(ref("gone")).isEmpty()));
    }
  }

  @Test
  void theCertificatesThatAKeyWasAcceptedWithAreInTheRow() throws Exception {
    var pem = new String(TlsFiles.authority(), StandardCharsets.US_ASCII);
    client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName("corp-ca")
                .endMetadata()
                .withData(Map.of("ca.crt", "Somebody's note.\n" + pem))
                .build())
        .create();
    try (var _ = start(data)) {
      apply("trusted", GOOD, "caRef: {kind: ConfigMap, name: corp-ca, key: ca.crt}");

      await("the certificate")
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> row("trusted").accepted().authority().isPresent());
      assertThat(row("trusted").accepted().authority().orElseThrow())
          .isEqualToIgnoringNewLines(pem)
          .doesNotContain("note");
      assertThat(row("trusted").accepted().terms()).startsWith("t-");
      assertThat(row("trusted").accepted().endpoint()).isEqualTo(provider.url("/v1"));
    }
  }

  @Test
  void howManyReplicasThereAreIsToldWhereItIsKnown() throws Exception {
    try (var _ = start(data, "--replicas", "3")) {
      await("the heartbeat")
          .atMost(SOON)
          .ignoreException(MirrorUnavailable.class)
          .until(() -> reader.<Integer>read(view -> view.heartbeat().replicas().orElse(0)) == 3);
    }
  }

  /// A provider that lists as many models as one likes, on one page.
  private record Listing(HttpServer server) implements AutoCloseable {
    Listing(int models, AtomicInteger asked) throws IOException {
      this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      var body =
          IntStream.range(0, models)
              .mapToObj(at -> "{\"id\":\"a-model-with-a-rather-long-name-%06d\"}".formatted(at))
              .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"))
              .getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/v1/models",
          exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private interface Damage {
    void to(Path file) throws IOException;
  }

  private static void overwrite(Path file) throws IOException {
    Files.write(file, "no header at all".repeat(200).getBytes(StandardCharsets.UTF_8));
  }

  private static PolicyRule[] rightsWithoutCreatingConfigMaps() {
    return Stream.of(RunningOperator.RIGHTS)
        .map(rule ->
            rule.getResources().contains("configmaps")
                ? new PolicyRuleBuilder(rule).removeFromVerbs("create", "patch").build()
                : rule)
        .toArray(PolicyRule[]::new);
  }

  private RunningOperator start(Path directory, String... more) throws IOException {
    return RunningOperator.start(
        plane,
        account,
        KEY,
        Stream.concat(Stream.of("--data-dir", directory.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private void apply(String name, String key, String spec) throws IOException {
    apply(name, key, spec, consent(provider.url("/v1")));
  }

  private static Map<String, String> consent(String url) {
    return Map.of(Annotations.ALLOWED_ENDPOINTS, url);
  }

  private void apply(String name, String key, String spec, Map<String, String> annotations)
      throws IOException {
    apply(name, key, spec, annotations, provider.url("/v1"));
  }

  private void apply(
      String name, String key, String spec, Map<String, String> annotations, String endpoint)
      throws IOException {
    client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName(name)
                .withAnnotations(annotations)
                .endMetadata()
                .withStringData(Map.of("api-key", key))
                .build())
        .create();
    var file = folder.resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ApiKeyConfig
        metadata: {name: %1$s, namespace: %2$s}
        spec:
          provider: OpenAI
          endpoint: %3$s
          allowInsecureEndpoint: true
          secretRef: {name: %1$s}
          %4$s
        """
            .formatted(name, plane.namespace(), endpoint, spec));
    kubectl.run("apply", "-f", file.toString());
  }

  private void select(String name, String models) {
    kubectl.run(
        "patch",
        "apikeyconfig",
        name,
        "-n",
        plane.namespace(),
        "--type=merge",
        "-p",
        "{\"spec\":{\"models\":%s}}".formatted(models));
  }

  /// As if everything had been two days ago.
  private void longAgo(String name) {
    var then = Instant.now().minus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    kubectl.run(
        "patch",
        "apikeyconfig",
        name,
        "-n",
        plane.namespace(),
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"lastVerifiedTime\":\"%s\"}}".formatted(then));
    kubectl.run(
        "annotate",
        "--overwrite",
        "configmap",
        ManagedNames.factsConfigMap(name),
        "-n",
        plane.namespace(),
        Annotations.ASKED_AT + "=" + then);
  }

  /// The second one begins when the first one has ended, writes included.
  private void awaitTwoReconciles(String name, AuditLog.Mark mark) {
    for (int round = 1; round <= 2; round++) {
      var expected = reads(name, mark) + 1;
      kubectl.run(
          "label",
          "--overwrite",
          "secret",
          name,
          "-n",
          plane.namespace(),
          "round=" + round + "-" + System.nanoTime());
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

  private int writes(AuditLog.Mark mark) {
    return plane
        .audit()
        .since(mark)
        .by(account)
        .writes()
        .only(request -> !request.resource().equals("leases"))
        .count();
  }

  private void awaitCount(String name, int models) {
    await(name + " to count " + models)
        .atMost(SOON)
        .until(() ->
            Optional.ofNullable(status(name).getModelCount())
                .filter(count -> count == models)
                .isPresent());
  }

  private void awaitNote(String name, String reason) {
    await(name + " to note " + reason)
        .atMost(SOON)
        .until(() ->
            Objects.requireNonNullElse(status(name).getNotes(), List.<Note>of()).stream()
                .anyMatch(note -> reason.equals(note.getReason())));
  }

  private void awaitReason(String name, String type, String reason) {
    await(name + " to say " + type + " " + reason)
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> condition(name, type).getReason().equals(reason));
  }

  private void awaitList(ConfigReader from, String name, int models) {
    await("the list of " + name)
        .atMost(SOON)
        .ignoreException(MirrorUnavailable.class)
        .until(() -> ids(from, name).size() == models);
  }

  private List<String> ids(ConfigReader from, String name) {
    return from.read(view ->
        view.models(ref(name)).stream()
            .flatMap(list -> list.models().stream())
            .map(OfferedModels.Model::id)
            .toList());
  }

  private KeyRow row(String name) {
    return reader
        .<Optional<KeyRow>>read(view -> view.key(ref(name)).map(Stored::row))
        .orElseThrow();
  }

  private Ref ref(String name) {
    return new Ref(plane.namespace(), name);
  }

  private ConfigMap facts(String name) {
    return find(name).orElseThrow();
  }

  private Optional<ConfigMap> find(String name) {
    return Optional.ofNullable(
        client()
            .configMaps()
            .inNamespace(plane.namespace())
            .withName(ManagedNames.factsConfigMap(name))
            .get());
  }

  /// What somebody else has put there besides is emptied, not taken away.
  private static Map<String, String> content(ConfigMap map) {
    return map.getData().entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private String annotation(String name) {
    return facts(name).getMetadata().getAnnotations().getOrDefault(Annotations.ASKED_AT, "");
  }

  private static String uid(ConfigMap map) {
    return map.getMetadata().getUid();
  }

  private ApiKeyConfigStatus status(String name) {
    var status =
        client()
            .resources(ApiKeyConfig.class)
            .inNamespace(plane.namespace())
            .withName(name)
            .require()
            .getStatus();
    return Objects.requireNonNullElseGet(status, ApiKeyConfigStatus::new);
  }

  private Condition condition(String name, String type) {
    return Objects.requireNonNullElse(status(name).getConditions(), List.<Condition>of()).stream()
        .filter(one -> one.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private KubernetesClient client() {
    return plane.admin().client();
  }
}
