package dev.llmconfig.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the real API server says to questions of its users.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ApiServerReviewIT {

  private static final Right LIST = Right.of("list", "apikeyconfigs");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong nanos = new AtomicLong(1L << 50);
  private ControlPlane plane;
  private CallerClients clients;
  private Access access;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    var config = plane.admin().client().getConfiguration();
    clients =
        new CallerClients(
            new ApiServer(
                config.getMasterUrl(), Optional.ofNullable(config.getCaCertData()), false),
            vertx);
    access =
        new Access(
            new ApiServerReview(clients),
            Duration.ofMinutes(30),
            InstantSource.system(),
            nanos::get);
  }

  @AfterEach
  void end() {
    access.close();
    clients.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aQuestionThatItDoesNotTakeKeepsNoRightAliveThatIsTakenAway() {
    var jane = viewer("jane");
    var joe = viewer("joe");
    var space = plane.namespace();
    await("the rights to be known")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          pass(Duration.ofSeconds(10));
          assertThat(access.may(jane, LIST.in(space))).isTrue();
          assertThat(access.may(joe, LIST.in(space))).isTrue();
        });

    plane.admin().client().rbac().roleBindings().inNamespace(space).delete();

    await("the rights to be gone, whoever asks what in between")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          pass(Duration.ofSeconds(10));
          assertThatThrownBy(() -> access.rules(joe, ""))
              .as("there are no rules of nowhere")
              .isInstanceOf(ReviewRefused.class)
              .hasMessageContaining("status 400");
          assertThat(access.may(jane, LIST.in(space))).isFalse();
          assertThat(access.reach(jane, LIST, List.of(space)).nowhere()).isTrue();
        });
  }

  private Caller viewer(String name) {
    Actor actor =
        plane.actor(
            name,
            new PolicyRuleBuilder()
                .withApiGroups("llmconfig.dev")
                .withResources("apikeyconfigs")
                .withVerbs("list")
                .build());
    return Caller.token(String.valueOf(actor.client().getConfiguration().getOauthToken()));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
