package dev.llmconfig.install;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/// The chart, really installed. The CRDs are there already, and stay.
record Release(ControlPlane plane, Chart chart, List<JsonNode> objects) implements AutoCloseable {

  static Release install(ControlPlane plane, Path folder, JsonNode values) {
    Crds.install(plane);
    var chart = Chart.in(folder, "llm", plane.namespace());
    var release = new Release(plane, chart, chart.objects(values));
    plane.closedLater(release);
    release.helm("install", values, "--take-ownership", "--force-conflicts");
    return release;
  }

  String helm(String verb, JsonNode values, String... more) {
    return chart.helm().run(words(verb, values, more));
  }

  /// What helm says about values that must not work.
  String helmFails(String verb, JsonNode values, String... more) {
    return chart.helm().fails(words(verb, values, more));
  }

  private String[] words(String verb, JsonNode values, String... more) {
    var words =
        new ArrayList<>(
            List.of(
                verb,
                chart.release(),
                Chart.FILES.toString(),
                "--namespace=" + chart.namespace(),
                "--values=" + chart.file(values),
                "--wait",
                "--timeout=300s"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /// A command about the release itself, such as `rollback`.
  String about(String verb, String... more) {
    var words = new ArrayList<>(List.of(verb, chart.release(), "--namespace=" + chart.namespace()));
    words.addAll(List.of(more));
    return chart.helm().run(words.toArray(String[]::new));
  }

  /// What the API server calls the operator.
  String user() {
    return "system:serviceaccount:" + chart.namespace() + ":" + chart.release();
  }

  /// With the token that its pod would have.
  Config account() {
    var admin = plane.admin().client();
    var token =
        admin
            .serviceAccounts()
            .inNamespace(chart.namespace())
            .withName(chart.release())
            .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
            .getStatus()
            .getToken();
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(admin.getConfiguration().getMasterUrl())
        .withCaCertData(admin.getConfiguration().getCaCertData())
        .withNamespace(chart.namespace())
        .withOauthToken(token)
        .build();
  }

  /// What the operator's container is told, such as `--replicas`, `1`.
  List<String> flags() {
    return flags(0);
  }

  /// What the sidecar's container is told.
  Map<String, String> sidecarFlags() {
    var flags = new TreeMap<String, String>();
    var words = flags(1);
    for (int at = 0; at < words.size(); at += 2) {
      flags.put(words.get(at), words.get(at + 1));
    }
    return flags;
  }

  private List<String> flags(int container) {
    var args =
        objects.stream()
            .filter(object -> ValueSet.id(object).equals("Deployment/" + chart.release()))
            .findFirst()
            .orElseThrow()
            .at("/spec/template/spec/containers")
            .path(container)
            .path("args");
    return StreamSupport.stream(args.spliterator(), false)
        .skip(1)
        .flatMap(word -> List.of(word.asText().split("=", 2)).stream())
        .toList();
  }

  @Override
  public void close() {
    about("uninstall", "--ignore-not-found");
  }
}
