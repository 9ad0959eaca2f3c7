package dev.llmconfig.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {

  private static final String CANARY = "sk-canary-0123456789abcdef";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "KEY=value|value",
        "export KEY=value|value",
        "  KEY = value  |value",
        "KEY=\"two words # no comment\"|two words # no comment",
        "KEY='single' # a comment|single",
        "KEY=value # a comment|value",
        "KEY=with#inside|with#inside",
        "KEY=a=b=c|a=b=c",
        "KEY=|``",
        "KEY=\"\"|``",
        "KEY=  # nothing|``"
      })
  void readsWhatOtherToolsRead(String line, String value) throws Exception {
    assertThat(read(line)).isEqualTo(Map.of("KEY", value));
  }

  @Test
  void skipsCommentsAndBlankLinesAndKeepsOnlyWhatIsWanted() throws Exception {
    var text = "\uFEFF# first\r\n\r\nOTHER=x\r\nKEY=one\r\nKEY=two\r\n";
    assertThat(read(text)).as("the later line counts").isEqualTo(Map.of("KEY", "two"));
    try (var file = EnvFile.parse(text.getBytes(StandardCharsets.UTF_8), Set.of("KEY"))) {
      assertThat(file.lines()).isEqualTo(Map.of("KEY", 5));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CANARY,
        "KEY " + CANARY,
        "=" + CANARY,
        "2KEY=" + CANARY,
        "KEY=\"" + CANARY,
        "KEY='" + CANARY + "' " + CANARY,
        "a b=" + CANARY
      })
  void namesTheLineThatMeansNothingAndNoneOfItsContent(String line) {
    var text = "# a comment\n" + line + "\n";
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            EnvFile.Malformed.class,
            malformed -> {
              assertThat(malformed.line()).isEqualTo(2);
              assertThat(malformed.getMessage()).doesNotContain(CANARY);
            });
  }

  private static Map<String, String> read(String text) throws EnvFile.Malformed {
    var values = new TreeMap<String, String>();
    try (var file = EnvFile.parse(text.getBytes(StandardCharsets.UTF_8), Set.of("KEY"))) {
      file.values().forEach((name, value) -> values.put(name, text(value)));
    }
    return values;
  }

  private static String text(SecretBytes value) {
    return value.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
