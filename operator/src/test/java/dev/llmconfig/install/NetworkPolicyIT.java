package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Who may be reached, by the rules of a NetworkPolicy as Kubernetes has written them down. Pods
/// are matched by their namespace alone here, and not by their address: some networks do it so.
class NetworkPolicyIT {

  private static final String LISTED =
      """
      networkPolicy:
        egress: Listed
        providerCidrs: [203.0.113.0/24]
        apiServerCidrs: [10.96.0.1/32]
        inCluster: [{namespaceSelector: {matchLabels: {name: ollama}}, ports: [11434]}]
        ingressFrom: [{namespaceSelector: {matchLabels: {name: ingress}}}]
        metricsFrom: [{namespaceSelector: {matchLabels: {name: monitoring}}}]
      """;

  @TempDir Path folder;

  /// A direction, a protocol, the other side (an address, or a namespace) and a port; `!` where it
  /// must not be.
  @TestFactory
  Stream<DynamicTest> anyIsAllButLinkLocal() {
    return verdicts(
        "{}",
        """
        to TCP 104.18.7.192 443
        to TCP 104.18.7.192 8443
        to TCP 2606:4700::6812:7c0 443
        to TCP 10.96.0.1 443
        to TCP 172.18.0.2 6443
        to TCP ollama 11434
        to UDP 10.96.0.10 53
        to TCP 10.96.0.10 53
        to UDP 169.254.20.10 53
        to UDP kube-system 53
        !to TCP 169.254.169.254 80
        !to TCP 169.254.169.254 443
        !to UDP 169.254.169.254 53
        !to TCP 169.254.169.254 53
        !to TCP 169.254.170.2 80
        !to TCP fd00:ec2::254 80
        !to TCP fe80::1 443
        !to UDP 104.18.7.192 443
        from TCP anybody http
        from TCP anybody operator
        from TCP anybody sidecar
        """);
  }

  @TestFactory
  Stream<DynamicTest> listedIsWhatIsListed() {
    return verdicts(
        LISTED,
        """
        to TCP 203.0.113.7 443
        !to TCP 203.0.113.7 80
        !to TCP 198.51.100.1 443
        to TCP 10.96.0.1 443
        to TCP 10.96.0.1 6443
        !to TCP 10.96.0.2 443
        to TCP ollama 11434
        !to TCP ollama 80
        !to TCP other 11434
        to UDP kube-system 53
        to UDP 169.254.20.10 53
        !to TCP 169.254.169.254 443
        !to UDP 169.254.169.254 53
        from TCP ingress http
        !from TCP other http
        from TCP monitoring sidecar
        !from TCP ingress operator
        """);
  }

  @TestFactory
  Stream<DynamicTest> withoutItsAddressTheApiServerIsAnywhere() {
    return verdicts(
        "networkPolicy: {egress: Listed, providerCidrs: [0.0.0.0/0], providerPorts: [80]}",
        """
        to TCP 172.18.0.2 6443
        to TCP 10.96.0.1 443
        !to TCP 172.18.0.2 8443
        to TCP 203.0.113.7 80
        !to TCP 169.254.169.254 443
        !to TCP 169.254.169.254 80
        """);
  }

  private Stream<DynamicTest> verdicts(String values, String connections) {
    var policy =
        Chart.in(folder, "llm", "home").objects(Yaml.documents(values).getFirst()).stream()
            .filter(object -> ValueSet.id(object).equals("NetworkPolicy/llm"))
            .findFirst()
            .orElseThrow();
    return connections
        .lines()
        .map(line ->
            DynamicTest.dynamicTest(
                line,
                () ->
                    assertThat(allowed(policy, line.replace("!", "").split(" ", -1)))
                        .isEqualTo(!line.startsWith("!"))));
  }

  private static boolean allowed(JsonNode policy, String[] words) {
    var out = words[0].equals("to");
    return each(policy.at(out ? "/spec/egress" : "/spec/ingress"))
        .anyMatch(rule ->
            each(rule.path("ports")).anyMatch(port -> fits(port, words[1], words[3]))
                && (rule.path(out ? "to" : "from").isMissingNode()
                    || each(rule.path(out ? "to" : "from")).anyMatch(peer -> is(peer, words[2]))));
  }

  private static boolean fits(JsonNode port, String protocol, String wanted) {
    return port.path("protocol").asText().equals(protocol)
        && (!port.has("port") || port.path("port").asText().equals(wanted));
  }

  private static boolean is(JsonNode peer, String other) {
    var address = other.contains(".") || other.contains(":");
    if (peer.has("ipBlock")) {
      var block = peer.path("ipBlock");
      return address
          && within(block.path("cidr").asText(), other)
          && each(block.path("except")).noneMatch(hole -> within(hole.asText(), other));
    }
    var name = peer.at("/namespaceSelector/matchLabels/name");
    return !address && (name.isMissingNode() || name.asText().equals(other));
  }

  private static boolean within(String network, String address) {
    var words = network.split("/", 2);
    var base = bytes(words[0]);
    var other = bytes(address);
    if (base.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < Integer.parseInt(words[1]); bit++) {
      var mask = 0x80 >> (bit % 8);
      if ((base[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
