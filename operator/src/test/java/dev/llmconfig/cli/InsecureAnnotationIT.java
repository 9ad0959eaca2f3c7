package dev.llmconfig.cli;

import static dev.llmconfig.cli.KeyFolk.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.v1alpha1.Note;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import dev.llmconfig.testing.Requests;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Somebody applies a Secret with `kubectl apply`, which leaves a copy of the key in an annotation.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class InsecureAnnotationIT {

  private static final String KEY = RunningOperator.newKey();
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String FIRST = "sk-first0Zq7Xw3Lm9Pr5Tb1Vn8Kd4Hs6Jf2";
  private static final String SECOND = "sk-second1Ya8Wv4Kn0Os6Uc2Wo9Le5It7Kg3";

  @TempDir Path folder;

  private ControlPlane plane;
  private Actor account;
  private KeyFolk folk;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    account = RunningOperator.account(plane);
    folk = new KeyFolk(plane, plane.closedLater(Kubectl.admin()), folder, plane.namespace());
  }

  @Test
  void itIsToldAndGoneAndStillGoneAfterARotation() throws Exception {
    try (var _ = RunningOperator.start(plane, account, KEY)) {
      folk.apply(stringData("x", FIRST));
      folk.apply(KeyFolk.unverified("x"));

      awaitStripped("x");
      await("the event of the first key")
          .atMost(SOON)
          .until(() -> folk.events("InsecureAnnotation", "x").size() == 1);
      assertThat(notes("x")).hasSize(1);

      folk.apply(data("x", SECOND));

      await("the event of the second key")
          .atMost(SOON)
          .until(() -> folk.events("InsecureAnnotation", "x").size() == 2);
      awaitStripped("x");
      assertThat(folk.condition("x", "Ready").getReason()).isEqualTo("VerificationDisabled");
      assertThat(folk.find("x").orElseThrow().getStatus().getMaskedKey()).isEqualTo("sk-***7Kg3");
      holdsNone(FIRST, SECOND);
    }
  }

  /// The rotation came in another way, and the copy of the first key was left behind by it.
  @Test
  void aKeyFromBeforeTheRotationIsFoundToo() throws Exception {
    folk.apply(stringData("x", FIRST));
    try (var _ = RunningOperator.start(plane, plane.actor("weak", withoutPatch()), KEY)) {
      folk.apply(KeyFolk.unverified("x"));
      folk.awaitReady("x", "VerificationDisabled");
    }
    folk.kubectl(
        "patch", "secret", "x", "--patch={\"stringData\": {\"api-key\": \"" + SECOND + "\"}}");
    assertThat(annotation("x")).hasValueSatisfying(copy -> assertThat(copy).contains(FIRST));

    try (var _ = RunningOperator.start(plane, account, KEY)) {
      awaitStripped("x");
    }
  }

  @Test
  void whoAppliesItAgainAndAgainIsNotFought() throws Exception {
    try (var _ = RunningOperator.start(plane, account, KEY)) {
      folk.apply(stringData("x", FIRST));
      folk.apply(KeyFolk.unverified("x"));
      awaitStripped("x");
      folk.awaitReady("x", "VerificationDisabled");
      var mark = plane.audit().mark();

      for (int round = 0; round < 3; round++) {
        var label = "metadata: {name: x, labels: {round: \"%d\"}}".formatted(round);
        folk.apply(stringData("x", FIRST).replace("metadata: {name: x}", label));
        awaitLooks("x", mark, round + 1);
      }

      assertThat(plane.audit().since(mark).by(account).writes().only(InsecureAnnotationIT::aboutX))
          .isEmpty();
      assertThat(annotation("x")).isPresent();
      assertThat(folk.events("InsecureAnnotation", "x")).hasSize(1);
    }
  }

  @Test
  void withoutTheRightToPatchItIsOnlySaid() throws Exception {
    try (var _ = RunningOperator.start(plane, plane.actor("weak", withoutPatch()), KEY)) {
      folk.apply(stringData("x", FIRST));
      folk.apply(KeyFolk.unverified("x"));

      folk.awaitReady("x", "VerificationDisabled");
      await("the event")
          .atMost(SOON)
          .until(() -> !folk.events("InsecureAnnotation", "x").isEmpty());
      assertThat(folk.events("InsecureAnnotation", "x"))
          .singleElement()
          .satisfies(event ->
              assertThat(event.getMessage())
                  .contains("kubectl annotate secret x", ANNOTATION + "-"));
      assertThat(annotation("x")).isPresent();

      folk.kubectl("annotate", "secret", "x", ANNOTATION + "-");

      await("the note to go").atMost(SOON).until(() -> notes("x").isEmpty());
    }
  }

  @Test
  void whatHoldsNoKeyIsLeftAlone() throws Exception {
    try (var _ = RunningOperator.start(plane, account, KEY)) {
      folk.secret("x", FIRST);
      folk.kubectl("annotate", "secret", "x", ANNOTATION + "={\"kind\":\"Secret\"}");
      folk.apply(KeyFolk.unverified("x"));

      folk.awaitReady("x", "VerificationDisabled");
      assertThat(annotation("x")).isPresent();
      assertThat(folk.events("InsecureAnnotation", "x")).isEmpty();
    }
  }

  private void awaitStripped(String name) {
    await("the annotation to go").atMost(SOON).until(() -> annotation(name).isEmpty());
  }

  private void awaitLooks(String name, AuditLog.Mark mark, int looks) {
    await("a look at it")
        .atMost(SOON)
        .until(() ->
            plane
                    .audit()
                    .since(mark)
                    .by(account)
                    .verb("get")
                    .on("secrets")
                    .only(request -> request.name().equals(name))
                    .count()
                >= looks);
  }

  private static boolean aboutX(Requests.Request request) {
    return request.name().startsWith("x") || request.resource().equals("events");
  }

  private Optional<String> annotation(String name) {
    return Optional.ofNullable(
        folk.findSecret(name).orElseThrow().getMetadata().getAnnotations().get(ANNOTATION));
  }

  /// Neither key is left in anything that can be read without reading the data of a Secret.
  private void holdsNone(String... keys) {
    var secret = folk.findSecret("x").orElseThrow();
    secret.setData(null);
    var readable =
        Serialization.asYaml(secret)
            + Serialization.asYaml(folk.find("x").orElseThrow())
            + Serialization.asYaml(folk.findSecret("x-llmkey").orElseThrow())
            + folk.kubectl("get", "events", "-o", "yaml");
    for (var key : keys) {
      for (var form : new String[] {key, base64(key)}) {
        for (int from = 3; from + 8 <= form.length() - 4; from++) {
          assertThat(readable).doesNotContain(form.substring(from, from + 8));
        }
      }
    }
  }

  /// There is another one, which says that nobody lists models here.
  private List<Note> notes(String key) {
    return Objects.requireNonNullElse(
            folk.find(key).orElseThrow().getStatus().getNotes(), List.<Note>of())
        .stream()
        .filter(note -> "InsecureAnnotation".equals(note.getReason()))
        .toList();
  }

  private static String stringData(String name, String key) {
    return secret(name, "stringData: {api-key: \"%s\"}".formatted(key));
  }

  private static String data(String name, String key) {
    return secret(name, "data: {api-key: \"%s\"}".formatted(base64(key)));
  }

  private static String secret(String name, String content) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: %s}
    %s
    """
        .formatted(name, content);
  }

  private static String base64(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII));
  }

  private static PolicyRule[] withoutPatch() {
    return Stream.of(RunningOperator.RIGHTS)
        .map(rule ->
            rule.getResources().contains("secrets")
                ? new PolicyRuleBuilder(rule).removeFromVerbs("patch").build()
                : rule)
        .toArray(PolicyRule[]::new);
  }
}
