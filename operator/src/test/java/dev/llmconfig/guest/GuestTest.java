package dev.llmconfig.guest;

import static dev.llmconfig.guest.Deliveries.by;
import static dev.llmconfig.guest.Deliveries.files;
import static dev.llmconfig.guest.Deliveries.referenced;
import static dev.llmconfig.guest.Deliveries.requested;
import static dev.llmconfig.guest.Deliveries.to;
import static dev.llmconfig.guest.Deliveries.variables;
import static dev.llmconfig.guest.Manifests.container;
import static dev.llmconfig.guest.Manifests.environment;
import static dev.llmconfig.guest.Manifests.secret;
import static dev.llmconfig.guest.Manifests.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.guest.FieldManager.Operation;
import dev.llmconfig.guest.GuestPatch.Effect;
import dev.llmconfig.guest.Obstacle.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One workload, its owner, and what others do to it between our visits.
class GuestTest {

  private static final FieldManager GIT =
      new FieldManager("argocd-controller", Operation.Apply, "");
  private static final FieldManager PERSON = new FieldManager("kubectl-set", Operation.Update, "");
  private static final FieldManager UNDO = new FieldManager("kubectl", Operation.Update, "");

  private final FakeServer server =
      FakeServer.with(
          WorkloadKind.Deployment,
          container("agent", value("FOO", "1"), value("BAR", "$(MODEL)")),
          container("istio-proxy"));

  @Nested
  class Delivering {

    @ParameterizedTest
    @EnumSource
    void writesOnlyWhatIsOursUnderALock(WorkloadKind kind) {
      FakeServer server = FakeServer.with(kind, container("agent", value("FOO", "1")));

      GuestPatch patch = Guest.deliver(server.workload(), variables("d-1", "KEY@s-1", "MODEL=gpt"));

      ObjectNode expected = environment(kind, "agent", secret("KEY", "s-1"), value("MODEL", "gpt"));
      expected
          .putObject("metadata")
          .put("uid", "u-1")
          .put("resourceVersion", "2")
          .putObject("labels")
          .put("llmconfig.dev/delivered-by", "support");
      Manifests.template(kind, expected)
          .putObject("metadata")
          .putObject("annotations")
          .put("llmconfig.dev/rendered", "d-1")
          .put("llmconfig.dev/revision", "m-d-1");
      assertThat(patch.body().map(Json::parsed)).contains(expected);
      assertThat(patch.effect()).isEqualTo(Effect.Template);
      assertThat(patch.obstacles()).isEmpty();
      assertThat(patch.lost()).isEmpty();
      assertThat(patch.missing()).isEmpty();
    }

    @Test
    void isDoneOnce() {
      deliver(variables("d-1", "KEY@s-1", "MODEL=gpt"));

      GuestPatch again = Guest.deliver(server.workload(), variables("d-1", "KEY@s-1", "MODEL=gpt"));

      assertThat(again.body()).isEmpty();
      assertThat(again.effect()).isEqualTo(Effect.Nothing);
    }

    @Test
    void putsWhatIsNewAboveWhatMayReferToIt() {
      deliver(variables("d-1", "KEY@s-1", "MODEL=gpt"));

      assertThat(env("agent")).containsExactly("KEY", "MODEL", "FOO", "BAR");
    }

    @Test
    void namesWhatIsThereInTheOrderInWhichItIsThere() {
      deliver(variables("d-1", "A=1", "B=1"));
      reorder("B", "BAR", "A", "FOO");

      GuestPatch patch = Guest.deliver(server.workload(), variables("d-2", "A=2", "B=2", "C=2"));

      assertThat(patched(patch, "env")).containsExactly("C", "B", "A");
    }

    @Test
    void tellsAllContainersButInjectedOnes() {
      deliver(variables("d-1", "MODEL=gpt"));

      assertThat(env("istio-proxy")).isEmpty();
    }

    @Test
    void tellsTheChosenContainersAndSaysWhichAreMissing() {
      GuestPatch patch =
          Guest.deliver(
              server.workload(),
              to(variables("d-1", "MODEL=gpt"), "istio-proxy", "nobody", "no-one"));

      assertThat(patched(patch, "name")).containsExactly("istio-proxy");
      assertThat(patch.missing()).containsExactly("no-one", "nobody");
    }

