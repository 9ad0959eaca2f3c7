package dev.llmconfig.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "0x7f.0x0.0x0.0x1",
        "017700000001",
        "127.0.0.01",
        "256.256.256.256",
        "1.2.3.4.5",
        "api.example.0x1",
        "127.1."
      })
  void numbersThatProgramsReadDifferentlyAreTold(String host) {
    assertThat(HostText.ambiguousNumber(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "[::1]",
        "api.openai.com",
        "0x.example.com",
        "1and1.com",
        "localhost",
        "llm-2",
        "4.example"
      })
  void namesAndPlainAddressesAreNot(String host) {
    assertThat(HostText.ambiguousNumber(host)).isFalse();
  }
}
