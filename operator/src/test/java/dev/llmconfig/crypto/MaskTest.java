package dev.llmconfig.crypto;

import static dev.llmconfig.crypto.Secrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

  @ParameterizedTest
  @CsvSource({
    "sk-abcdefghijklmnopq3f9c,                sk-***3f9c",
    "sk-proj-abcdefghijklmnopqrst,            sk-proj-***qrst",
    "sk-svcacct-abcdefghijklmnopqrst,         sk-svcacct-***qrst",
    "sk-ant-api03-abcdefghijklmnopqrst,       sk-ant-api***qrst",
    "sk-ant-admin01-abcdefghijklmnopqrst,     sk-***qrst",
    "sk-or-v1-abcdefghijklmnopqrst,           sk-or-v1-***qrst",
    "sk-orabcdefghijklmnopqrst,               sk-***qrst",
    "AIzaabcdefghijklmnopqrst,                AIza***qrst",
    "gsk_abcdefghijklmnopqrst,                gsk_***qrst",
    "xai-abcdefghijklmnopqrst,                xai-***qrst",
    "fw_abcdefghijklmnopqrst,                 fw_***qrst",
    "pplx-abcdefghijklmnopqrst,               pplx-***qrst",
    "bedrock-api-key-abcdefghijklmnopqrst,    bedrock-api-key-***qrst",
    "ABSKabcdefghijklmnopqrst,                ABSK***qrst",
    "mytoken-abcdefghijklmnopqrst,            ***qrst",
    "SK-abcdefghijklmnopqrstu,                ***rstu",
    "abcdefghijklmnopqrst,                    ***qrst",
    "sk-abcdefghijklmnop,                     ***",
    "bedrock-api-key-abcd,                    ***abcd",
    "bedrock-api-key-abcdefghijk,             ***hijk",
    "bedrock-api-key-abcdefghijkl,            bedrock-api-key-***ijkl",
    "sk-proj-abcdefghijkl,                    sk-proj-***ijkl",
    "sk-ant-api03-abcdefg,                    sk-***defg",
  })
  void showsThePublicPrefixAndTheLastFour(String key, String mask) {
    assertThat(Mask.of(secret(key))).isEqualTo(mask);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sk-", "sk-proj-", "sk-ant-api", "bedrock-api-key-", "AIza", "none-"})
  void overAllLengthsShowsNothingOfAShortKeyAndLittleOfALongOne(String prefix) {
    for (int length = 0; length <= 60; length++) {
      String key =
          (prefix + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
              .substring(0, length);

      String mask = Mask.of(secret(key));

      if (length < 20) {
        assertThat(mask).isEqualTo("***");
      } else {
        String shownPrefix = mask.substring(0, mask.indexOf("***"));
        assertThat(mask).endsWith("***" + key.substring(length - 4));
        assertThat(prefix).startsWith(shownPrefix);
        assertThat(length - shownPrefix.length() - 4).isGreaterThanOrEqualTo(8);
      }
    }
  }

  @Test
  void showsNothingOfAKeyThatCouldSpoilATerminal() {
    assertThat(Mask.of(secret("sk-abcdefghijklmnop\u001b[2J"))).isEqualTo("***");
    assertThat(Mask.of(secret("sk-abcdefghijklmnopschlüssel"))).isEqualTo("***");
    assertThat(Mask.of(secret("sk-abcdefghijklmnop rstuvw"))).isEqualTo("***");
    assertThat(Mask.of(secret("sk-abcdefghijklmnoprstuvw\u007f"))).isEqualTo("***");
  }
}
