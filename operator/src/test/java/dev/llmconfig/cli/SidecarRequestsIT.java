package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.NetworkTransport;
import dev.llmconfig.rest.AnyAnswers;
import dev.llmconfig.rest.AnyWorld;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.verify.Asking;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is sent to a sidecar beside an operator: an answer that its document knows, and no
/// failure, whatever the API server says to it.
@ExtendWith(ControlPlaneExtension.class)
class SidecarRequestsIT {

  private static final int REQUESTS = 600;
  private static final String RING = RunningOperator.newKey();
  private static final String NOWHERE = "http://127.0.0.1:1";

  @TempDir Path data;

  @Test
  void everyAnswerIsOneThatTheDocumentKnows(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var root =
        plane.actor(
            "root",
            rule("llmconfig.dev", "apikeyconfigs", "modelconfigs"),
            rule("", "secrets"),
            rule("apps", "deployments"));
    var nobody = plane.actor("nobody", rule("", "configmaps"));
    // Nothing that is made here may ask a provider that there is.
    var network =
        new NetworkTransport(
            Limits.STANDARD,
            AddressRules.STANDARD,
            Egress.DIRECT,
            _ -> List.of(InetAddress.getLoopbackAddress()));
    try (var _ =
            RunningOperator.start(
                plane,
                RunningOperator.account(plane).client().getConfiguration(),
                Asking.through(new Prober(network, Limits.STANDARD, InstantSource.system())),
                network,
                RING,
                "--data-dir",
                data.toString());
        var sidecar =
            RunningSidecar.start(
                plane,
                data,
                Map.of(),
                Map.of("ENCRYPTION_KEY", RING, "HTTP_PROXY", NOWHERE, "HTTPS_PROXY", NOWHERE))) {
      var space = plane.namespace();
      var seen =
          AnyAnswers.holdFurnished(
              new AnyWorld(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), sidecar.port()),
                  token(root),
                  token(nobody),
                  space,
                  Map.of(
                      "api-keys", List.of(space + ".openai-team-a"),
                      "config/models", List.of(space + ".support", space + ".openai-team-a:echo"),
                      "model-configs", List.of(space + ".support")),
                  Set.of()),
              1,
              REQUESTS);

      assertThat(seen.statuses())
          .as("the requests reach what they are about")
          .contains(200, 201, 400, 401, 403, 404, 422);
    }
  }

  private static String token(Actor who) {
    return who.client().getConfiguration().getOauthToken();
  }

  private static PolicyRule rule(String group, String... resources) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resources)
        .withVerbs("get", "list", "watch", "create", "update", "patch", "delete", "use")
        .build();
  }
}
