package dev.llmconfig.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parameters as somebody sends them.
class ParameterJsonTest {

  @ParameterizedTest
  @ValueSource(strings = {"1000e2147483646", "1e2147483647", "1e-2147483647", "1e1001"})
  void aNumberThatCannotBeWrittenOutIsNoParameter(String number) {
    assertThat(read(number)).isEmpty();
  }

  @Test
  void anyOtherIsTheNumberThatItIs() {
    assertThat(read("0.70")).contains(ParameterValue.Decimal.of("0.7"));
    assertThat(read("1e-9")).contains(ParameterValue.Decimal.of("0.000000001"));
  }

  private static Optional<ParameterValue> read(String number) {
    return ParameterJson.value(Parameter.Temperature, DecimalNode.valueOf(new BigDecimal(number)));
  }
}
