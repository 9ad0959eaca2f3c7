package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.KeyText;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.takeover.EnvironmentText;
import dev.llmconfig.takeover.KagentObjects;
import dev.llmconfig.takeover.KeyDraft;
import dev.llmconfig.takeover.LiteLlmFile;
import dev.llmconfig.takeover.Taken;
import dev.llmconfig.takeover.TakenYaml;
import dev.llmconfig.takeover.YamlDocuments;
import dev.llmconfig.upkeep.InstalledRing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `llmconfig import`.
@Command(
    name = "import",
    description =
        "Prints, as YAML, what another tool is configured with: ApiKeyConfigs and ModelConfigs."
            + " What has no counterpart is told on standard error and in comments; nothing is lost"
            + " in silence.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "No key is ever printed. With ENCRYPTION_KEY, the file of ENCRYPTION_KEY_FILE, or --keyring,"
          + " a",
      "key that stands in the file becomes a token, bound to its object; without, and for a key"
          + " that",
      "the file takes from a variable, the object names a Secret, and a comment has the command"
          + " that",
      "makes it."
    })
final class ImportCommand implements Callable<Integer> {

  private static final int MOST = 4 * 1024 * 1024;

  private final Shell shell;
  private final Clusters clusters;

  /// Whose configuration it is.
  enum Tool {
    litellm,
    kagent,
    env
  }

  @Option(
      names = "--from",
      paramLabel = "litellm|kagent|env",
      required = true,
      description =
          "What the file is: the configuration file of LiteLLM's proxy, ModelConfigs of kagent, or"
              + " an .env file.")
  private @Nullable Tool tool;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Namespace of the objects. Default: default; kagent's keep their own.")
  private String namespace = "default";

  @Option(
      names = "--keyring",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "NAMESPACE/NAME",
      description =
          "Encrypts with the key ring of the cluster: the Secret of that name, or the only one"
              + " there is.")
  private @Nullable String keyring;

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      description = "Context of the kubeconfig. Default: the current one.")
  private @Nullable String context;

  @Parameters(paramLabel = "FILE", description = "The file; - for standard input.")
  private @Nullable String file;

  ImportCommand(Shell shell, Clusters clusters) {
    this.shell = shell;
    this.clusters = clusters;
  }

  @Override
  public Integer call() {
    if (tool == null || file == null) {
      throw Refusal.usage("--from and a file are needed.");
    }
    if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw Refusal.usage("--namespace must be the name of a namespace.");
    }
    var taken = taken(tool, text(file));
    var ring = ring();
    try {
      print(taken, ring);
    } finally {
      ring.ifPresent(KeyRing::close);
    }
    return 0;
  }

  private Taken taken(Tool from, String text) {
    var taken =
        switch (from) {
          case litellm -> LiteLlmFile.read(only(text), namespace, shell.environment());
          case kagent -> KagentObjects.read(documents(text), namespace);
          case env -> EnvironmentText.read(text, namespace);
        };
    taken.left().forEach(sentence -> shell.err().println("Left out: " + sentence));
    if (taken.keys().isEmpty()) {
      throw Refusal.negative(
          "There is nothing in the file that can be taken over; see that --from names the tool that"
              + " it is of.");
    }
    return taken;
  }

  private void print(Taken taken, Optional<KeyRing> ring) {
    var yaml = new TakenYaml(ring.map(one -> (key, value) -> token(one, key, value))).of(taken);
    shell.out().print(yaml);
    shell.out().flush();
  }

  private String token(KeyRing ring, KeyDraft draft, String value) {
    var binding =
        new Binding(draft.namespace(), draft.name(), TakenYaml.endpoint(draft).orElseThrow());
    return switch (KeyText.of(value.getBytes(StandardCharsets.UTF_8))) {
      case KeyText.Usable(SecretBytes key, _) -> {
        try (key;
            var envelope = binding.envelope(Envelope.Purpose.Spec, key).toJson()) {
          yield ring.encrypt(envelope, shell.clock().instant());
        }
      }
      case KeyText.Empty() -> throw unusable(draft, "is empty");
      case KeyText.Malformed(KeyText.Flaw flaw) -> throw unusable(draft, flaw.clause());
    };
  }

  private static Refusal unusable(KeyDraft draft, String why) {
    return Refusal.negative(
        "The key for ApiKeyConfig %s %s; correct it in the file.".formatted(draft.name(), why));
  }

  /// That of the environment, where one is given; none is no mistake here.
  private Optional<KeyRing> ring() {
    var place = keyring;
    if (place != null) {
      return Optional.of(
          clusters.with(Optional.ofNullable(context), client -> InstalledRing.read(client, place)));
    }
    var environment = shell.environment();
    var given =
        List.of(GivenKeys.VARIABLE, GivenKeys.FILE_VARIABLE).stream()
            .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    return given ? Optional.of(Ring.fromEnvironment(shell)) : Optional.empty();
  }

  private static JsonNode only(String text) {
    var documents = documents(text);
    if (documents.size() > 1) {
      throw Refusal.negative(
          "The file has %d documents, and LiteLLM reads a file of one; import each from a file of"
                  .formatted(documents.size())
              + " its own.");
    }
    return documents.isEmpty() ? JsonNodeFactory.instance.objectNode() : documents.getFirst();
  }

  private static List<JsonNode> documents(String text) {
    try {
      return YamlDocuments.read(text).stream()
          .<JsonNode>map(YamlDocuments.Document::content)
          .toList();
    } catch (YamlDocuments.Malformed wrong) {
      throw Refusal.negative(
          "Line %d of the file %s; correct it.".formatted(wrong.line(), wrong.what()));
    }
  }

  private String text(String name) {
    try (InputStream in = name.equals("-") ? shell.in() : Files.newInputStream(Path.of(name))) {
      var content = in.readNBytes(MOST + 1);
      if (content.length > MOST) {
        throw Refusal.negative(
            "The file is larger than 4 MiB, so nothing of it is read; divide it.");
      }
      return new String(content, StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw Refusal.usage("The file cannot be read; correct the path.");
    }
  }
}
