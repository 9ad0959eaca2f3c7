package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.provider.fake.TlsFiles;
import dev.llmconfig.provider.transport.Egress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideTest {

  @TempDir private Path folder;
  private final List<String> wrong = new ArrayList<>();

  private Egress of(Map<String, String> environment) {
    return Outside.of(environment, (variable, what) -> wrong.add(variable + ": " + what));
  }

  @Test
  void nothingIsOnTheWayWhereNothingIsSaid() {
    assertThat(of(Map.of())).isEqualTo(Egress.DIRECT);
    assertThat(of(Map.of("LLMCONFIG_EXTRA_CA", ""))).isEqualTo(Egress.DIRECT);
    assertThat(wrong).isEmpty();
  }

  @Test
  void authoritiesComeFromAFile() throws IOException {
    var file = Files.write(folder.resolve("ca.crt"), TlsFiles.authority());

    var egress = of(Map.of("LLMCONFIG_EXTRA_CA", file.toString()));

    assertThat(egress.trust().certificates()).hasSize(1);
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatIsWrongIsToldByVariableWithTheRemedy() throws IOException {
    var nothing = Files.writeString(folder.resolve("empty.crt"), "not a certificate");
    var away = folder.resolve("away.crt");

    of(Map.of("LLMCONFIG_EXTRA_CA", nothing.toString()));
    of(Map.of("LLMCONFIG_EXTRA_CA", away.toString(), "https_proxy", "ftp://proxy"));

    assertThat(wrong)
        .hasSize(3)
        .anySatisfy(one ->
            assertThat(one).contains("LLMCONFIG_EXTRA_CA: The file " + nothing, "holds no PEM"))
        .anySatisfy(one -> assertThat(one).contains("HTTPS_PROXY: "))
        .anySatisfy(one ->
            assertThat(one).contains("The file " + away, "cannot be read", "unset the variable"));
  }
}
