package dev.llmconfig.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      | api.openai.com   | 443  | proxied",
        "*                       | api.openai.com   | 443  | direct",
        "openai.com              | api.openai.com   | 443  | direct",
        "openai.com              | openai.com       | 443  | direct",
        "openai.com              | notopenai.com    | 443  | proxied",
        ".openai.com             | api.openai.com   | 443  | direct",
        ".openai.com             | openai.com       | 443  | proxied",
        "*.openai.com            | api.openai.com   | 443  | direct",
        "OpenAI.com              | API.openai.COM   | 443  | direct",
        "a.test, api.openai.com  | api.openai.com   | 443  | direct",
        "api.openai.com:8443     | api.openai.com   | 443  | proxied",
        "api.openai.com:8443     | api.openai.com   | 8443 | direct",
        "10.0.0.0/8              | 10.2.3.4         | 443  | direct",
        "10.0.0.0/8              | 11.2.3.4         | 443  | proxied",
        "10.2.3.4                | 10.2.3.4         | 443  | direct",
        "fd00::/8                | [fd00::1]        | 443  | direct",
        "[fd00::1]:443           | [fd00::1]        | 443  | direct",
        "10.0.0.0/99             | 10.2.3.4         | 443  | proxied",
        "''                      | localhost        | 443  | direct",
        "''                      | 127.0.0.5        | 443  | direct",
        "''                      | [::1]            | 443  | direct"
      })
  void exceptionsAreReadAsOtherProgramsReadThem(
      String except, String host, int port, String expected) {
    ProxySettings settings = ProxySettings.parse("", "http://proxy.test:3128", except);
    Destination destination = new Destination("https", host, port, false, ExtraTrust.NONE);

    assertThat(settings.towards(destination).isPresent()).isEqualTo(expected.equals("proxied"));
  }

  @Test
  void eachSchemeHasItsOwnProxy() {
    ProxySettings settings = ProxySettings.parse("http://a.test:1", "b.test:2", "");

    assertThat(settings.http()).map(ProxySettings.Proxy::host).contains("a.test");
    assertThat(settings.https()).map(ProxySettings.Proxy::host).contains("b.test");
    assertThat(settings.https()).map(ProxySettings.Proxy::port).contains(2);
  }

  @Test
  void aLoginIsDecodedAndNeverPrinted() {
    ProxySettings settings = ProxySettings.parse("http://me:p%40ss+word@proxy.test:3128", "", "");

    ProxySettings.Proxy proxy = settings.http().orElseThrow();
    assertThat(proxy.login()).map(ProxySettings.Login::password).contains("p@ss+word");
    assertThat(settings.toString()).doesNotContain("ss+word").doesNotContain("me:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://p:1", "https://p:1", "http://", "http://us er:secret@p", "::"})
  void whatIsNoProxyIsRefusedWithoutBeingRepeated(String text) {
    assertThatThrownBy(() -> ProxySettings.parse(text, "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HTTP_PROXY")
        .hasMessageNotContaining("secret");
  }
}
