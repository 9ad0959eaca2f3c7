package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The form of the folders of `examples/`; what they do is run by `AgentExamplesIT`,
/// `KeyExamplesIT` and `ComposeExampleTest`.
class ExamplesTest {

  private static final int A_PAGE = 60;

  @Test
  void everyFolderIsRun() {
    var known = new TreeSet<>(KeyExamplesIT.RUN);
    known.addAll(AgentExamplesIT.RUN);
    known.addAll(ComposeExampleTest.RUN);

    assertThat(Example.names()).containsExactlyElementsOf(known);
  }

  @ParameterizedTest
  @MethodSource
  void theNameOfAFileSaysWhatIsInIt(Path file, String folder) throws IOException {
    var object = Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
    var namespace = object.getMetadata().getNamespace();

    assertThat(file.getFileName().toString())
        .matches(
            "\\d\\d\\." + object.getKind() + "\\." + object.getMetadata().getName() + "\\.yaml");
    assertThat(namespace == null ? object.getMetadata().getName() : namespace).isEqualTo(folder);
  }

  static Stream<Arguments> theNameOfAFileSaysWhatIsInIt() {
    return Example.names().stream()
        .filter(name -> !ComposeExampleTest.RUN.contains(name)) // it has no objects
        .flatMap(name ->
            Example.files(Example.original(name)).stream()
                .filter(file -> file.toString().endsWith(".yaml"))
                .map(file -> Arguments.of(file, name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyFolderHasAPage(String name) throws IOException {
    assertThat(Files.readAllLines(Example.original(name).resolve("README.md")))
        .hasSizeBetween(5, A_PAGE);
  }

  static Stream<String> names() {
    return Example.names().stream();
  }
}
