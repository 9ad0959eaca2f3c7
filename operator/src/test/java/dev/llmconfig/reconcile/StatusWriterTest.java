package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // the extension sets the fields
@EnableKubernetesMockClient
class StatusWriterTest {

  private static final String PATH =
      "/apis/llmconfig.dev/v1alpha1/namespaces/team/apikeyconfigs/x/status?fieldManager=llm-config-operator&force=true";

  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void anEqualStatusSendsNothing() {
    assertThat(writer().write(cached("7"), bare(), status("r-1"), status("r-1"))).isEmpty();

    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aChangedStatusIsAppliedToABareObject() throws Exception {
    server.expect().patch().withPath(PATH).andReturn(200, cached("8")).once();

    assertThat(writer().write(cached("7"), bare(), status("r-1"), status("r-2")))
        .hasValueSatisfying(
            answer -> assertThat(answer.getMetadata().getResourceVersion()).isEqualTo("8"));

    var request = server.takeRequest();
    assertThat(request.getHeader("content-type")).startsWith("application/apply-patch+yaml");
    assertThat(request.getUtf8Body())
        .contains("r-2")
        // Locked: a write that was on its way in a frozen process must lose.
        .contains("\"resourceVersion\":\"7\"")
        .doesNotContain("spec");
  }

  /// Otherwise a status that goes back to what the cache still shows would never be written back.
  @Test
  void theLastWriteCountsUntilTheCacheHasSeenIt() {
    server.expect().patch().withPath(PATH).andReturn(200, cached("9")).once();
    var writer = writer();
    var stale = cached("7");
    stale.setStatus(status("r-1"));
    writer.write(stale, bare(), status("r-1"), status("r-2"));

    assertThat(writer.latest(stale)).extracting(ApiKeyConfigStatus::getRevision).isEqualTo("r-2");

    var caughtUp = cached("9");
    caughtUp.setStatus(status("r-2"));
    assertThat(writer.latest(caughtUp)).isSameAs(caughtUp.getStatus());
    assertThat(writer.latest(stale)).isSameAs(stale.getStatus());
  }

  @Test
  void aStatusOfWhatIsGoneIsNoFailure() {
    server.expect().patch().withPath(PATH).andReturn(404, null).once();

    assertThat(writer().write(cached("7"), bare(), status("r-1"), status("r-2"))).isEmpty();
  }

  @Test
  void withoutTheLeaseNothingIsSent() {
    var writer = new StatusWriter<ApiKeyConfigStatus, ApiKeyConfig>(client, () -> false);

    assertThatThrownBy(() -> writer.write(cached("7"), bare(), status("r-1"), status("r-2")))
        .isInstanceOf(WritePermission.NotLeading.class);
    assertThat(server.getRequestCount()).isZero();
  }

  private StatusWriter<ApiKeyConfigStatus, ApiKeyConfig> writer() {
    return new StatusWriter<>(client, WritePermission.ALWAYS);
  }

  private static ApiKeyConfig cached(String resourceVersion) {
    var cached = bare();
    cached.getMetadata().setUid("uid");
    cached.getMetadata().setResourceVersion(resourceVersion);
    return cached;
  }

  private static ApiKeyConfig bare() {
    var bare = new ApiKeyConfig();
    bare.getMetadata().setNamespace("team");
    bare.getMetadata().setName("x");
    return bare;
  }

  private static ApiKeyConfigStatus status(String revision) {
    var status = new ApiKeyConfigStatus();
    status.setRevision(revision);
    return status;
  }
}
