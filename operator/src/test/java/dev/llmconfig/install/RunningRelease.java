package dev.llmconfig.install;

import static org.awaitility.Awaitility.await;

import dev.llmconfig.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The pods of a release, on a node where they really run, which this machine reaches.
record RunningRelease(ControlPlane plane, String name) {

  /// A container that was killed thrice is not started again for twenty seconds, and starting takes
  /// some more where the machine has much to do.
  static final Duration SOON = Duration.ofMinutes(2);

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private KubernetesClient client() {
    return plane.admin().client();
  }

  /// Those that are not on their way out.
  List<Pod> pods() {
    var deployment =
        client().apps().deployments().inNamespace(plane.namespace()).withName(name).require();
    return client()
        .pods()
        .inNamespace(plane.namespace())
        .withLabels(deployment.getSpec().getSelector().getMatchLabels())
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /// The names of those that serve.
  Set<String> serving() {
    return pods().stream()
        .filter(RunningRelease::isReady)
        .map(pod -> pod.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  void awaitReady(int replicas) {
    await("%d ready pods".formatted(replicas))
        .atMost(SOON)
        .until(() -> pods().size() == replicas && serving().size() == replicas);
    await("one leader")
        .atMost(SOON)
        .ignoreExceptions()
        .until(() ->
            pods().stream().mapToDouble(pod -> metric(pod, 9090, "llmconfig_leader")).sum() == 1);
  }

  private static boolean isReady(Pod pod) {
    var containers = pod.getStatus().getContainerStatuses();
    return containers.size() == 2 && containers.stream().allMatch(ContainerStatus::getReady);
  }

  ContainerStatus container(Pod pod, String name) {
    return client().resource(pod).get().getStatus().getContainerStatuses().stream()
        .filter(one -> one.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// How often any container of it was started again.
  int restarts() {
    return pods().stream()
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .mapToInt(ContainerStatus::getRestartCount)
        .sum();
  }

  /// What kube-proxy knows of its Service.
  long endpoints() {
    return client()
        .resources(EndpointSlice.class)
        .inNamespace(plane.namespace())
        .withLabel("kubernetes.io/service-name", name)
        .list()
        .getItems()
        .stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .filter(one -> Boolean.TRUE.equals(one.getConditions().getReady()))
        .count();
  }

  /// The one that streams something to somebody.
  Pod streaming() {
    return pods().stream()
        .filter(pod -> metric(pod, 9091, "llmconfig_streams") > 0)
        .findFirst()
        .orElseThrow();
  }

  /// As a drain asks for it.
  ///
  /// @return whether the disruption budget allows it
  boolean evict(Pod pod) {
    return client()
        .pods()
        .inNamespace(plane.namespace())
        .withName(pod.getMetadata().getName())
        .evict();
  }

  private static double metric(Pod pod, int port, String name) {
    return get(pod, port, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  /// What the kubelet is told when it looks whether the operator has to be restarted.
  static int operatorLiveness(Pod pod) {
    return get(pod, 9090, "/livez").statusCode();
  }

  private static HttpResponse<String> get(Pod pod, int port, String path) {
    try (var http = HttpClient.newHttpClient()) {
      var address = URI.create("http://%s:%d%s".formatted(pod.getStatus().getPodIP(), port, path));
      return http.send(
          HttpRequest.newBuilder(address).timeout(LONGEST).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking.", e);
    }
  }
}
