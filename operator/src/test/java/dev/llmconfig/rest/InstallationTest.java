package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://llm.example.com",
        "https://LLM.Example.com",
        "https://LLM.Example.com:443/"
      })
  void itIsKnownByItsPublicNameHoweverThatIsWritten(String url) {
    var here = at(url);

    for (var host : List.of("llm.example.com", "LLM.example.COM:8443")) {
      assertThat(here.knows(List.of(host))).as(host).isTrue();
      assertThat(here.overTls(host)).as(host).isTrue();
    }
    assertThat(here.knows(List.of("llm.example.org"))).isFalse();
  }

  private static Installation at(String url) {
    return new Installation(
        Mode.Cluster,
        "0a1b2c",
        "1.2.3",
        "pod-1",
        Instant.EPOCH,
        "/",
        Set.of(),
        Optional.of(URI.create(url)),
        Optional.empty(),
        List.of(),
        false);
  }
}
