package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What other people's code reaches the browsers of our users.
class PlaygroundPackagesTest {

  private static final Path PAGE = Path.of("src/main/webui");

  @Test
  void fourPackagesAndNoMoreRunInTheBrowser() throws Exception {
    var shipped = new ArrayList<String>();
    locked()
        .properties()
        .forEach(one -> {
          if (!one.getKey().isEmpty() && !one.getValue().path("dev").asBoolean()) {
            shipped.add(one.getKey().substring(one.getKey().lastIndexOf("node_modules/") + 13));
          }
        });
    // Types of DOMPurify, which no browser loads, and what signals are made of.
    assertThat(shipped)
        .containsOnlyOnceElementsOf(List.of("preact", "@preact/signals", "marked", "dompurify"))
        .isSubsetOf(
            "preact",
            "@preact/signals",
            "@preact/signals-core",
            "marked",
            "dompurify",
            "@types/trusted-types");
  }

  @Test
  void theLockFileIsOfThisPackageFileAndNamesOneVersionOfEach() throws Exception {
    var declared = read("package.json");
    var root = locked().path("");
    for (var kind : new String[] {"dependencies", "devDependencies"}) {
      assertThat(root.path(kind)).as(kind).isEqualTo(declared.path(kind));
      declared
          .path(kind)
          .forEach(version -> assertThat(version.asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+"));
    }
  }

  @Test
  void noRegistryIsNamed() throws Exception {
    assertThat(Files.readString(PAGE.resolve("package-lock.json")))
        .doesNotContain("\"resolved\"", "registry.", "npmjs");
    locked()
        .properties()
        .forEach(one -> {
          if (!one.getKey().isEmpty()) {
            assertThat(one.getValue().path("integrity").asText())
                .as(one.getKey())
                .startsWith("sha512-");
          }
        });
  }

  private static JsonNode locked() throws IOException {
    return read("package-lock.json").path("packages");
  }

  private static JsonNode read(String file) throws IOException {
    return JsonMapper.builder().build().readTree(PAGE.resolve(file).toFile());
  }
}
