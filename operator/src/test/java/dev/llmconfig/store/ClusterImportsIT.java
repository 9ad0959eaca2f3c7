package dev.llmconfig.store;

import static dev.llmconfig.store.ConfigStoreContract.CANARY;
import static dev.llmconfig.store.ConfigStoreContract.done;
import static dev.llmconfig.store.ConfigStoreContract.typed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Imports.Imported;
import dev.llmconfig.store.Imports.Kind;
import dev.llmconfig.store.Imports.Wanted;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Many objects at once on the real API server: all of them, or none.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ClusterImportsIT {

  private static final String MODEL = "{apiKeyRef: {name: 'team'}, model: 'gpt-5'}";

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

  @Test
  void whatIsThereAlreadyIsUnchangedAndWhatIsNotIsMadeInOrder() {
    var all =
        List.of(
            model("support", MODEL),
            key("team", "{provider: 'OpenAI', secretRef: {name: 'team', key: 'api-key'}}"),
            secret("team"));

    var first = taken(all, Manner.APPLY);
    assertThat(first.created())
        .extracting(Wanted::kind)
        .containsExactly(Kind.Secret, Kind.ApiKeyConfig, Kind.ModelConfig);
    var second = taken(all, Manner.APPLY);
    assertThat(second.created()).isEmpty();
    assertThat(second.changed()).isEmpty();
    assertThat(second.unchanged()).hasSize(3);
    assertThat(world.model("support").orElseThrow().generation()).isEqualTo(1);

    var third =
        taken(
            List.of(
                model("support", "{apiKeyRef: {name: 'team'}, model: 'gpt-5', isDefault: true}")),
            Manner.APPLY);
    assertThat(third.changed()).hasSize(1);
    assertThat(world.model("support").orElseThrow().spec().path("isDefault").asBoolean()).isTrue();
    assertThat(taken(List.of(model("support", MODEL)), Manner.DRY_RUN).changed()).hasSize(1);
    assertThat(world.model("support").orElseThrow().spec().path("isDefault").asBoolean()).isTrue();
  }

  @Test
  void anEncryptedKeyIsTakenBackAsItWasAndNotElsewhere() {
    done(
        world
            .store()
            .createKey(
                world.editor(),
                new KeyDraft(
                    world.namespace(),
                    Optional.of("bound"),
                    world.spec("{provider: 'OpenAI'}"),
                    Optional.empty(),
                    false),
                typed(CANARY),
                Manner.APPLY));
    var stored = world.key("bound").orElseThrow();
    var same = new Wanted("line 1", Kind.ApiKeyConfig, stored.ref(), stored.spec());
    assertThat(taken(List.of(same), Manner.APPLY).unchanged()).containsExactly(same);

    var moved = new Wanted("line 4", Kind.ApiKeyConfig, world.at("moved"), stored.spec());
    var stopped = stopped(List.of(model("early", MODEL), moved));
    assertThat(stopped.where()).isEqualTo("line 4");
    assertThat(stopped.why())
        .isInstanceOfSatisfying(
            Outcome.Invalid.class,
            invalid ->
                assertThat(invalid.flaws().getFirst().reason())
                    .isEqualTo(Flaw.Reason.TokenBoundElsewhere));
    assertThat(world.model("early")).as("nothing is written before all is rehearsed").isEmpty();

    assertThat(
            world
                .store()
                .deleteKey(
                    world.editor(),
                    stored.ref(),
                    new Version.Any(),
                    new Replacement.None(),
                    Manner.APPLY))
        .isInstanceOf(Outcome.Deleted.class);
    assertThat(taken(List.of(same), Manner.APPLY).created()).containsExactly(same);
    assertThat(world.plaintext("bound")).contains(CANARY);
  }

  @Test
  void whatWasDoneIsUndoneWhereALaterWriteFails() {
    var before = done(made("first", MODEL));
    proxy
        .faults()
        .fail(
            422,
            request ->
                request.method().equals("POST")
                    && request.path().endsWith("modelconfigs")
                    && !String.valueOf(request.uri().getQuery()).contains("dryRun=All"));

    var stopped =
        stopped(
            List.of(
                secret("team"),
                key("team", "{provider: 'OpenAI', secretRef: {name: 'team', key: 'api-key'}}"),
                model("first", "{apiKeyRef: {name: 'team'}, model: 'other'}"),
                model("last", MODEL)));

    assertThat(stopped.why()).isInstanceOf(Outcome.Invalid.class);
    assertThat(stopped.left()).isEmpty();
    assertThat(world.key("team")).isEmpty();
    assertThat(world.model("first").orElseThrow().spec()).isEqualTo(before.spec());
    assertThat(
            plane.admin().client().secrets().inNamespace(world.namespace()).withName("team").get())
        .isNull();
    proxy.faults().heal();
  }

  @Test
  void whoIsOvertakenEachTimeIsToldThatOthersWereFaster() {
    var before = done(made("first", MODEL));
    proxy
        .faults()
        .fail(
            409,
            request ->
                request.method().equals("PATCH")
                    && !String.valueOf(request.uri().getQuery()).contains("dryRun=All"));

    var stopped =
        stopped(
            List.of(
                key("team", "{provider: 'Echo'}"),
                model("first", "{apiKeyRef: {name: 'team'}, model: 'other'}")));

    assertThat(stopped.why()).isInstanceOf(Outcome.Conflict.class);
    assertThat(stopped.left()).isEmpty();
    assertThat(world.key("team")).isEmpty();
    assertThat(world.model("first").orElseThrow().spec()).isEqualTo(before.spec());
    proxy.faults().heal();
  }

  @Test
  void nobodyTakesInWhatTheyMayNotWrite() {
    var viewer = ClusterWorld.caller(plane.actor("viewer", ClusterWorld.VIEW));
    assertThat(world.imports().take(viewer, List.of(model("mine", MODEL)), Manner.APPLY))
        .isInstanceOfSatisfying(
            Imported.Stopped.class,
            stopped ->
                assertThat(stopped.why())
                    .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied -> assertThat(denied.right().verb()).isEqualTo("create")));
    taken(List.of(secret("team"), key("team", "{provider: 'Echo'}")), Manner.DRY_RUN);
    assertThat(world.key("team")).isEmpty();
  }

  private Outcome made(String name, String spec) {
    return world
        .store()
        .createModel(
            world.editor(),
            new ModelDraft(world.namespace(), Optional.of(name), world.spec(spec)),
            Manner.APPLY);
  }

  private Wanted model(String name, String spec) {
    return new Wanted("line 2", Kind.ModelConfig, world.at(name), world.spec(spec));
  }

  private Wanted key(String name, String spec) {
    return new Wanted("line 3", Kind.ApiKeyConfig, world.at(name), world.spec(spec));
  }

  private Wanted secret(String name) {
    var data = Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8));
    return new Wanted(
        "line 5",
        Kind.Secret,
        new Ref(world.namespace(), name),
        world.spec("{data: {'api-key': '%s'}}".formatted(data)));
  }

  private Imported.Taken taken(List<Wanted> wanted, Manner manner) {
    if (world.imports().take(world.editor(), wanted, manner) instanceof Imported.Taken taken) {
      return taken;
    }
    throw new AssertionError(world.imports().take(world.editor(), wanted, Manner.DRY_RUN));
  }

  private Imported.Stopped stopped(List<Wanted> wanted) {
    if (world.imports().take(world.editor(), wanted, Manner.APPLY)
        instanceof Imported.Stopped stopped) {
      return stopped;
    }
    throw new AssertionError(wanted);
  }
}
