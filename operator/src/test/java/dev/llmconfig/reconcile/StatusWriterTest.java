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
    var writer = new StatusWriter(client, WritePermission.ALWAYS);

    assertThat(writer.write(bare(), status("r-1"), status("r-1"))).isFalse();

    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aChangedStatusIsAppliedToABareObject() throws Exception {
    server.expect().patch().withPath(PATH).andReturn(200, bare()).once();
    var writer = new StatusWriter(client, WritePermission.ALWAYS);

    assertThat(writer.write(bare(), status("r-1"), status("r-2"))).isTrue();

    var request = server.takeRequest();
    assertThat(request.getHeader("content-type")).startsWith("application/apply-patch+yaml");
    assertThat(request.getUtf8Body())
        .contains("r-2")
        .doesNotContain("spec")
        .doesNotContain("resourceVersion");
  }

  @Test
  void withoutTheLeaseNothingIsSent() {
    var writer = new StatusWriter(client, () -> false);

    assertThatThrownBy(() -> writer.write(bare(), status("r-1"), status("r-2")))
        .isInstanceOf(WritePermission.NotLeading.class);
    assertThat(server.getRequestCount()).isZero();
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
