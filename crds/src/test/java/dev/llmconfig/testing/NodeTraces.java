package dev.llmconfig.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a real node could leave behind on this machine, as seen from outside of it.
record NodeTraces(
    Set<String> interfaces,
    Set<String> routes,
    Set<String> mounts,
    Set<String> tables,
    Set<String> cgroups,
    Set<String> networks,
    Map<String, String> settings) {

  /// The kubelet would like to change the first ones, the pods' network the others.
  private static final List<String> SETTINGS =
      List.of(
          "kernel/panic",
          "kernel/panic_on_oops",
          "kernel/keys/root_maxkeys",
          "vm/overcommit_memory",
          "vm/panic_on_oom",
          "net/ipv4/ip_forward",
          "net/ipv4/conf/all/rp_filter",
          "net/ipv4/conf/all/route_localnet");

  static NodeTraces now() {
    return new NodeTraces(
        interfaceNames(),
        lines(Path.of("/proc/net/route")),
        lines(Path.of("/proc/self/mounts")),
        tablesOfThisMachine(),
        cgroupsOfNodes(),
        networksInUse(),
        values());
  }

  void assertShow(RealNode node) {
    assertThat(interfaces).contains(node.cable());
    assertThat(routes).anyMatch(route -> route.startsWith(node.cable()));
    assertThat(cgroups).anyMatch(node::owns);
    assertThat(networks).contains(node.network());
  }

  /// Other nodes may come and go on the same machine, and are no concern of this one.
  void assertNothingIsLeftSince(NodeTraces before, RealNode node) {
    assertThat(added(before.interfaces, interfaces, node)).isEmpty();
    assertThat(added(before.routes, routes, node)).isEmpty();
    assertThat(added(before.cgroups, cgroups, node)).isEmpty();
    assertThat(mounts).isSubsetOf(before.mounts);
    assertThat(tables).isSubsetOf(before.tables);
    assertThat(networks).doesNotContain(node.network());
    assertThat(settings).isEqualTo(before.settings);
  }

  private static Set<String> added(Set<String> before, Set<String> after, RealNode node) {
    return after.stream()
        .filter(trace -> !before.contains(trace))
        .filter(trace -> node.owns(trace) || !trace.matches("(llmc-|.*/llmconfig-).*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> interfaceNames() {
    try (var files = Files.list(Path.of("/sys/class/net"))) {
      return files.map(file -> file.getFileName() + "").collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> lines(Path file) {
    try {
      return Set.copyOf(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// By the same `nft` that kube-proxy uses, which need not be installed.
  private static Set<String> tablesOfThisMachine() {
    var cluster = Checkout.root().resolve("cluster").toString();
    var script = "LD_LIBRARY_PATH=$(library_folder nftables) \"$(nft_folder)/nft\" list tables";
    return Command.run(List.of("bash", "-c", ". \"$0/lib/load.sh\"; " + script, cluster))
        .orFail()
        .output()
        .lines()
        .collect(Collectors.toSet());
  }

  /// Version 2 has them in one tree, version 1 in one for each controller.
  private static Set<String> cgroupsOfNodes() {
    try (var files = Files.find(Path.of("/sys/fs/cgroup"), 2, (file, _) -> isOfNode(file))) {
      return files.map(Path::toString).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfNode(Path file) {
    return file.getFileName().toString().startsWith("llmconfig-");
  }

  /// The kernel keeps a network, with all its interfaces and tables, as long as a process is in it.
  private static Set<String> networksInUse() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .flatMap(pid -> networkOf(pid).stream())
        .collect(Collectors.toSet());
  }

  static List<String> networkOf(long pid) {
    try {
      return List.of(Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).toString());
    } catch (IOException _) {
      return List.of(); // it has ended
    }
  }

  private static Map<String, String> values() {
    var values = new TreeMap<String, String>();
    SETTINGS.forEach(
        name -> values.put(name, String.join("\n", lines(Path.of("/proc/sys").resolve(name)))));
    return values;
  }
}
