package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.Discovery;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.SealingScope;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelSelection;
import dev.llmconfig.api.v1alpha1.SecretRef;
import dev.llmconfig.api.v1alpha1.Verification;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The operator as a process of its own: how it starts, ends and refuses, and what it never says.
@ExtendWith(ControlPlaneExtension.class)
class OperatorProcessIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Pattern LISTEN =
      Pattern.compile("listen=127\\.0\\.0\\.1:(\\d+)|\"listen\":\\s*\"127\\.0\\.0\\.1:(\\d+)\"");
  private static final String KEY = RunningOperator.newKey();

  @TempDir Path folder;

  @Test
  void withoutAKeyItSaysHowToMakeOneAndExits78() throws Exception {
    var process = start(Map.of("KUBECONFIG", kubeconfig("apiVersion: v1")), "--data-dir", data());

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(78);
    assertThat(log()).contains("llmconfig keygen").doesNotContain("Exception", "\tat ");
  }

  @Test
  void noKeyIsInAnythingItSaysOrWrites(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var seed = new Random().nextLong();
    var keys = keys(new Random(seed));
    var account = plane.actor("llm-config-operator", RunningOperator.RIGHTS);
    var process =
        start(
            Map.of("KUBECONFIG", kubeconfig(account.kubeconfig()), "ENCRYPTION_KEY", KEY),
            "--watch-namespaces",
            plane.namespace(),
            "--home-namespace",
            plane.namespace(),
            "--data-dir",
            data(),
            "--listen",
            "127.0.0.1:0",
            "--log-level",
            "debug",
            "--log-format",
            "json");
    try {
      var sealing = new SealedStage(plane, KEY);
      for (int at = 0; at < keys.size(); at++) {
        var name = "canary-" + at;
        switch (at % 4) {
          case 3 -> create(plane, name, keys.get(at) + " inner");
          case 2 -> sealing.create(name, keys.get(at) + "\n");
          default -> create(plane, name, keys.get(at) + "\n");
        }
      }
      sealing.create(
          "canary-not-to-open",
          sealing.seal("x", keys.getFirst(), SealingScope.Strict),
          SealingScope.Strict);

      await("all canaries (seed " + seed + ")")
          .atMost(SOON)
          .until(() -> reported(plane) == keys.size() + 1);
      for (int at = 2; at < keys.size(); at += 4) {
        sealing.awaitReady("canary-" + at);
      }
      sealing.awaitReason("canary-not-to-open", "Resolved", "UnsealFailed");

      assertThat(process.info().commandLine()).hasValueSatisfying(line -> holdsNone(line, keys));
      holdsNone(log(), keys);
      holdsNone(metrics(), keys);
      holdsNone(written(plane), keys);
    } finally {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isZero();
    assertThat(log()).contains("The operator ends").doesNotContain("\"level\":\"ERROR\"");
  }

  @Test
  void anAddressThatIsTakenIsSaidInOneSentence(ControlPlane plane) throws Exception {
    var account = plane.actor("llm-config-operator", RunningOperator.RIGHTS);
    try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var process =
          start(
              Map.of("KUBECONFIG", kubeconfig(account.kubeconfig()), "ENCRYPTION_KEY", KEY),
              "--home-namespace",
              plane.namespace(),
              "--data-dir",
              data(),
              "--listen",
              "127.0.0.1:" + taken.getLocalPort());

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(log()).contains("--listen").doesNotContain("\tat ");
    }
  }

  private static List<String> keys(Random random) {
    var letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    return IntStream.range(0, 40)
        .mapToObj(_ ->
            "sk-"
                + random
                    .ints(40, 0, letters.length())
                    .collect(
                        StringBuilder::new,
                        (text, at) -> text.append(letters.charAt(at)),
                        StringBuilder::append))
        .toList();
  }

  /// Not eight characters in a row of the secret part: plain, reversed, or in base64.
  private static void holdsNone(String text, List<String> keys) {
    for (var key : keys) {
      var secret = key.substring(3, key.length() - 4);
      for (int from = 0; from + 8 <= secret.length(); from++) {
        var part = secret.substring(from, from + 8);
        assertThat(text.contains(part)).as("part of a key").isFalse();
        assertThat(text.contains(new StringBuilder(part).reverse()))
            .as("reversed part of a key")
            .isFalse();
      }
      for (int offset = 0; offset < 3; offset++) {
        var encoded =
            Base64.getEncoder()
                .encodeToString(secret.substring(offset).getBytes(StandardCharsets.UTF_8));
        assertThat(text.contains(encoded.substring(0, 16))).as("encoded key").isFalse();
      }
    }
  }

  private static long reported(ControlPlane plane) {
    return plane
        .admin()
        .client()
        .resources(ApiKeyConfig.class)
        .inNamespace(plane.namespace())
        .list()
        .getItems()
        .stream()
        .filter(one -> one.getStatus() != null && one.getStatus().getConditions() != null)
        .count();
  }

  private static String written(ControlPlane plane) {
    var client = plane.admin().client();
    var namespace = plane.namespace();
    var secrets = client.secrets().inNamespace(namespace).list().getItems();
    secrets.forEach(secret -> secret.setData(null));
    return Serialization.asYaml(secrets)
        + Serialization.asYaml(client.resources(ApiKeyConfig.class).inNamespace(namespace).list())
        + Serialization.asYaml(client.v1().events().inNamespace(namespace).list())
        + Serialization.asYaml(
            client
                .genericKubernetesResources(SealedStage.SEALED_SECRETS)
                .inNamespace(namespace)
                .list())
        // What the sealed-secrets controller makes holds the key in plain, as it is meant to.
        + Serialization.asYaml(
            client
                .secrets()
                .inNamespace(namespace)
                .withLabel("llmconfig.dev/api-key")
                .withLabel("app.kubernetes.io/managed-by", "llm-config-operator")
                .list());
  }

  private void create(ControlPlane plane, String name, String key) {
    var client = plane.admin().client();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName(name)
                .withAnnotations(copyOfKubectl(key))
                .endMetadata()
                .withStringData(Map.of("api-key", key))
                .build())
        .create();
    var config = new ApiKeyConfig();
    config.getMetadata().setNamespace(plane.namespace());
    config.getMetadata().setName(name);
    var ref = new SecretRef();
    ref.setName(name);
    var verification = new Verification();
    verification.setMode(VerificationMode.Disabled);
    var models = new ModelSelection();
    models.setDiscovery(Discovery.Disabled); // or the provider would be asked for its list
    var spec = new ApiKeyConfigSpec();
    spec.setProvider(Provider.OpenAI);
    spec.setSecretRef(ref);
    spec.setVerification(verification);
    spec.setModels(models);
    config.setSpec(spec);
    client.resource(config).create();
  }

  /// As a client-side apply leaves it. What is no usable key is not known, so not found in it.
  private static Map<String, String> copyOfKubectl(String key) {
    return key.contains(" ")
        ? Map.of()
        : Map.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            "{\"kind\":\"Secret\",\"stringData\":{\"api-key\":\"%s\\n\"}}".formatted(key.strip()));
  }

  private String metrics() throws IOException, InterruptedException {
    var listen = LISTEN.matcher(log());
    assertThat(listen.find()).isTrue();
    var port = listen.group(1) == null ? listen.group(2) : listen.group(1);
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        new java.util.ArrayList<>(
            List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "operator"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().remove("ENCRYPTION_KEY_FILE");
    builder.environment().remove("ENCRYPTION_KEY");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private String kubeconfig(String text) throws IOException {
    return Files.writeString(folder.resolve("kubeconfig"), text).toString();
  }
}
