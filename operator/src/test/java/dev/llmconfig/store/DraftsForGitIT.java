package dev.llmconfig.store;

import static dev.llmconfig.store.ConfigStoreContract.ANY;
import static dev.llmconfig.store.ConfigStoreContract.CANARY;
import static dev.llmconfig.store.ConfigStoreContract.NO_KEY;
import static dev.llmconfig.store.ConfigStoreContract.done;
import static dev.llmconfig.store.ConfigStoreContract.typed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.Caller;
import dev.llmconfig.store.Manner.Foreign;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.Outcome.Checked;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.FaultProxy;
import dev.llmconfig.testing.Kubectl;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What somebody is told to commit, and that nothing is changed by asking.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class DraftsForGitIT {

  private static final Manner DRAFT = new Manner(Run.Draft, Foreign.Ask);

  private ControlPlane plane;
  private FaultProxy proxy;
  private ClusterWorld world;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    proxy = plane.faultProxy();
    world = plane.closedLater(new ClusterWorld(plane, proxy.url()));
  }

  @Test
  void whoeverMayOnlyReadIsToldWhatToCommitWithTheKeyEncrypted() {
    done(make(typed(CANARY), Manner.APPLY));
    var before = world.key("git").orElseThrow();
    var viewer = ClusterWorld.caller(plane.actor("viewer", ClusterWorld.VIEW));

    for (var who : new Caller[] {viewer, world.editor()}) {
      var drafted = drafted(change(who, "{displayName: 'from Git'}", typed(CANARY), DRAFT));
      assertThat(drafted.by()).isEqualTo(who == viewer ? Checked.Local : Checked.Server);
      assertThat(Manifests.of(drafted.objects()))
          .contains("displayName: \"from Git\"", "encryptedKey: \"gAAAAA")
          .doesNotContain(CANARY, "managedFields", "resourceVersion", "last-changed-by");
    }
    assertThat(change(viewer, "{displayName: 'x'}", NO_KEY, Manner.DRY_RUN))
        .isInstanceOf(Outcome.Denied.class);
    assertThat(world.key("git")).contains(before);
    assertThat(drafted(make("new", typed(CANARY), DRAFT, viewer)).by()).isEqualTo(Checked.Local);
    assertThat(world.key("new")).isEmpty();
  }

  @Test
  void whatGitOwnsIsEditedForGitAndForeignFieldsAreNoObstacle() {
    plane
        .closedLater(Kubectl.admin())
        .apply(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ModelConfig
            metadata:
              name: owned
              namespace: %s
              labels: {kustomize.toolkit.fluxcd.io/name: apps}
            spec:
              apiKeyRef: {name: a}
              model: m
            """
                .formatted(world.namespace()));
    var change = world.spec("{model: 'n'}");

    var drafted =
        drafted(world.store().changeModel(world.editor(), world.at("owned"), ANY, change, DRAFT));
    assertThat(drafted.by()).isEqualTo(Checked.Server);
    assertThat(Manifests.of(drafted.objects()))
        .contains("model: \"n\"", "kustomize.toolkit.fluxcd.io/name: \"apps\"")
        .doesNotContain("last-applied");
    var tried =
        world.store().changeModel(world.editor(), world.at("owned"), ANY, change, Manner.DRY_RUN);
    assertThat(tried)
        .isInstanceOfSatisfying(
            Outcome.Previewed.class,
            previewed -> {
              assertThat(previewed.preview().changes()).hasSize(1);
              assertThat(previewed.warnings())
                  .extracting(Outcome.Warning::field, Outcome.Warning::reason)
                  .containsExactly(
                      org.assertj.core.groups.Tuple.tuple(
                          "spec.model", "FieldOwnedByAnotherManager"));
            });
    assertThat(world.model("owned").orElseThrow().spec().path("model").asText()).isEqualTo("m");
    var selected =
        drafted(
            world
                .store()
                .select(
                    world.editor(),
                    new Choice.Configured(world.at("owned")),
                    ANY,
                    Optional.empty(),
                    DRAFT));
    assertThat(Manifests.of(selected.objects())).contains("isDefault: true");
  }

  @Test
  void aNamespaceThatIsNotThereIsSaidToBeWrong() {
    proxy
        .faults()
        .fail(
            404,
            request ->
                request.method().equals("POST") && request.path().contains("/apis/llmconfig.dev/"));

    var key =
        world
            .store()
            .createKey(
                world.editor(),
                new KeyDraft(
                    world.namespace(),
                    Optional.of("git"),
                    world.spec("{provider: 'Echo'}"),
                    Optional.empty(),
                    false),
                NO_KEY,
                DRAFT);
    var model =
        world
            .store()
            .createModel(
                world.editor(),
                new ModelDraft(
                    world.namespace(),
                    Optional.of("git"),
                    world.spec("{apiKeyRef: {name: 'a'}, model: 'm'}")),
                DRAFT);

    assertThat(List.of(key, model))
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOfSatisfying(
                    Outcome.Invalid.class,
                    invalid ->
                        assertThat(invalid.flaws())
                            .extracting(Flaw::field)
                            .containsExactly("namespace")));
    proxy.faults().heal();
  }

  @Test
  void whatWouldHoldAPlainKeyIsNotWrittenDown() {
    var secret =
        world
            .store()
            .createKey(
                world.editor(),
                new KeyDraft(
                    world.namespace(),
                    Optional.of("git"),
                    world.spec("{provider: 'OpenAI'}"),
                    Optional.of(Holding.Secret),
                    false),
                typed(CANARY),
                DRAFT);
    assertThat(secret).isInstanceOf(Outcome.Unwritable.class);
    assertThat(
            world
                .store()
                .createKey(
                    world.editor(),
                    new KeyDraft(
                        world.namespace(),
                        Optional.of("git"),
                        world.spec("{provider: 'OpenAI', secretRef: {name: 'theirs'}}"),
                        Optional.empty(),
                        false),
                    NO_KEY,
                    DRAFT))
        .as("the Secret is asked for by the operator, when it is committed")
        .isInstanceOf(Outcome.Drafted.class);
  }

  private Outcome make(KeyMaterial material, Manner manner) {
    return make("git", material, manner, world.editor());
  }

  private Outcome make(String name, KeyMaterial material, Manner manner, Caller who) {
    return world
        .store()
        .createKey(
            who,
            new KeyDraft(
                world.namespace(),
                Optional.of(name),
                world.spec("{provider: 'OpenAI'}"),
                Optional.empty(),
                false),
            material,
            manner);
  }

  private Outcome change(Caller who, String spec, KeyMaterial material, Manner manner) {
    return world
        .store()
        .changeKey(
            who,
            world.at("git"),
            ANY,
            new KeyChange(world.spec(spec), Optional.empty(), false),
            material,
            manner);
  }

  private static Outcome.Drafted drafted(Outcome outcome) {
    if (outcome instanceof Outcome.Drafted drafted) {
      return drafted;
    }
    throw new AssertionError(outcome);
  }
}
