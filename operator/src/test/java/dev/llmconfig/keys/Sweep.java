package dev.llmconfig.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.testing.AuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All that can be read about keys by somebody who may not read the Secrets of their owners: every
/// object of every kind in the namespace, every file of the operator, its process as the system and
/// the JDK show it, what it answers, what it asked for.
///
/// @param folder of the operator's files
/// @param owners of Secrets, whose content is theirs
/// @param unusable of these, which hold nothing that the operator may use, so that it leaves them
///   alone with their copy in the annotation of kubectl
record Sweep(KeyStage stage, Path folder, Set<String> owners, Set<String> unusable) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DELIVERED = ".+-llmkey-r-[0-9a-f]{10}|.+-llm-env";
  private static final String COPY = "kubectl.kubernetes.io/last-applied-configuration";

  /// How many pieces of keys are where.
  Map<String, Long> finds(Canaries canaries, OperatorJvm operator, AuditLog.Mark since)
      throws IOException, InterruptedException {
    var readable = new TreeMap<String, String>();
    readable.putAll(process(operator));
    readable.putAll(objects());
    readable.putAll(files());
    readable.put("requests", stage.plane.audit().since(since).by(stage.account).all().toString());
    readable.put("seen by the provider", stage.provider.seen().toString());
    assertThat(readable).allSatisfy((where, text) -> assertThat(text).as(where).isNotBlank());
    return readable.entrySet().stream()
        .map(one -> Map.entry(one.getKey(), canaries.in(one.getValue())))
        .filter(found -> found.getValue() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, String> process(OperatorJvm operator)
      throws IOException, InterruptedException {
    var shown = new TreeMap<String, String>();
    for (var file : List.of("cmdline", "environ")) {
      shown.put("/proc " + file, operator.proc(file));
    }
    for (var question : List.of("Thread.print", "VM.system_properties", "VM.command_line")) {
      shown.put("jcmd " + question, operator.ask(question));
    }
    assertThat(shown.get("jcmd Thread.print")).contains("\"main\"");
    for (var path : List.of("/metrics", "/readyz", "/livez", "/nothing-here")) {
      shown.put(path, operator.get(path));
    }
    return shown;
  }

  private Map<String, String> files() throws IOException {
    var read = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) > 0) {
          read.put(
              "file " + folder.relativize(file),
              Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    assertThat(read).containsKeys("file data/config.db", "file data/config.db-wal");
    return read;
  }

  private Map<String, String> objects() throws IOException {
    var kinds = stage.kubectl.run("api-resources", "--namespaced", "--verbs=list", "--output=name");
    var all =
        stage.run(
            "get", kinds.strip().replaceAll("\\s+", ","), "--output=json", "--show-managed-fields");
    var objects = new TreeMap<String, String>();
    // Before it come warnings about kinds that will be gone one day.
    for (var item : JSON.readTree(all.substring(all.indexOf('{'))).path("items")) {
      var name = item.path("metadata").path("name").asText();
      var where = item.path("kind").asText() + "/" + name;
      objects.put(
          where + " " + item.path("apiVersion").asText(),
          where.startsWith("Secret/") ? readable(name, (ObjectNode) item) : item.toString());
    }
    assertThat(objects.keySet())
        .anyMatch(where -> where.startsWith("Secret/") && where.contains("-llmkey "))
        .anyMatch(where -> where.startsWith("ApiKeyConfig/"))
        .anyMatch(where -> where.startsWith("ModelConfig/"))
        .anyMatch(where -> where.startsWith("Deployment/"))
        .anyMatch(where -> where.startsWith("ConfigMap/in-models-"))
        .anyMatch(where -> where.startsWith("SealedSecret/"))
        .anyMatch(where -> where.startsWith("Event/"));
    return objects;
  }

  /// Of an owner's Secret all but its content, and of those that agents are pointed at; of all
  /// others of ours that, too, decoded: Secrets look encrypted and are not.
  private String readable(String name, ObjectNode secret) {
    if (name.matches(DELIVERED)) {
      secret.remove("data");
      return secret.toString();
    }
    if (owners.contains(name)) {
      secret.remove("data");
      if (unusable.contains(name)) {
        ((ObjectNode) secret.path("metadata").path("annotations")).remove(COPY);
      }
      return secret.toString();
    }
    return secret
        + secret.path("data").valueStream().map(Sweep::decoded).collect(Collectors.joining("\n"));
  }

  private static String decoded(JsonNode value) {
    return new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.ISO_8859_1);
  }
}
