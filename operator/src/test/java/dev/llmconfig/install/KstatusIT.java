package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.LatePrograms;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What `helm --wait` and Flux make of our objects, by the library that both have.
class KstatusIT {

  private static final String KIND = "apiVersion: llmconfig.dev/v1alpha1\nkind: ApiKeyConfig\n";

  @Test
  void itJudgesAsDocumented() {
    var objects =
        HealthCase.ALL.stream()
            .map(one -> Yaml.write(Yaml.documents(KIND + one.object()).getFirst()))
            .collect(Collectors.joining("\n---\n"));

    assertThat(Program.run(objects, LatePrograms.find("kstatus")).orFail().lines())
        .containsExactlyElementsOf(HealthCase.ALL.stream().map(HealthCase::kstatus).toList());
  }
}
