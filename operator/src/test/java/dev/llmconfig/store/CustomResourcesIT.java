package dev.llmconfig.store;

import static dev.llmconfig.store.ConfigStoreContract.ANY;
import static dev.llmconfig.store.ConfigStoreContract.CANARY;
import static dev.llmconfig.store.ConfigStoreContract.NO_KEY;
import static dev.llmconfig.store.ConfigStoreContract.done;
import static dev.llmconfig.store.ConfigStoreContract.seen;
import static dev.llmconfig.store.ConfigStoreContract.typed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.store.Manner.Foreign;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.FaultProxy;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The contract on the real API server, and what only that one knows: who wrote, whose field it is,
/// who may.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class CustomResourcesIT implements ConfigStoreContract {

  private static final Manner TAKE_OVER = new Manner(Run.Apply, Foreign.TakeOver);

  private ControlPlane plane;
  private FaultProxy proxy;
  private ClusterWorld world;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    proxy = plane.faultProxy();
    world =
        plane.closedLater(
            new ClusterWorld(
                plane, proxy.url(), ClusterWorld.rule("", "get", "create", "patch", "delete")));
  }

  @Override
  public StoreWorld world() {
    return world;
  }

  @Test
  void whoIsOvertakenAtEachTryToSelectIsToldSo() {
    var old = done(model("old"));
    done(
        world
            .store()
            .select(world.editor(), configured("old"), ANY, Optional.empty(), Manner.APPLY));
    done(model("new"));
    proxy
        .faults()
        .fail(
            409,
            request ->
                request.method().equals("PATCH")
                    && request.path().endsWith("/old")
                    && !String.valueOf(request.uri().getQuery()).contains("dryRun=All"));

    var outcome =
        world
            .store()
            .select(world.editor(), configured("new"), ANY, Optional.empty(), Manner.APPLY);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Conflict.class,
            conflict -> assertThat(conflict.current().ref()).isEqualTo(old.ref()));
    assertThat(world.model("old").orElseThrow().spec().path("isDefault").asBoolean()).isTrue();
    assertThat(world.model("new").orElseThrow().spec().path("isDefault").asBoolean()).isFalse();
    proxy.faults().heal();
  }

  private Choice configured(String name) {
    return new Choice.Configured(world.at(name));
  }

  @Test
  void theApiServerNamesThePersonAndTheirRightsDecide() {
    var before = plane.audit().mark();
    var made = done(model("mine"));
    assertThat(plane.audit().since(before).by(world.person()).on("modelconfigs").verb("create"))
        .isNotEmpty();
    assertThat(managers("mine")).containsExactly(FieldManagers.PLAYGROUND);
    assertThat(
            world
                .object("ModelConfig", "mine")
                .orElseThrow()
                .at("/metadata/annotations/llmconfig.dev~1last-changed-by")
                .asText())
        .isEqualTo(world.person().user());

    var viewer = ClusterWorld.caller(plane.actor("viewer", ClusterWorld.VIEW));
    var change = world.spec("{model: 'other'}");
    var denied = world.store().changeModel(viewer, made.ref(), ANY, change, Manner.APPLY);
    assertThat(denied).isInstanceOf(Outcome.Denied.class);
    assertThat(((Outcome.Denied) denied).right().verb()).isEqualTo("patch");
    assertThat(((Outcome.Denied) denied).right().qualifiedResource())
        .isEqualTo("modelconfigs.llmconfig.dev");
    assertThat(world.store().deleteModel(viewer, made.ref(), ANY, Manner.APPLY))
        .isInstanceOf(Outcome.Denied.class);
    assertThat(
            world
                .store()
                .createModel(
                    viewer,
                    new ModelDraft(
                        world.namespace(),
                        Optional.of("theirs"),
                        world.spec("{apiKeyRef: {name: 'a'}, model: 'm'}")),
                    Manner.APPLY))
        .isInstanceOf(Outcome.Denied.class);
    assertThat(world.store().requestTest(viewer, world.at("any"), new Version.Any()))
        .isInstanceOf(Outcome.Denied.class);
    assertThat(world.model("mine")).contains(made);
  }

  @Test
  void fieldsOfOthersAreTakenOnlyFromThoseWhoHaveAgreedAndOnlyThose() {
    applied(
        """
        spec:
          apiKeyRef: {name: a}
          model: m
          parameters: {temperature: 0.5, topP: 0.5}
          delivery: {mode: Env, profile: openai}
        """);
    var start = world.model("applied").orElseThrow();
    var change = world.spec("{model: 'n', displayName: 'new', parameters: {topP: null}}");

    var asked = world.store().changeModel(world.editor(), start.ref(), ANY, change, Manner.APPLY);
    assertThat(asked)
        .isEqualTo(
            new Outcome.OwnedField(
                List.of(
                    new Outcome.Owned("spec.model", "kubectl-client-side-apply"),
                    new Outcome.Owned("spec.parameters.topP", "kubectl-client-side-apply"))));
    assertThat(world.model("applied")).contains(start);

    var taken =
        done(
            world.store().changeModel(world.editor(), start.ref(), seen(start), change, TAKE_OVER));
    assertThat(taken.spec())
        .isEqualTo(
            world.spec(
                "{apiKeyRef: {name: 'a'}, model: 'n', displayName: 'new', parameters: {temperature: 0.5},"
                    + " delivery: {mode: 'Env', profile: 'openai'}}"));
    assertThat(fieldsOf("applied", "kubectl-client-side-apply").toString())
        .contains("f:temperature", "f:apiKeyRef", "f:profile")
        .doesNotContain("f:model\"", "f:topP", "f:displayName");
    assertThat(fieldsOf("applied", FieldManagers.PLAYGROUND).toString())
        .contains("f:model\"", "f:displayName")
        .doesNotContain("f:temperature", "f:apiKeyRef", "f:profile");

    var own = world.spec("{model: 'o', displayName: null}");
    assertThat(
            done(world
                    .store()
                    .changeModel(world.editor(), start.ref(), seen(taken), own, Manner.APPLY))
                .spec()
                .has("displayName"))
        .as("what is ours needs no question")
        .isFalse();
  }

  @Test
  void aListThatOthersFillIsNotTakenFromThem() {
    plane
        .closedLater(Kubectl.admin())
        .apply(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ApiKeyConfig
            metadata: {name: shared, namespace: %s}
            spec:
              provider: Ollama
              endpoint: https://ollama.example.com
              headers: [{name: X-Theirs, value: a}]
              models: {allow: [theirs]}
            """
                .formatted(world.namespace()));
    var change =
        world.spec(
            "{headers: [{name: 'X-Theirs', value: 'a'}, {name: 'X-Ours', value: 'b'}], models: {allow: ['theirs', 'ours']}}");
    var after =
        done(
            world
                .store()
                .changeKey(
                    world.editor(),
                    world.at("shared"),
                    ANY,
                    new KeyChange(change, Optional.empty(), false),
                    NO_KEY,
                    Manner.APPLY));
    assertThat(after.spec().path("headers")).hasSize(2);
    assertThat(fields("ApiKeyConfig", "shared", FieldManagers.PLAYGROUND).toString())
        .contains("X-Ours", "ours")
        .doesNotContain("X-Theirs", "theirs");
    var without = world.spec("{headers: [{name: 'X-Theirs', value: 'a'}], models: {allow: []}}");
    var asked =
        world
            .store()
            .changeKey(
                world.editor(),
                world.at("shared"),
                ANY,
                new KeyChange(without, Optional.empty(), false),
                NO_KEY,
                Manner.APPLY);
    assertThat(((Outcome.OwnedField) asked).fields())
        .extracting(Outcome.Owned::field)
        .containsExactly("spec.models.allow");
  }

  @Test
  void whatGitOwnsIsWrittenDownForGitAndCanBeTested() {
    done(key("git", typed(CANARY)));
    plane
        .closedLater(Kubectl.admin())
        .run(
            "label",
            "apikeyconfig",
            "git",
            "--namespace=" + world.namespace(),
            "kustomize.toolkit.fluxcd.io/name=apps");
    var outcome =
        world
            .store()
            .changeKey(
                world.editor(),
                world.at("git"),
                ANY,
                new KeyChange(world.spec("{displayName: 'from Git'}"), Optional.empty(), false),
                typed(CANARY),
                TAKE_OVER);
    assertThat(outcome).isInstanceOf(Outcome.OwnedByGit.class);
    assertThat(((Outcome.OwnedByGit) outcome).yaml())
        .contains("displayName: \"from Git\"", "encryptedKey: \"gAAAAA", "kustomize.toolkit")
        .doesNotContain(CANARY, "managedFields", "resourceVersion", "last-changed-by");
    assertThat(
            world
                .store()
                .deleteKey(
                    world.editor(), world.at("git"), ANY, new Replacement.None(), Manner.APPLY))
        .isInstanceOf(Outcome.OwnedByGit.class);
    var requested = world.store().requestTest(world.editor(), world.at("git"), new Version.Any());
    assertThat(requested).isInstanceOf(Outcome.Requested.class);
    var object = world.object("ApiKeyConfig", "git").orElseThrow();
    assertThat(object.at("/metadata/annotations/llmconfig.dev~1verify-requested-at").asText())
        .isEqualTo(((Outcome.Requested) requested).mark());
    assertThat(fields("ApiKeyConfig", "git", FieldManagers.PLAYGROUND_ACTION).at("/f:spec"))
        .isEmpty();
  }

  @Test
  void aLostAnswerIsLookedAfterAndNothingIsSentTwice() {
    var start = done(model("lost"));
    var number = proxy.requests().size();
    proxy
        .faults()
        .cutAfter(request -> request.method().equals("PATCH") && !dryRun(request.uri().getQuery()));
    proxy.faults().atTheCut(() -> proxy.faults().heal());
    assertThat(done(change(start, "one")).spec().path("model").asText()).isEqualTo("one");
    assertThat(
            proxy.requests().stream()
                .skip(number)
                .filter(request -> request.write() && !dryRun(request.uri().getQuery())))
        .hasSize(1);

    var one = world.model("lost").orElseThrow();
    proxy
        .faults()
        .cutBefore(
            request -> request.method().equals("PATCH") && !dryRun(request.uri().getQuery()));
    proxy.faults().atTheCut(() -> proxy.faults().heal());
    assertThat(change(one, "two")).isInstanceOf(Outcome.Unknown.class);
    assertThat(world.model("lost")).contains(one);

    proxy.faults().cut();
    assertThat(change(one, "three")).isInstanceOf(Outcome.Unavailable.class);
    proxy.faults().heal();
    assertThat(world.model("lost")).contains(one);
  }

  @Test
  void aSecretIsMadeForTheKeyAndGoesWhereTheKeyIsRefused() {
    var ring = world.losesItsRing();
    var refused = key("secret", typed(CANARY));
    assertThat(((Outcome.Invalid) refused).flaws())
        .extracting(Flaw::reason)
        .containsExactly(Flaw.Reason.KeyRingMissing);

    proxy
        .faults()
        .fail(
            422,
            request ->
                request.method().equals("POST")
                    && request.path().endsWith("apikeyconfigs")
                    && !dryRun(request.uri().getQuery()));
    assertThat(inSecret("secret")).isInstanceOf(Outcome.Invalid.class);
    assertThat(secret("secret-key")).isEmpty();
    proxy.faults().heal();

    var made = done(inSecret("secret"));
    assertThat(made.spec().path("secretRef"))
        .isEqualTo(world.spec("{name: 'secret-key', key: 'api-key'}"));
    var secret = secret("secret-key").orElseThrow();
    assertThat(decoded(secret)).isEqualTo(CANARY);
    assertThat(secret.getMetadata().getAnnotations())
        .containsEntry("llmconfig.dev/allowed-endpoints", "https://llm.example.com/v1");
    assertThat(secret.getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getUid)
        .containsExactly(made.uid());

    var replaced =
        world
            .store()
            .changeKey(
                world.editor(),
                made.ref(),
                ANY,
                new KeyChange(world.spec("{}"), Optional.empty(), false),
                typed(CANARY + "9"),
                Manner.APPLY);
    assertThat(done(replaced).generation()).isEqualTo(made.generation());
    assertThat(decoded(secret("secret-key").orElseThrow())).isEqualTo(CANARY + "9");

    ring.run();
    var moved =
        done(
            world
                .store()
                .changeKey(
                    world.editor(),
                    made.ref(),
                    ANY,
                    new KeyChange(world.spec("{}"), Optional.of(Holding.EncryptedKey), false),
                    typed(CANARY),
                    Manner.APPLY));
    assertThat(moved.spec().has("secretRef")).isFalse();
    assertThat(secret("secret-key")).as("no plain key is left behind").isEmpty();
  }

  @Test
  void aSecretOfSomebodyElseIsLeftAlone() {
    plane
        .closedLater(Kubectl.admin())
        .run(
            "create",
            "secret",
            "generic",
            "theirs-key",
            "--namespace=" + world.namespace(),
            "--from-literal=api-key=theirs");
    assertThat(inSecret("theirs")).isInstanceOf(Outcome.AlreadyExists.class);
    assertThat(world.key("theirs")).isEmpty();
    assertThat(decoded(secret("theirs-key").orElseThrow())).isEqualTo("theirs");

    var spec = "{provider: 'OpenAI', secretRef: {name: 'theirs-key', key: 'api-key'}}";
    var draft =
        new KeyDraft(
            world.namespace(), Optional.of("by-ref"), world.spec(spec), Optional.empty(), false);
    var stranger = ClusterWorld.caller(plane.actor("stranger", ClusterWorld.EDIT));
    var denied = world.store().createKey(stranger, draft, NO_KEY, Manner.APPLY);
    assertThat(((Outcome.Denied) denied).right().resource()).isEqualTo("secrets");
    done(world.store().createKey(world.editor(), draft, NO_KEY, Manner.APPLY));
    assertThat(
            world
                .store()
                .changeKey(
                    world.editor(),
                    world.at("by-ref"),
                    ANY,
                    new KeyChange(world.spec("{}"), Optional.empty(), false),
                    typed(CANARY),
                    Manner.APPLY))
        .isEqualTo(new Outcome.KeyHeldElsewhere("Secret theirs-key"));
  }

  @Test
  void aSecretLetsItsKeyGoNowhereThatItsOwnerHasNotAgreedTo() {
    plane
        .closedLater(Kubectl.admin())
        .run(
            "create",
            "secret",
            "generic",
            "bound",
            "--namespace=" + world.namespace(),
            "--from-literal=api-key=theirs");
    var spec =
        world.spec(
            "{provider: 'OpenAI', endpoint: 'https://llm.example.com/v1', secretRef: {name: 'bound'}}");
    var asked =
        world
            .store()
            .createKey(
                world.editor(),
                new KeyDraft(
                    world.namespace(), Optional.of("bound"), spec, Optional.empty(), false),
                NO_KEY,
                Manner.APPLY);
    assertThat(((Outcome.EndpointNotAllowed) asked).command())
        .isEqualTo(
            "kubectl annotate secret bound --namespace %s --overwrite 'llmconfig.dev/allowed-endpoints=https://llm.example.com/v1'"
                .formatted(world.namespace()));
    assertThat(world.key("bound")).isEmpty();
    done(
        world
            .store()
            .createKey(
                world.editor(),
                new KeyDraft(world.namespace(), Optional.of("bound"), spec, Optional.empty(), true),
                NO_KEY,
                Manner.APPLY));
    var moved = world.spec("{endpoint: 'https://other.example.com/v1'}");
    assertThat(
            world
                .store()
                .changeKey(
                    world.editor(),
                    world.at("bound"),
                    ANY,
                    new KeyChange(moved, Optional.empty(), false),
                    NO_KEY,
                    Manner.APPLY))
        .isInstanceOf(Outcome.EndpointNotAllowed.class);
    done(
        world
            .store()
            .changeKey(
                world.editor(),
                world.at("bound"),
                ANY,
                new KeyChange(moved, Optional.empty(), true),
                NO_KEY,
                Manner.APPLY));
    assertThat(secret("bound").orElseThrow().getMetadata().getAnnotations())
        .containsEntry(
            "llmconfig.dev/allowed-endpoints",
            "https://llm.example.com/v1,https://other.example.com/v1");
  }

  @Test
  void aSelectionThatFailsHalfwayIsTakenBack() {
    var one = done(model("one"));
    var two = done(model("two"));
    done(
        world
            .store()
            .select(
                world.editor(),
                new Choice.Configured(one.ref()),
                ANY,
                Optional.empty(),
                Manner.APPLY));
    proxy
        .faults()
        .fail(
            422,
            request ->
                request.method().equals("PATCH")
                    && request.path().endsWith("/one")
                    && !dryRun(request.uri().getQuery()));
    assertThat(
            world
                .store()
                .select(
                    world.editor(),
                    new Choice.Configured(two.ref()),
                    ANY,
                    Optional.empty(),
                    Manner.APPLY))
        .isInstanceOf(Outcome.Invalid.class);
    proxy.faults().heal();
    assertThat(world.model("two").orElseThrow().spec().path("isDefault").asBoolean()).isFalse();
    assertThat(world.model("one").orElseThrow().spec().path("isDefault").asBoolean()).isTrue();
  }

  @Test
  void aNameThatNothingCanHaveLeadsNowhere() {
    for (var name : List.of("..", "%2e%2e", "a/b", "A", " ")) {
      assertThat(
              world
                  .store()
                  .changeModel(world.editor(), world.at(name), ANY, world.spec("{}"), Manner.APPLY))
          .as(name)
          .isEqualTo(new Outcome.Missing());
    }
  }

  @Test
  void noKeyIsAnywhereButEncrypted() {
    done(key("canary", typed(CANARY)));
    key("canary", typed(CANARY));
    change(done(model("m")), CANARY);
    var whole =
        world.object("ApiKeyConfig", "canary").orElseThrow().toString()
            + plane.admin().client().v1().events().inNamespace(world.namespace()).list();
    assertThat(whole)
        .doesNotContain(CANARY)
        .doesNotContain(
            Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)));
    assertThat(typed(CANARY).toString()).doesNotContain("canary");
  }

  private Outcome change(Stored seen, String model) {
    return world
        .store()
        .changeModel(
            world.editor(),
            seen.ref(),
            seen(seen),
            Specs.of("{}").put("model", model),
            Manner.APPLY);
  }

  private Outcome model(String name) {
    return world
        .store()
        .createModel(
            world.editor(),
            new ModelDraft(
                world.namespace(),
                Optional.of(name),
                world.spec("{apiKeyRef: {name: 'a'}, model: 'm'}")),
            Manner.APPLY);
  }

  private Outcome key(String name, KeyMaterial material) {
    return world
        .store()
        .createKey(
            world.editor(),
            new KeyDraft(
                world.namespace(),
                Optional.of(name),
                world.spec("{provider: 'OpenAI'}"),
                Optional.empty(),
                false),
            material,
            Manner.APPLY);
  }

  private Outcome inSecret(String name) {
    return world
        .store()
        .createKey(
            world.editor(),
            new KeyDraft(
                world.namespace(),
                Optional.of(name),
                world.spec("{provider: 'OpenAI', endpoint: 'https://llm.example.com/v1'}"),
                Optional.of(Holding.Secret),
                false),
            typed(CANARY),
            Manner.APPLY);
  }

  private void applied(String spec) {
    plane
        .closedLater(Kubectl.admin())
        .apply(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ModelConfig
            metadata: {name: applied, namespace: %s}
            %s
            """
                .formatted(world.namespace(), spec));
  }

  private Optional<Secret> secret(String name) {
    return Optional.ofNullable(
        plane.admin().client().secrets().inNamespace(world.namespace()).withName(name).get());
  }

  private static String decoded(Secret secret) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get("api-key")), StandardCharsets.UTF_8);
  }

  private List<String> managers(String model) {
    var managers = new TreeSet<String>();
    world
        .object("ModelConfig", model)
        .orElseThrow()
        .at("/metadata/managedFields")
        .forEach(entry -> managers.add(entry.path("manager").asText()));
    return List.copyOf(managers);
  }

  private JsonNode fieldsOf(String model, String manager) {
    return fields("ModelConfig", model, manager);
  }

  private JsonNode fields(String kind, String name, String manager) {
    return world
        .object(kind, name)
        .orElseThrow()
        .at("/metadata/managedFields")
        .valueStream()
        .filter(entry -> entry.path("manager").asText().equals(manager))
        .findFirst()
        .orElseThrow()
        .path("fieldsV1");
  }

  private static boolean dryRun(@Nullable String query) {
    return query != null && query.contains("dryRun");
  }
}
