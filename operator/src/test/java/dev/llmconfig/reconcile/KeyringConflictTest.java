package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// An API server, or what stands in front of it, that says "it exists" of what is not there.
@SuppressWarnings("NullAway.Init") // the extension sets the fields
@EnableKubernetesMockClient
class KeyringConflictTest {

  private static final String ALL = "/api/v1/namespaces/home/secrets";
  private static final String ONE = ALL + "/ring";

  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void aConflictOverNothingIsTriedAgain() {
    var made =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("home")
            .withName("ring")
            .endMetadata()
            .withData(
                Map.of(
                    "keys", "Y3dfMHg2ODlScEktanRSUjdvRThoX2VRc0tJbXZKYXBMZVNiWHB3RjRlND0=",
                    "fingerprint-key",
                        "Y3dfMHg2ODlScEktanRSUjdvRThoX2VRc0tJbXZKYXBMZVNiWHB3RjRlND0="))
            .build();
    server.expect().get().withPath(ONE).andReturn(HttpURLConnection.HTTP_NOT_FOUND, "").times(2);
    server.expect().post().withPath(ALL).andReturn(HttpURLConnection.HTTP_CONFLICT, "").once();
    server.expect().post().withPath(ALL).andReturn(HttpURLConnection.HTTP_CREATED, made).once();
    server.expect().get().withPath(ONE).andReturn(HttpURLConnection.HTTP_OK, made).always();
    var keyring = keyring();

    keyring.readOrMake(() -> 0, WritePermission.ALWAYS);

    assertThat(keyring.current()).isPresent();
  }

  @Test
  void aConflictThatNeverEndsIsAFailureAndNotSilence() {
    server.expect().get().withPath(ONE).andReturn(HttpURLConnection.HTTP_NOT_FOUND, "").always();
    server.expect().post().withPath(ALL).andReturn(HttpURLConnection.HTTP_CONFLICT, "").always();

    assertThatThrownBy(() -> keyring().readOrMake(() -> 0, WritePermission.ALWAYS))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void whatIsEncryptedMeanwhileForbidsTheNextTry() {
    server.expect().get().withPath(ONE).andReturn(HttpURLConnection.HTTP_NOT_FOUND, "").always();
    server.expect().post().withPath(ALL).andReturn(HttpURLConnection.HTTP_CONFLICT, "").once();
    var counts = new int[] {0, 1};
    var asked = new int[] {0};
    var keyring = keyring();

    keyring.readOrMake(() -> counts[asked[0]++], WritePermission.ALWAYS);

    assertThat(asked[0]).isEqualTo(2);
    assertThat(keyring.state()).isEqualTo(KeyringSecret.State.MISSING);
  }

  private KeyringSecret keyring() {
    return new KeyringSecret(client, KeyringPlace.own(new Ref("home", "ring")), Optional.empty());
  }
}
