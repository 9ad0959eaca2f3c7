package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A token in the object itself, on a real API server.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class EncryptedKeyIT {

  private static final String KEY = RunningOperator.newKey();

  private ControlPlane plane;
  private SealedStage stage;
  private RunningOperator operator;

  @BeforeEach
  void start(ControlPlane plane) throws IOException {
    this.plane = plane;
    Crds.install(plane);
    stage = new SealedStage(plane, KEY);
    operator = RunningOperator.start(plane, RunningOperator.account(plane), KEY);
  }

  @AfterEach
  void stop() {
    operator.close();
  }

  @Test
  void aTokenOfAnotherObjectIsRefusedAndSaysWhatToDo() {
    create("elsewhere", token("somebody-else"));

    stage.awaitReason("elsewhere", "Resolved", "TokenBoundElsewhere");
    assertThat(stage.condition("elsewhere", "Resolved").getMessage())
        .contains("another name", "llmconfig encrypt --namespace " + plane.namespace());
    assertThat(stage.condition("elsewhere", "Stalled").getStatus()).isEqualTo("True");
  }

  @Test
  void aTokenOfItsOwnIsOpened() {
    create("own", token("own"));

    stage.awaitReady("own");
    assertThat(stage.inUse("own")).isEqualTo("sk-in-git-0123456789");
  }

  private void create(String name, String token) {
    stage.client().resource(stage.config(name, spec -> spec.setEncryptedKey(token))).create();
  }

  private String token(String name) {
    try (var envelope =
            new Envelope(
                Envelope.Purpose.Spec,
                plane.namespace(),
                name,
                "https://api.openai.com/v1",
                SecretBytes.taking("sk-in-git-0123456789".getBytes(StandardCharsets.UTF_8)));
        var json = envelope.toJson();
        var ring = RunningOperator.ring(KEY)) {
      return ring.encrypt(json, Instant.EPOCH);
    }
  }
}