    @Test
    void deletesWhatIsRenderedNoMore() {
      deliver(variables("d-1", "KEY@s-1", "URL=u"));

      deliver(variables("d-2", "KEY@s-1"));

      assertThat(env("agent")).containsExactly("KEY", "FOO", "BAR");
    }

    @Test
    void saysExplicitlyThatAValueIsNowAReference() {
      deliver(variables("d-1", "KEY=unused"));

      GuestPatch patch = Guest.deliver(server.workload(), variables("d-2", "KEY@s-1"));

      assertThat(entry(patch, "KEY")).isEqualTo(secret("KEY", "s-1").putNull("value"));
      send(patch);
      assertThat(entry(Guest.deliver(server.workload(), variables("d-3", "KEY=x")), "KEY"))
          .isEqualTo(value("KEY", "x").putNull("valueFrom"));
    }

    @Test
    void restartsNobodyForARevisionThatGivesTheSame() {
      deliver(variables("d-1", "MODEL=gpt"));

      GuestPatch patch =
          Guest.deliver(
              server.workload(), by(variables("d-1", "MODEL=gpt"), "support", "m-another"));

      assertThat(patch.body()).isEmpty();
    }

    @Test
    void marksTheWorkloadForAnotherHolderWithoutARestart() {
      deliver(variables("d-1", "MODEL=gpt"));

      GuestPatch patch =
          Guest.deliver(server.workload(), by(variables("d-1", "MODEL=gpt"), "other", "m-other"));

      assertThat(patch.effect()).isEqualTo(Effect.Bookkeeping);
      assertThat(body(patch).at("/metadata/labels/llmconfig.dev~1delivered-by").asText())
          .isEqualTo("other");
    }

    @Test
    void writesNothingIntoContainersWhoseManifestNamesOurSecret() {
      deliver(variables("d-1", "MODEL=gpt"));

      deliver(referenced("d-2"));

      assertThat(env("agent")).containsExactly("FOO", "BAR");
      assertThat(annotation("rendered")).isEqualTo("d-2");
    }

    @Test
    void marksWithoutTouchingTheTemplate() {
      var before = server.template().deepCopy();

      GuestPatch patch = send(Guest.mark(server.workload(), "support"));

      assertThat(patch.effect()).isEqualTo(Effect.Bookkeeping);
      assertThat(server.template()).isEqualTo(before);
      assertThat(Guest.mark(server.workload(), "support").body()).isEmpty();
    }

    @Test
    void tellsWhetherMoreThanTheAnnotationsWouldChange() {
      assertThat(Guest.changesPods(server.workload(), referenced("d-1"))).isFalse();

      deliver(variables("d-2", "MODEL=gpt"));

      assertThat(Guest.changesPods(server.workload(), referenced("d-1"))).isTrue();
    }

    @Test
    void changesFromVariablesToFilesAndBackInOnePatchEach() {
      deliver(variables("d-1", "MODEL=gpt"));

      deliver(files("d-2", "/etc/llm"));
      assertThat(env("agent")).containsExactly("FOO", "BAR");
      assertThat(mounts("agent")).containsExactly("/etc/llm");
      assertThat(server.template().at("/spec/volumes/0/projected/sources")).hasSize(2);

      deliver(files("d-3", "/etc/elsewhere"));
      assertThat(mounts("agent")).containsExactly("/etc/elsewhere");
      assertThat(
              server.template().at("/spec/volumes/0/projected/sources/1/configMap/name").asText())
          .isEqualTo("support-llm-d-3");

      deliver(variables("d-4", "MODEL=gpt"));
      assertThat(mounts("agent")).isEmpty();
      assertThat(server.template().at("/spec/volumes")).isEmpty();
      assertThat(env("agent")).containsExactly("MODEL", "FOO", "BAR");
    }

    @Test
    void givesARenamedContainerItsSettingsAlthoughTheTemplateIsUpToDate() {
      deliver(variables("d-1", "MODEL=gpt"));
      ObjectNode renamed = server.object();
      ((ObjectNode) Manifests.containers(server.kind, renamed).get(0))
          .put("name", "renamed")
          .putArray("env")
          .add(value("FOO", "1"));
      server.update(FakeServer.OWNER, renamed);

      GuestPatch patch = Guest.deliver(server.workload(), variables("d-1", "MODEL=gpt"));

      assertThat(patched(patch, "name")).containsExactly("renamed");
      send(patch);
      assertThat(env("renamed")).containsExactly("MODEL", "FOO");
      assertThat(deliver(variables("d-1", "MODEL=gpt")).body()).isEmpty();
    }

