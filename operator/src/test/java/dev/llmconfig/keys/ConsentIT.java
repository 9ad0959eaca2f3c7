package dev.llmconfig.keys;

import static dev.llmconfig.keys.KeyStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.provider.fake.BrokenServer;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Mood;
import dev.llmconfig.provider.fake.TlsFiles;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A key goes only where its owner lets it go, and is used only under terms that were proven.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class ConsentIT {

  private KeyStage stage;

  @BeforeAll
  void set(ControlPlane plane) throws IOException {
    stage = KeyStage.set(plane).start();
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  @Test
  void withoutConsentNobodyEvenConnectsAndTheMessageHoldsTheCure() {
    try (var foreign = FakeProvider.start()) {
      stage.apply(
          at(stage.inGit("foreign"), "foreign", foreign.url("/v1")),
          stage.secretAgreeingTo(
              "foreign", "sk-foreign-0123456789", "https://elsewhere.example.com"));
      stage.awaits("foreign", "Resolved", "False EndpointNotAllowed");
      assertThat(stage.says("foreign", "Stalled")).isEqualTo("True EndpointNotAllowed");
      assertThat(stage.kstatus("foreign")).isEqualTo(Kstatus.Failed);
      stage.looksTwice("foreign");
      assertThat(foreign.connections()).isZero();

      stage.kubectl.paste(command(stage.message("foreign", "Resolved")));

      stage.waitFor("foreign", "Ready");
      assertThat(foreign.seen()).hasSize(1);
      // What was agreed to before stays agreed to.
      assertThat(stage.find("foreign").orElseThrow().getMetadata().getAnnotations().values())
          .anyMatch(agreed -> agreed.startsWith("https://elsewhere.example.com,"));
    }
  }

  @Test
  void consentThatIsWithdrawnEndsEveryRequestAndKeepsTheKey() {
    stage.apply(stage.inGit("withdrawn"), stage.secret("withdrawn", "sk-withdrawn-0123456789"));
    stage.waitFor("withdrawn", "Ready");
    var held = stage.managed("withdrawn");

    stage.run("annotate", "secret", "withdrawn", "llmconfig.dev/allowed-endpoints-");

    stage.awaits("withdrawn", "Ready", "True KeptLastGood");
    stage.awaits("withdrawn", "Stalled", "True EndpointNotAllowed");
    stage.requestCheck("withdrawn", "please");
    stage.looksTwice("withdrawn");
    assertThat(stage.calls("withdrawn")).hasSize(1);
    assertThat(stage.managed("withdrawn")).isEqualTo(held);

    stage.kubectl.paste(command(stage.message("withdrawn", "Resolved")));

    stage.awaits("withdrawn", "Ready", "True Verified");
    eventually("the request that was left to be answered")
        .until(() -> stage.status("withdrawn").getHandled() != null);
    assertThat(stage.calls("withdrawn")).hasSize(2);
    assertThat(stage.managed("withdrawn")).isEqualTo(held);
  }

  @Test
  void aTokenThatWasCopiedIsRefusedAndSentNowhere() {
    var namespace = stage.plane.namespace();
    stage.apply(
        token("own", namespace, "own", stage.place("own")),
        token("of-a-namespace", "another", "of-a-namespace", stage.place("of-a-namespace")),
        token("of-a-name", namespace, "own", stage.place("of-a-name")),
        token("of-a-place", namespace, "of-a-place", stage.place("own")));

    stage.waitFor("own", "Ready");
    for (var copied : new String[] {"of-a-namespace", "of-a-name", "of-a-place"}) {
      stage.awaits(copied, "Resolved", "False TokenBoundElsewhere");
      assertThat(stage.says(copied, "Stalled")).isEqualTo("True TokenBoundElsewhere");
      assertThat(stage.message(copied, "Resolved")).contains("llmconfig encrypt");
      assertThat(stage.calls(copied)).isEmpty();
      assertThat(stage.find(copied + "-llmkey")).isEmpty();
    }
    assertThat(stage.calls("own")).hasSize(1);
  }

  /// A good token under a new place is a copy, too; the key in use stays.
  @Test
  void aTokenWhosePlaceIsEditedIsRefusedAndTheKeyInUseStays() {
    var git = token("moved", stage.plane.namespace(), "moved", stage.place("moved"));
    stage.apply(git);
    stage.waitFor("moved", "Ready");
    var held = stage.managed("moved");

    stage.apply(git.replace("/moved/v1", "/moved/elsewhere/v1"));

    stage.awaits("moved", "Ready", "True KeptLastGood");
    assertThat(stage.says("moved", "Resolved")).isEqualTo("False TokenBoundElsewhere");
    assertThat(stage.status("moved").getEndpoint()).isEqualTo(stage.place("moved"));
    assertThat(stage.calls("moved")).hasSize(1);
    assertThat(stage.managed("moved")).isEqualTo(held);
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (var elsewhere = FakeProvider.start()) {
      stage.provider.redirectTo(elsewhere.url(""));
      stage.provider.mood("/redirected", Mood.Redirecting);
      stage.apply(
          stage.inGit("redirected"), stage.secret("redirected", "sk-redirected-0123456789"));

      stage.awaits("redirected", "Ready", "False EndpointRedirected");

      assertThat(elsewhere.connections()).isZero();
      assertThat(stage.calls("redirected")).hasSize(1);
    }
  }

  @Test
  void aPrivateAddressIsNotDialledUnlessAgreedTo() {
    try (var inside = BrokenServer.silent(0)) {
      for (var host : new String[] {"127.0.0.1", "localhost", "0x7f.1", "2130706433"}) {
        var name = "private-" + host.replaceAll("[^a-z0-9]", "");
        var url = "https://" + host + ":" + inside.port() + "/v1";
        stage.apply(
            at(stage.inGit(name), name, url).replace("  allowInsecureEndpoint: true\n", ""),
            stage.secretAgreeingTo(name, "sk-private-0123456789", url));

        stage.awaits(name, "Resolved", "False EndpointNotAllowed");
        assertThat(stage.says(name, "Stalled")).isEqualTo("True EndpointNotAllowed");
        assertThat(stage.message(name, "Ready")).contains("spec.allowInsecureEndpoint: true");
      }
      assertThat(inside.connections()).isZero();
    }
  }

  @Test
  void theAddressOfACloudsMetadataIsNeverDialled() {
    var url = "http://169.254.169.254/v1";
    stage.apply(
        at(stage.inGit("metadata"), "metadata", url),
        stage.secretAgreeingTo("metadata", "sk-metadata-0123456789", url));

    stage.awaits("metadata", "Ready", "False EndpointNotAllowed");
  }

  @Test
  void anotherHeaderIsProvenBeforeItIsUsedAndLeavesNothingBehindWhenItGoes() {
    stage.apply(
        stage.inGit("header", "headers: [{name: OpenAI-Project, value: proj-1}]"),
        stage.secret("header", "sk-header-0123456789"));
    stage.waitFor("header", "Ready");
    var held = stage.managed("header");
    stage.provider.mood("/header", Mood.Down);

    stage.apply(stage.inGit("header"));

    stage.awaits("header", "Verified", "Unknown ProviderUnavailable");
    assertThat(stage.says("header", "Ready")).isEqualTo("True KeptLastGood");
    assertThat(stage.managed("header")).isEqualTo(held);
    stage.provider.well("/header");
    stage.awaits("header", "Ready", "True Verified");
    var proven = stage.managed("header");
    assertThat(proven).isNotEqualTo(held);
    assertThat(proven.getMetadata().getAnnotations().getOrDefault("llmconfig.dev/terms", ""))
        .isNotEqualTo(held.getMetadata().getAnnotations().get("llmconfig.dev/terms"));
    assertThat(stage.calls("header").getLast().headers()).doesNotContainKey("openai-project");
    stage.looksTwice("header");
    assertThat(stage.managed("header")).isEqualTo(proven);
    assertThat(stage.status("header").getCandidate()).isNull();
  }

  /// Under the plainest of terms nothing is written about them.
  @Test
  void aHeaderThatGoesIsWrittenOnce() {
    var git =
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ApiKeyConfig
        metadata: {name: plain, namespace: %s}
        spec:
          provider: OpenAI
          secretRef: {name: plain, key: api-key}
          verification: {mode: Disabled}
          models: {discovery: Disabled}
        """
            .formatted(stage.plane.namespace());
    stage.apply(
        git + "  headers: [{name: OpenAI-Project, value: proj-1}]\n",
        stage.secret("plain", "sk-plain-0123456789"));
    stage.waitFor("plain", "Ready");
    var held = stage.managed("plain");

    stage.apply(git);

    eventually("the write").until(() -> !stage.managed("plain").equals(held));
    stage.looksTwice("plain");
    var after = stage.managed("plain");
    stage.looksTwice("plain");
    assertThat(stage.managed("plain")).isEqualTo(after);
  }

  @Test
  void anotherApiVersionIsProvenBeforeItIsUsed() {
    var azure =
        stage.inGit("azure", "azure: {apiVersion: 2024-10-21}").replace("OpenAI", "AzureOpenAI");
    stage.apply(azure, stage.secret("azure", "0123456789abcdef0123456789abcdef"));
    stage.waitFor("azure", "Ready");
    var held = stage.managed("azure");
    stage.provider.mood("/azure", Mood.Down);

    stage.apply(azure.replace("2024-10-21", "2025-01-01"));

    stage.awaits("azure", "Verified", "Unknown ProviderUnavailable");
    assertThat(stage.managed("azure")).isEqualTo(held);
    stage.provider.well("/azure");
    stage.awaits("azure", "Ready", "True Verified");
    assertThat(stage.managed("azure")).isNotEqualTo(held);
    assertThat(stage.calls("azure").getLast().path()).contains("2025-01-01");
  }

  @Test
  void anotherAuthorityIsProvenBeforeItIsUsed() {
    try (var tls = FakeProvider.startTls(0, TlsFiles.Good)) {
      var url = "https://localhost:" + tls.port() + "/v1";
      authority("authority", TlsFiles.authority());
      stage.apply(
          at(
              stage.inGit("tls", "caRef: {kind: ConfigMap, name: authority, key: ca.crt}"),
              "tls",
              url),
          stage.secretAgreeingTo("tls", "sk-tls-0123456789", url));
      stage.waitFor("tls", "Ready");
      var held = stage.managed("tls");

      authority("authority", TlsFiles.another());
      stage.awaits("tls", "Ready", "True KeptLastGood");
      eventually("the failure").until(() -> stage.says("tls", "Verified").endsWith("TLSFailed"));
      assertThat(stage.managed("tls")).isEqualTo(held);
      assertThat(tls.seen()).hasSize(1);

      authority("authority", TlsFiles.authority());

      stage.awaits("tls", "Ready", "True Verified");
      assertThat(stage.managed("tls")).isEqualTo(held);
    }
  }

  private void authority(String name, byte[] pem) {
    stage
        .plane
        .admin()
        .forceApply(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(stage.plane.namespace())
                .withName(name)
                .endMetadata()
                .withData(Map.of("ca.crt", new String(pem, StandardCharsets.US_ASCII)))
                .build());
  }

  private String at(String git, String name, String url) {
    return git.replace(stage.place(name), url);
  }

  /// A key in Git, for an object and a place.
  private String token(String object, String namespace, String name, String place) {
    var tokens = new Tokens(stage.plane, stage.ring);
    return stage.inGitWith(
        object,
        "encryptedKey: " + tokens.bound(namespace, name, place, "sk-" + object + "-0123456789"));
  }

  private static String command(String message) {
    return message.substring(message.indexOf("kubectl annotate"));
  }
}
