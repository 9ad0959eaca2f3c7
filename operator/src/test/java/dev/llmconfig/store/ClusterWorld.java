package dev.llmconfig.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.ApiServer;
import dev.llmconfig.access.ApiServerReview;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.CallerClients;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.cluster.ClusterDrafts;
import dev.llmconfig.store.cluster.ClusterImports;
import dev.llmconfig.store.cluster.ClusterSecrets;
import dev.llmconfig.store.cluster.CustomResources;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// The store of the real API server, asked by a person who may edit in one namespace.
final class ClusterWorld implements StoreWorld, AutoCloseable {

  static final PolicyRule VIEW = rule("llmconfig.dev", "get", "list");
  static final PolicyRule EDIT =
      rule("llmconfig.dev", "get", "list", "watch", "create", "update", "patch", "delete");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ControlPlane plane;
  private final Actor editor;
  private final Vertx vertx = Vertx.vertx();
  private final KeyRing ring = KeyRing.of(FernetKey.generate());
  private final CallerClients clients;
  private final Access access;
  private final ConfigStore store;
  private final Drafts drafts;
  private final SecretReads secrets;
  private final Imports imports;
  private Optional<KeyRing> given = Optional.of(ring);

  ClusterWorld(ControlPlane plane, String url, PolicyRule... more) {
    this.plane = plane;
    var rules = new PolicyRule[more.length + 1];
    rules[0] = EDIT;
    System.arraycopy(more, 0, rules, 1, more.length);
    editor = plane.actor("jane", rules);
    var config = plane.admin().client().getConfiguration();
    clients =
        new CallerClients(
            new ApiServer(
                url.isEmpty() ? config.getMasterUrl() : url,
                Optional.ofNullable(config.getCaCertData()),
                false),
            vertx);
    access =
        new Access(
            new ApiServerReview(clients),
            Duration.ofMinutes(1),
            InstantSource.system(),
            Ticker.systemTicker());
    var encryption = Encryption.with(() -> given, InstantSource.system());
    store = new CustomResources(clients, access, encryption, InstantSource.system());
    drafts = new ClusterDrafts(clients, access, encryption);
    secrets = new ClusterSecrets(clients, access);
    imports = new ClusterImports(clients, access, encryption);
  }

  static PolicyRule rule(String group, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(
            group.isEmpty()
                ? new String[] {"secrets"}
                : new String[] {"apikeyconfigs", "modelconfigs"})
        .withVerbs(verbs)
        .build();
  }

  /// Until what is returned gives it back.
  Runnable losesItsRing() {
    given = Optional.empty();
    return () -> given = Optional.of(ring);
  }

  Actor person() {
    return editor;
  }

  @Override
  public ConfigStore store() {
    return store;
  }

  Drafts drafts() {
    return drafts;
  }

  Imports imports() {
    return imports;
  }

  SecretReads secrets() {
    return secrets;
  }

  @Override
  public Caller editor() {
    return caller(editor);
  }

  static Caller caller(Actor actor) {
    return Caller.token(String.valueOf(actor.client().getConfiguration().getOauthToken()));
  }

  @Override
  public String namespace() {
    return plane.namespace();
  }

  @Override
  public Optional<Stored> key(String name) {
    return object("ApiKeyConfig", name).map(ClusterWorld::stored);
  }

  @Override
  public Optional<Stored> model(String name) {
    return object("ModelConfig", name).map(ClusterWorld::stored);
  }

  Optional<ObjectNode> object(String kind, String name) {
    return Optional.ofNullable(
            plane
                .admin()
                .client()
                .genericKubernetesResources(context(kind))
                .inNamespace(namespace())
                .withName(name)
                .get())
        .map(JSON::valueToTree);
  }

  @Override
  public String plaintext(String key) {
    var token = key(key).orElseThrow().spec().path("encryptedKey").asText();
    if (!(ring.open(token) instanceof Opening.Opened(var plaintext, _))) {
      throw new AssertionError("the token does not open");
    }
    try (plaintext) {
      return plaintext.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void isReady(String key) {
    plane
        .admin()
        .client()
        .genericKubernetesResources(context("ApiKeyConfig"))
        .inNamespace(namespace())
        .withName(key)
        .subresource("status")
        .patch(
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build(),
            """
            {"status": {"conditions": [{"type": "Ready", "status": "True", "reason": "Verified",
              "message": "", "lastTransitionTime": "2026-11-21T00:00:00Z"}]}}
            """);
  }

  private static Stored stored(ObjectNode object) {
    var meta = object.path("metadata");
    return new Stored(
        new Ref(meta.path("namespace").asText(), meta.path("name").asText()),
        meta.path("uid").asText(),
        meta.path("generation").asLong(),
        meta.path("resourceVersion").asText(),
        meta.path("creationTimestamp").asText(),
        (ObjectNode) object.path("spec"));
  }

  private static ResourceDefinitionContext context(String kind) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(ApiGroup.NAME)
        .withVersion(ApiGroup.V1ALPHA1)
        .withKind(kind)
        .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
        .withNamespaced(true)
        .build();
  }

  @Override
  public void close() {
    access.close();
    clients.close();
    ring.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