    @Test
    void takesBackFromAContainerThatIsToldNoMore() {
      deliver(to(variables("d-1", "MODEL=gpt"), "agent", "istio-proxy"));

      deliver(to(variables("d-1", "MODEL=gpt"), "agent"));

      assertThat(env("istio-proxy")).isEmpty();
      assertThat(env("agent")).contains("MODEL");
    }

    @Test
    void bringsBackWhatIsLostAndSaysSo() {
      deliver(variables("d-1", "KEY@s-1", "MODEL=gpt"));
      server.merge(PERSON, environment(server.kind, "agent", Manifests.deleted("name", "MODEL")));

      GuestPatch patch = deliver(variables("d-1", "KEY@s-1", "MODEL=gpt"));

      assertThat(patch.lost())
          .extracting(FieldPath::toString)
          .containsExactly(".spec.template.spec.containers[name=\"agent\"].env[name=\"MODEL\"]");
      assertThat(env("agent")).contains("MODEL");
    }

    @Test
    void leavesAloneWhatAWebhookMadeOfOurs() {
      deliver(variables("d-1", "MODEL=gpt"));
      // A webhook changes a request before it is stored, so the claim is that of the request.
      server.merge(FieldManager.US, environment(server.kind, "agent", value("MODEL", "mutated")));

      assertThat(Guest.deliver(server.workload(), variables("d-1", "MODEL=gpt")).body()).isEmpty();
    }
  }

  @Nested
  class WhatOthersHave {

    @Test
    void isNotWrittenAndReported() {
      FakeServer server =
          FakeServer.with(WorkloadKind.Deployment, container("agent", value("MODEL", "theirs")));

      GuestPatch patch = Guest.deliver(server.workload(), variables("d-1", "KEY@s-1", "MODEL=gpt"));

      assertThat(patched(patch, "env")).containsExactly("KEY");
      assertThat(patch.obstacles())
          .singleElement()
          .satisfies(obstacle -> {
            assertThat(obstacle.reason()).isEqualTo(Reason.Owned);
            assertThat(obstacle.path())
                .hasToString(".spec.template.spec.containers[name=\"agent\"].env[name=\"MODEL\"]");
            assertThat(obstacle.by())
                .contains(
                    new Claim(
                        FakeServer.OWNER,
                        Ownership.of(server.workload())
                            .containerPath("agent")
                            .field("env")
                            .item("name", "MODEL")
                            .field("value")));
          });
    }

    @Test
    void isNoObstacleIfItIsTheSame() {
      FakeServer server =
          FakeServer.with(WorkloadKind.Deployment, container("agent", value("MODEL", "gpt")));

      GuestPatch patch = Guest.deliver(server.workload(), variables("d-1", "MODEL=gpt"));

      assertThat(patch.obstacles()).isEmpty();
      assertThat(patched(patch, "env")).isEmpty();
    }

    @Test
    void isDeliveredAsSoonAsTheyDropIt() {
      apply(GIT, value("MODEL", "theirs"));
      deliver(variables("d-1", "MODEL=gpt"));
      assertThat(valueOf("MODEL")).isEqualTo("theirs");

      apply(GIT);
      deliver(variables("d-1", "MODEL=gpt"));

      assertThat(valueOf("MODEL")).isEqualTo("gpt");
    }

    @Test
    void isNeverLeftAsAnEmptyEntryWhenTheyTookItFromUs() {
      deliver(variables("d-1", "MODEL=gpt"));
      apply(GIT, value("MODEL", "theirs"));
      GuestPatch patch = deliver(variables("d-1", "MODEL=gpt"));
      assertThat(patch.effect()).isEqualTo(Effect.Bookkeeping);
      assertThat(patch.obstacles()).extracting(Obstacle::reason).containsExactly(Reason.Owned);
      assertThat(deliver(variables("d-1", "MODEL=gpt")).body()).isEmpty();

      apply(GIT);

      assertThat(env("agent")).containsExactly("FOO", "BAR");
    }

