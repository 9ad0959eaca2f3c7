package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.ApiServer;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Validated;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SidecarConfigurationTest {

  private static final ApiServer API =
      new ApiServer("https://10.0.0.1:443", Optional.empty(), false);
  private static final SidecarSurroundings LAPTOP =
      new SidecarSurroundings(false, false, Optional.of(API), "default", "laptop-1");
  private static final SidecarSurroundings POD =
      new SidecarSurroundings(true, true, Optional.of(API), "home", "pod-1");

  @TempDir Path directory;

  @Test
  void outsideAPodEverythingListensOnLoopback() {
    var configuration = valid(Map.of(), LAPTOP);

    assertThat(configuration.listen().getAddress().isLoopbackAddress()).isTrue();
    assertThat(configuration.listen().getPort()).isEqualTo(8080);
    assertThat(configuration.healthListen().getAddress().isLoopbackAddress()).isTrue();
    assertThat(configuration.healthListen().getPort()).isEqualTo(9091);
    assertThat(configuration.outageGrace()).isEqualTo(Duration.ofMinutes(30));
    assertThat(configuration.basePath()).isEqualTo("/");
    assertThat(configuration.ring().current()).as("the read side needs none").isEmpty();
  }

  @Test
  void inAPodItIsReachedByTheNamesOfItsService() {
    var configuration =
        valid(Map.of("--service", "llm-config", "--public-url", "https://llm.example.com"), POD);

    assertThat(configuration.listen().getAddress().isAnyLocalAddress()).isTrue();
    assertThat(configuration.serviceNames())
        .containsExactlyInAnyOrder(
            "llm-config",
            "llm-config.home",
            "llm-config.home.svc",
            "llm-config.home.svc.cluster.local");
    assertThat(configuration.logFormat()).isEqualTo(Logging.Format.JSON);
    assertThat(configuration.publicUrl()).isPresent();
  }

  @Test
  void thePersonOfTheKubeconfigIsLetInOnlyWhereNobodyElseIs() {
    assertThat(valid(Map.of("--local-login", "true"), LAPTOP).localLogin()).isTrue();
    assertThat(valid(Map.of(), LAPTOP).localLogin()).isFalse();
    assertThat(fields(Map.of("--local-login", "true", "--listen", "0.0.0.0:8080"), LAPTOP))
        .containsExactly("--local-login");
    assertThat(fields(Map.of("--local-login", "true", "--listen", "127.0.0.1:8080"), POD))
        .containsExactly("--local-login");
    var mounted = new SidecarSurroundings(false, true, Optional.of(API), "default", "x");
    assertThat(fields(Map.of("--local-login", "true"), mounted)).containsExactly("--local-login");
  }

  @Test
  void anInstallationIsNamedByItsPlaceAndNotByItsKeys() {
    var one = valid(Map.of(), LAPTOP).installation();

    assertThat(one).matches("[0-9a-f]{6}").isEqualTo(valid(Map.of(), LAPTOP).installation());
    assertThat(valid(Map.of("--service", "other"), LAPTOP).installation()).isNotEqualTo(one);
    assertThat(valid(Map.of(), POD).installation()).isNotEqualTo(one);
  }

  @Test
  void proxiesAreNetworks() {
    assertThat(
            valid(Map.of("--trusted-proxies", "10.0.0.0/8, fd00::/8,192.0.2.7"), LAPTOP)
                .trustedProxies())
        .hasSize(3);
    for (var wrong : new String[] {"proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8,", "/8"}) {
      assertThat(fields(Map.of("--trusted-proxies", wrong), LAPTOP))
          .as(wrong)
          .containsExactly("--trusted-proxies");
    }
  }

  @Test
  void anAddressForPeopleIsOneOfTheWebAndNobodysOwn() {
    assertThat(valid(Map.of(), LAPTOP).argocdUrl()).isEmpty();
    assertThat(valid(Map.of("--argocd-url", "https://cd.example.com/argo"), LAPTOP).argocdUrl())
        .contains(URI.create("https://cd.example.com/argo"));
    for (var wrong :
        new String[] {
          "javascript:alert(1)",
          "ftp://cd.example.com",
          "cd.example.com",
          "https://",
          "https://me:word@cd.example.com",
          "https://cd.example.com/?a=b",
          "https://cd.example.com/#x"
        }) {
      assertThat(fields(Map.of("--argocd-url", wrong), LAPTOP))
          .as(wrong)
          .containsExactly("--argocd-url");
    }
  }

  @Test
  void aBasePathIsTakenInEveryFormThatIsOne() {
    for (var form : new String[] {"llm", "/llm", "llm/", "/llm/"}) {
      assertThat(valid(Map.of("--base-path", form), LAPTOP).basePath()).isEqualTo("/llm/");
    }
    assertThat(valid(Map.of("--base-path", "/"), LAPTOP).basePath()).isEqualTo("/");
  }

  @Test
  void allThatIsWrongIsReportedAtOnceAndNoValueIsRepeated() {
    var flags =
        Map.of(
            "--listen", "sk-secret",
            "--health-listen", "x",
            "--base-path", "/a b/",
            "--public-url", "llm.example.com",
            "--service", "Not_A_Name",
            "--auth-outage-grace", "-1",
            "--log-level", "loud");

    var parsed =
        SidecarConfiguration.parse(
            flags,
            Map.of("ENCRYPTION_KEY", "sk-secret"),
            new SidecarSurroundings(false, false, Optional.empty(), "default", "x"));

    assertThat(parsed).isInstanceOf(Validated.Invalid.class);
    var problems = ((Validated.Invalid<SidecarConfiguration>) parsed).problems();
    assertThat(problems).extracting(Problem::field).containsAll(flags.keySet());
    assertThat(problems).extracting(Problem::field).contains("KUBECONFIG", "ENCRYPTION_KEY");
    assertThat(problems.toString()).doesNotContain("sk-secret");
  }

  @Test
  void ofAKubeconfigOnlyTheAddressAndItsCertificatesAreTaken() {
    var kubeconfig =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://10.9.8.7:6443/")
            .withCaCertData("Y2E=")
            .withOauthToken("mine")
            .withClientCertData("mine")
            .build();

    var place = SidecarSurroundings.of(Map.of(), kubeconfig, directory);

    assertThat(place.inPod()).isFalse();
    assertThat(place.apiServer())
        .contains(new ApiServer("https://10.9.8.7:6443/", Optional.of("Y2E="), false));
    assertThat(place.toString()).doesNotContain("mine");
  }

  @Test
  void aPodHasCertificatesAndNoToken() throws Exception {
    Files.writeString(directory.resolve("ca.crt"), "ca");
    Files.writeString(directory.resolve("namespace"), "home\n");
    var environment =
        new TreeMap<>(
            Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443"));

    var place = SidecarSurroundings.of(environment, Config.empty(), directory);

    assertThat(place.inPod()).isTrue();
    assertThat(place.namespace()).isEqualTo("home");
    assertThat(place.apiServer())
        .contains(new ApiServer("https://[fd00::1]:6443", Optional.of("Y2E="), false));
  }

  private static SidecarConfiguration valid(
      Map<String, String> flags, SidecarSurroundings surroundings) {
    var parsed = SidecarConfiguration.parse(flags, Map.of(), surroundings);
    if (parsed instanceof Validated.Valid<SidecarConfiguration>(var configuration)) {
      return configuration;
    }
    throw new AssertionError(parsed);
  }

  private static List<String> fields(Map<String, String> flags, SidecarSurroundings surroundings) {
    return SidecarConfiguration.parse(flags, Map.of(), surroundings)
            instanceof Validated.Invalid<SidecarConfiguration>(var problems)
        ? problems.stream().map(Problem::field).toList()
        : List.of();
  }
}
