package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever looks for a token reads the kubeconfig anew before each request.
class TokensOfTheKubeconfigTest {

  private final ApiServerHttp http = new ApiServerHttp(ApiServerHttp.SILENCE);

  @Test
  void whoShowsACertificateIsNotLookedForOne(@TempDir Path folder) throws Exception {
    var certified = certified(folder);

    assertThat(looks(certified.build())).isFalse();
    assertThat(looks(certified.withOauthToken("x").build())).isTrue();
  }

  @Test
  void aTokenIsKeptFresh() {
    assertThat(looks(bare().withOauthToken("x").build())).isTrue();
    assertThat(looks(bare().withOauthTokenProvider(() -> "x").build())).isTrue();
    assertThat(looks(bare().build())).isTrue();
  }

  private boolean looks(Config config) {
    return ((StandardHttpClientBuilder<?, ?, ?>) http.newBuilder(config))
        .getInterceptors()
        .containsKey(TokenRefreshInterceptor.NAME);
  }

  private static ConfigBuilder bare() {
    return new ConfigBuilder().withAutoConfigure(false).withMasterUrl("http://127.0.0.1:1");
  }

  private static ConfigBuilder certified(Path folder) throws Exception {
    var file = folder.resolve("person.p12");
    keytool(
        "-genkeypair -alias person -keyalg EC -dname CN=person -storetype PKCS12 -storepass changeit -keystore "
            + file);
    var store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    return bare()
        .withClientCertData(pem("CERTIFICATE", store.getCertificate("person").getEncoded()))
        .withClientKeyData(
            pem("PRIVATE KEY", store.getKey("person", "changeit".toCharArray()).getEncoded()))
        .withClientKeyAlgo("EC");
  }

  private static void keytool(String words) throws IOException, InterruptedException {
    var tool =
        new ProcessBuilder(
                (Path.of(System.getProperty("java.home"), "bin", "keytool") + " " + words)
                    .split(" "))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(tool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(tool.exitValue()).isZero();
  }

  /// As a kubeconfig has it: in Base64 once more.
  private static String pem(String what, byte[] content) {
    var text =
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
