package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.CrdRevision;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.reconcile.InstalledCrds.State;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // the extension sets the fields
@EnableKubernetesMockClient
class InstalledCrdsTest {

  private static final long KEY = CrdRevision.own(ApiKeyConfig.class);
  private static final long MODEL = CrdRevision.own(ModelConfig.class);

  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void nothingIsKnownBeforeTheApiServerWasAsked() {
    assertThat(new InstalledCrds(client).state()).isEqualTo(new State.Unknown());
  }

  @Test
  void theSameAndNewerOnesAreFit() {
    index("a");
    described("a", kind("ApiKeyConfig", KEY) + "," + kind("ModelConfig", MODEL + 1));

    assertThat(new InstalledCrds(client).look()).isEqualTo(new State.Fit());
  }

  @Test
  void anOlderOneIsNamedWithTheCommand() {
    index("a");
    described("a", kind("ApiKeyConfig", KEY) + "," + kind("ModelConfig", MODEL - 1));

    var state = new InstalledCrds(client).look();

    assertThat(state).isEqualTo(new State.Older("ModelConfig", MODEL - 1, MODEL));
    assertThat(state.sentence())
        .contains("ModelConfig", "revision " + (MODEL - 1), "kubectl apply -f crds/");
  }

  @Test
  void oneFromBeforeThereWereRevisionsIsOlder() {
    index("a");
    described(
        "a",
        kind("ApiKeyConfig", KEY).replaceAll(" Revision.*CRD\\.", "")
            + ","
            + kind("ModelConfig", MODEL));

    assertThat(new InstalledCrds(client).look()).isEqualTo(new State.Older("ApiKeyConfig", 0, KEY));
  }

  @Test
  void oneOfTwoIsNotEnough() {
    index("a");
    described("a", kind("ApiKeyConfig", KEY));

    assertThat(new InstalledCrds(client).look()).isEqualTo(new State.Missing());
  }

  @Test
  void thatTheyAreTakenAwayIsNoticedAndSoIsTheirReturn() {
    index("a");
    nothing();
    index("b");
    var both = kind("ApiKeyConfig", KEY) + "," + kind("ModelConfig", MODEL);
    described("a", both);
    described("b", both);
    var crds = new InstalledCrds(client);

    assertThat(Stream.of(crds.look(), crds.look(), crds.look()).map(State::sentence))
        .containsExactly("ok", "the CRDs are missing, install them: kubectl apply -f crds/", "ok");
  }

  /// The description of two kinds is long, and it is asked about every few seconds.
  @Test
  void theSameDescriptionIsReadOnce() {
    index("a");
    index("a");
    described("a", kind("ApiKeyConfig", KEY) + "," + kind("ModelConfig", MODEL));
    var crds = new InstalledCrds(client);

    assertThat(crds.look()).isEqualTo(crds.look());

    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void whatWasKnownHoldsWhileTheApiServerFails() {
    index("a");
    described("a", kind("ApiKeyConfig", KEY) + "," + kind("ModelConfig", MODEL));
    server.expect().get().withPath("/openapi/v3").andReturn(500, "").always();
    var crds = new InstalledCrds(client);

    assertThat(crds.look()).isEqualTo(crds.look()).isEqualTo(new State.Fit());
  }

  private void index(String hash) {
    server
        .expect()
        .get()
        .withPath("/openapi/v3")
        .andReturn(
            200,
            "{\"paths\":{\"apis/llmconfig.dev/v1alpha1\":{\"serverRelativeURL\":\"%s\"}}}"
                .formatted(address(hash)))
        .once();
  }

  private void nothing() {
    server.expect().get().withPath("/openapi/v3").andReturn(200, "{\"paths\":{}}").once();
  }

  private void described(String hash, String kinds) {
    server
        .expect()
        .get()
        .withPath(address(hash))
        .andReturn(200, "{\"components\":{\"schemas\":{%s}}}".formatted(kinds))
        .once();
  }

  private static String address(String hash) {
    return "/openapi/v3/apis/llmconfig.dev/v1alpha1?hash=" + hash;
  }

  private static String kind(String name, long revision) {
    return Stream.of(name, name + "List")
        .map(one ->
            """
            "dev.llmconfig.v1alpha1.%1$s": {
              "description": "What it is. %2$s",
              "x-kubernetes-group-version-kind": [{"kind": "%1$s"}]
            }\
            """
                .formatted(one, CrdRevision.sentence(revision)))
        .collect(Collectors.joining(","));
  }
}
