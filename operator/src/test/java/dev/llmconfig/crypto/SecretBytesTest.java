package dev.llmconfig.crypto;

import static dev.llmconfig.crypto.Secrets.secret;
import static dev.llmconfig.crypto.Vectors.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import org.junit.jupiter.api.Test;

class SecretBytesTest {

  @Test
  void showsOnlyAnIdThatIsTheSameForTheSameBytes() {
    assertThat(secret("sk-1").toString())
        .matches("SecretBytes\\[#[0-9a-f]{8}]")
        .isEqualTo(secret("sk-1").toString())
        .isNotEqualTo(secret("sk-2").toString());
  }

  @Test
  void isEqualByContentAndHashesToNothing() {
    assertThat(secret("sk-1")).isEqualTo(secret("sk-1")).isNotEqualTo(secret("sk-2"));
    assertThat(secret("sk-1")).isNotEqualTo(secret("sk-11")).isNotEqualTo("sk-1");
    assertThat(secret("sk-1")).hasSameHashCodeAs(secret("something else"));
  }

  @Test
  void closingWipesTheArrayItTook() {
    byte[] bytes = ascii("sk-1");
    SecretBytes taken = SecretBytes.taking(bytes);

    taken.close();
    taken.close();

    assertThat(bytes).containsOnly(0);
    assertThat(taken).hasToString("SecretBytes[wiped]");
    assertThatIllegalStateException().isThrownBy(taken::copy);
    assertThatIllegalStateException().isThrownBy(taken::length);
    assertThatIllegalStateException().isThrownBy(() -> taken.use(lent -> lent[0]));
    assertThatIllegalStateException().isThrownBy(() -> taken.equals(secret("sk-1")));
  }

  @Test
  void aCopyIsTheCallersOwn() {
    byte[] bytes = ascii("sk-1");
    SecretBytes copied = SecretBytes.copyOf(bytes);
    byte[] copy = copied.copy();

    bytes[0] = 'x';
    copy[0] = 'y';

    assertThat(copied).isEqualTo(secret("sk-1"));
    assertThat(copied.length()).isEqualTo(4);
  }

  @Test
  void isNeverWrittenAsJson() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> new ObjectMapper().writeValueAsString(secret("sk-1")));
  }
}