    @Test
    void isNotChangedWhenTheyDeclareWhatWeDelivered() {
      deliver(variables("d-1", "MODEL=gpt"));
      apply(GIT, value("MODEL", "gpt"));
      assertThat(deliver(variables("d-1", "MODEL=gpt")).body()).isEmpty();

      GuestPatch patch = deliver(variables("d-2", "MODEL=other"));
      assertThat(patch.obstacles())
          .extracting(Obstacle::by)
          .first()
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Claim.class))
          .extracting(Claim::manager)
          .containsOnly(GIT);
      assertThat(valueOf("MODEL")).isEqualTo("gpt");

      apply(GIT);
      deliver(variables("d-2", "MODEL=other"));
      assertThat(valueOf("MODEL")).isEqualTo("other");
    }

    @Test
    void blocksEverythingWhenItIsOurMarkerOrAnAnnotationOfOurs() {
      ObjectNode manifest = Json.object();
      Manifests.template(server.kind, manifest)
          .putObject("metadata")
          .putObject("annotations")
          .put("llmconfig.dev/rendered", "d-0");
      server.apply(GIT, manifest);

      GuestPatch patch = Guest.deliver(server.workload(), variables("d-1", "MODEL=gpt"));

      assertThat(patch.body()).isEmpty();
      assertThat(patch.obstacles())
          .extracting(obstacle -> obstacle.path().toString())
          .containsExactly(".spec.template.metadata.annotations.llmconfig.dev/rendered");
    }

    @Test
    void isNotMountedIfItIsAVolumeOfOurName() {
      ObjectNode theirs = server.object();
      ObjectNode volume =
          Manifests.template(server.kind, theirs)
              .withObjectProperty("spec")
              .putArray("volumes")
              .addObject();
      volume.put("name", "llmconfig").putObject("emptyDir");
      server.update(FakeServer.OWNER, theirs);

      GuestPatch patch = Guest.deliver(server.workload(), files("d-1", "/etc/llm"));

      assertThat(body(patch).has("spec")).isFalse();
      assertThat(patch.obstacles())
          .extracting(obstacle -> obstacle.path().toString())
          .containsExactly(".spec.template.spec.volumes[name=\"llmconfig\"]");
    }

    @Test
    void keepsOurVolumeWhileItIsMounted() {
      deliver(files("d-1", "/etc/llm"));
      ObjectNode manifest = Json.object();
      ObjectNode one =
          Manifests.containers(server.kind, manifest).addObject().put("name", "istio-proxy");
      one.putArray("volumeMounts").addObject().put("name", "llmconfig").put("mountPath", "/x");
      server.apply(GIT, manifest);

      GuestPatch patch = release();

      assertThat(patch.obstacles()).extracting(Obstacle::reason).containsExactly(Reason.Mounted);
      assertThat(mounts("agent")).isEmpty();
      assertThat(server.template().at("/spec/volumes")).hasSize(1);
    }

    @Test
    void isLeftAloneWhereNoRecordSaysWhoseItIs() {
      deliver(variables("d-1", "KEY@s-1", "MODEL=gpt"));
      server.forgetRecords();

      GuestPatch patch = deliver(variables("d-2", "KEY@s-2", "MODEL=gpt", "URL=u"));

      assertThat(patch.obstacles())
          .containsExactly(
              new Obstacle(
                  Reason.Unclaimed,
                  Ownership.of(server.workload()).aVariable("agent", "KEY").path(),
                  List.of()));
      assertThat(valueOf("URL")).isEqualTo("u");
      // What is written from here on is on record.
      deliver(variables("d-3", "KEY@s-2", "MODEL=gpt", "URL=v"));
      assertThat(valueOf("URL")).isEqualTo("v");
    }
  }

  @Nested
  class APersonsHand {

    @Test
    void isRespectedUntilTheNextChange() {
      deliver(variables("d-1", "KEY@s-1", "MODEL=gpt"));
      server.merge(PERSON, environment(server.kind, "agent", value("MODEL", "mine")));

      GuestPatch patch = deliver(variables("d-1", "KEY@s-1", "MODEL=gpt"));
      assertThat(patch.body()).isEmpty();
      assertThat(patch.obstacles())
          .extracting(Obstacle::reason)
          .containsExactly(Reason.ChangedByHand);

      deliver(variables("d-2", "KEY@s-1", "MODEL=other"));
      assertThat(valueOf("MODEL")).isEqualTo("other");
    }

    @Test
    void isOverruledOnRequest() {
      deliver(variables("d-1", "MODEL=gpt"));
      server.merge(PERSON, environment(server.kind, "agent", value("MODEL", "mine")));

      deliver(requested(variables("d-1", "MODEL=gpt")));

      assertThat(valueOf("MODEL")).isEqualTo("gpt");
    }

    @Test
    void isNeverOverruledInWhatWasNotOurs() {
      server.merge(PERSON, environment(server.kind, "agent", value("MODEL", "mine")));

      GuestPatch patch = deliver(requested(variables("d-1", "MODEL=gpt")));

      assertThat(patch.obstacles()).extracting(Obstacle::reason).containsExactly(Reason.Owned);
      assertThat(valueOf("MODEL")).isEqualTo("mine");
    }

    @Test
    void mayRemoveItsOwnValueAgain() {
      deliver(variables("d-1", "MODEL=gpt"));
      server.merge(PERSON, environment(server.kind, "agent", value("MODEL", "mine")));
      server.merge(PERSON, environment(server.kind, "agent", Manifests.deleted("name", "MODEL")));

      deliver(variables("d-1", "MODEL=gpt"));

      assertThat(valueOf("MODEL")).isEqualTo("gpt");
    }
  }

  @Nested
  class AnUndoneRollout {

    @Test
    void isOursAgainWithTheNextDelivery() {
      deliver(variables("d-1", "KEY@s-1", "MODEL=gpt", "URL=u"));
      ObjectNode first = server.template();
      deliver(variables("d-2", "KEY@s-2", "MODEL=gpt"));
      undo(first);
      assertThat(Ownership.of(server.workload()).restorers()).containsExactly(UNDO);

      // URL returns with the value that the restored template has: nothing to write, but ours.
      deliver(variables("d-3", "KEY@s-3", "URL=u"));
      assertThat(env("agent")).containsExactlyInAnyOrder("KEY", "URL", "FOO", "BAR");
      assertThat(server.claimsOf(UNDO)).isEmpty();

      deliver(variables("d-4", "KEY@s-3", "URL=v"));
      assertThat(valueOf("URL")).isEqualTo("v");
      assertThat(release().obstacles()).isEmpty();
      assertThat(env("agent")).containsExactly("FOO", "BAR");
    }

    @Test
    void keepsWhatTheOwnerHadThen() {
      server.merge(FakeServer.OWNER, environment(server.kind, "agent", value("THEIRS", "1")));
      deliver(variables("d-1", "MODEL=gpt"));
      ObjectNode first = server.template();
      server.merge(
          FakeServer.OWNER, environment(server.kind, "agent", Manifests.deleted("name", "THEIRS")));
      deliver(variables("d-2", "MODEL=other"));
      undo(first);

      deliver(variables("d-3", "KEY@s-1"));
      release();

      assertThat(env("agent")).containsExactlyInAnyOrder("THEIRS", "FOO", "BAR");
    }

    @Test
    void isReleasedLikeADelivery() {
      deliver(variables("d-1", "KEY@s-1", "MODEL=gpt"));
      ObjectNode first = server.template();
      deliver(variables("d-2", "KEY@s-2"));
      undo(first);

      release();

      assertThat(env("agent")).containsExactly("FOO", "BAR");
      assertThat(server.template().at("/metadata/annotations")).isEmpty();
    }
  }

  @Nested
  class Releasing {

    @Test
    void leavesTheWorkloadAsItsOwnerWroteIt() {
      ObjectNode before = server.object();
      deliver(variables("d-1", "KEY@s-1", "MODEL=gpt"));
      deliver(files("d-2", "/etc/llm"));

      GuestPatch patch = release();

      assertThat(patch.obstacles()).isEmpty();
      assertThat(server.object()).isEqualTo(before);
      assertThat(server.claimsOf(FieldManager.US)).isEmpty();
      assertThat(release().body()).isEmpty();
    }

    @Test
    void keepsWhatOthersHaveMadeOfIt() {
      deliver(variables("d-1", "KEY@s-1", "MODEL=gpt", "URL=u"));
      apply(GIT, value("MODEL", "theirs"));
      server.merge(PERSON, environment(server.kind, "agent", value("URL", "mine")));

      release();

      assertThat(env("agent")).containsExactlyInAnyOrder("MODEL", "URL", "FOO", "BAR");
      assertThat(server.claimsOf(FieldManager.US)).isEmpty();
      apply(GIT);
      assertThat(env("agent")).containsExactlyInAnyOrder("URL", "FOO", "BAR");
    }

    @Test
    void leavesNoTraceInTheRecordsOfWhatOthersPutBesideIt() {
      deliver(variables("d-1", "MODEL=gpt"));
      ObjectNode restart = Json.object();
      Manifests.template(server.kind, restart)
          .putObject("metadata")
          .putObject("annotations")
          .put("kubectl.kubernetes.io/restartedAt", "now");
      server.merge(PERSON, restart);

      release();

      assertThat(server.claimsOf(FieldManager.US)).isEmpty();
      assertThat(server.template().at("/metadata/annotations").properties()).hasSize(1);
      assertThat(release().body()).isEmpty();
    }
  }

  @Test
  void writesNothingWhereAMergeWouldChangeWhatAReferenceMeans() {
    FakeServer server =
        FakeServer.with(
            WorkloadKind.Deployment,
            container("agent", value("D", "1"), value("E", "$(D)"), value("D", "2")),
            container("other"));

    GuestPatch patch = Guest.deliver(server.workload(), variables("d-1", "MODEL=gpt"));

    assertThat(patched(patch, "name")).containsExactly("other");
    assertThat(patch.obstacles())
        .extracting(obstacle -> obstacle.reason() + " " + obstacle.path())
        .containsExactly("OrderMatters .spec.template.spec.containers[name=\"agent\"].env");
  }

  private GuestPatch deliver(Delivery delivery) {
    return send(Guest.deliver(server.workload(), delivery));
  }

  private GuestPatch release() {
    return send(Guest.release(server.workload(), Deliveries.KNOWN));
  }

  private GuestPatch send(GuestPatch patch) {
    patch.body().map(Json::parsed).ifPresent(body -> server.merge(FieldManager.US, body));
    return patch;
  }

  private void apply(FieldManager manager, JsonNode... env) {
    server.apply(manager, environment(server.kind, "agent", env));
  }

  private void undo(ObjectNode template) {
    ObjectNode object = server.object();
    Manifests.template(server.kind, object).removeAll().setAll(template);
    server.update(UNDO, object);
  }

  private void reorder(String... names) {
    ObjectNode object = server.object();
    var entries = new ArrayList<JsonNode>();
    JsonNode env = Manifests.containers(server.kind, object).get(0).path("env");
    for (String name : names) {
      env.valueStream().filter(one -> one.path("name").asText().equals(name)).forEach(entries::add);
    }
    ((ObjectNode) Manifests.containers(server.kind, object).get(0)).putArray("env").addAll(entries);
    server.update(FakeServer.OWNER, object);
  }

  private List<String> env(String container) {
    return texts(of(container).path("env"), "name");
  }

  private List<String> mounts(String container) {
    return texts(of(container).path("volumeMounts"), "mountPath");
  }

  private String valueOf(String variable) {
    return of("agent")
        .path("env")
        .valueStream()
        .filter(one -> one.path("name").asText().equals(variable))
        .findFirst()
        .orElseThrow()
        .path("value")
        .asText();
  }

  private String annotation(String name) {
    return server
        .template()
        .path("metadata")
        .path("annotations")
        .path("llmconfig.dev/" + name)
        .asText();
  }

  private JsonNode of(String container) {
    return Manifests.containers(server.kind, server.object())
        .valueStream()
        .filter(one -> one.path("name").asText().equals(container))
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode body(GuestPatch patch) {
    return patch.body().map(Json::parsed).orElseGet(Json::object);
  }

  /// The names of the entries in the patch of the first container, or of the containers.
  private static List<String> patched(GuestPatch patch, String field) {
    JsonNode containers = body(patch).at("/spec/template/spec/containers");
    return field.equals("name")
        ? texts(containers, "name")
        : texts(containers.path(0).path(field), "name");
  }

  private static JsonNode entry(GuestPatch patch, String name) {
    return body(patch)
        .at("/spec/template/spec/containers/0/env")
        .valueStream()
        .filter(one -> one.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(JsonNode list, String field) {
    return list.valueStream().map(one -> one.path(field).asText()).toList();
  }
}
