package dev.llmconfig.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1,        https://api.openai.com/v1",
    "HTTPS://API.OpenAI.com/V1,        https://api.openai.com/V1",
    "https://api.openai.com:443/v1/,   https://api.openai.com/v1",
    "https://api.openai.com:/v1,       https://api.openai.com/v1",
    "https://api.openai.com:0443/v1,   https://api.openai.com/v1",
    "https://api.openai.com,           https://api.openai.com",
    "https://api.openai.com/,          https://api.openai.com",
    "https://api.openai.com//,         https://api.openai.com",
    "http://ollama:11434,              http://ollama:11434",
    "http://ollama:80/,                http://ollama",
    "http://ollama:443/,               http://ollama:443",
    "https://h:80/a//b,                https://h:80/a//b",
    "http://my_llm.docker:8000/v1,     http://my_llm.docker:8000/v1",
    "http://[::1]:8000/v1,             http://[::1]:8000/v1",
    "http://[FE80::A]/v1,              http://[fe80::a]/v1",
    "http://127.0.0.1,                 http://127.0.0.1",
    "https://h/a%20b,                  https://h/a%20b",
  })
  void isReadIntoTheOneFormThatIsCompared(String written, String normal) {
    Endpoint endpoint = valid(written);

    assertThat(endpoint.text()).isEqualTo(normal).hasToString(endpoint.toString());
    assertThat(valid(endpoint.text())).isEqualTo(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "api.openai.com/v1",
        "/v1",
        "//api.openai.com/v1",
        "ftp://api.openai.com",
        "file:///etc/passwd",
        "https:",
        "https://",
        "https:///v1",
        "https:api.openai.com",
        "mailto:x@y",
        "https://:443/v1",
        "https://host:0/v1",
        "https://host:65536/v1",
        "https://host:123456/v1",
        "https://host:-1/v1",
        "https://host:x/v1",
        "https://user@host/v1",
        "https://user:pw@host/v1",
        "https://good.example.com@evil.example.com/v1",
        "https://host/v1/@me",
        "https://host/vé1",
        "https://host/v1?key=x",
        "https://host/v1?",
        "https://host/v1#x",
        "https://host/v1#",
        "https://ho st/v1",
        "https://host/v 1",
        "https://host/v1\n",
        "https://host\\v1",
        "https://höst/v1",
        "https://h%6fst/v1",
        "https://[::1/v1",
        "https://host/v1/../admin",
        "https://host/v1/..",
        "https://host/./v1",
        "https://host/v1/%2e%2E/admin",
        "https://host/v1/.%2e/admin",
        "https://host/v1%2Fadmin",
        "https://host/v1/..%5cadmin",
      })
  void isRefusedWithASentenceWhenItIsNoPlainHttpUrl(String text) {
    assertThat(Endpoint.parse(text)).isInstanceOf(Validated.Invalid.class);
    assertThat(sentences(text)).startsWith("endpoint ").endsWith(".");
  }

  @Test
  void namesAllProblemsAtOnceAndRepeatsNothing() {
    assertThat(sentences("https://joe:hunter2@ho%20st:99999/%2e%2e/x?key=sk-1#frag"))
        .contains("host", "user info", "query", "fragment", "`..`")
        .doesNotContain("hunter2", "sk-1", "joe");
    assertThat(sentences("https://host:99999?key=1")).contains("port", "query");
    assertThat(sentences("https://hunter2 @host")).doesNotContain("hunter2");
  }

  @Test
  void hasTheLengthThatTheApiAllows() {
    String longest = "https://h/" + "x".repeat(2048 - 10);

    assertThat(valid(longest).text()).isEqualTo(longest);
    assertThat(sentences(longest + "x")).contains("2048");
  }

  @Test
  void cannotBeMadeInAnotherForm() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Endpoint("https", "Host", 443, "/v1"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("ftp", "host", 443, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("http", "host", 0, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("http", "host", 80, "/"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("http", "host", 80, "v1"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/v1,  https://h/v1,     true",
    "https://h/v1,  https://h/v1/,    true",
    "https://h/v1,  https://h/v1/x/y, true",
    "https://h/v1/, https://h/v1/x,   true",
    "https://h,     https://h/v1,     true",
    "https://h,     https://h,        true",
    "https://h/v1,  https://h/v10,    false",
    "https://h/v1,  https://h/v,      false",
    "https://h/v1,  https://h,        false",
    "https://h/v1,  https://h/V1,     false",
    "https://h/v1,  http://h/v1,      false",
    "https://h/v1,  https://h:8443/v1, false",
    "https://h/v1,  https://h.evil.com/v1, false",
    "https://h,     https://x.h,      false",
  })
  void coversWhatLiesBelowByWholeSegments(String allowed, String asked, boolean covered) {
    assertThat(valid(allowed).covers(valid(asked))).isEqualTo(covered);
  }

  private static Endpoint valid(String text) {
    return switch (Endpoint.parse(text)) {
      case Validated.Valid<Endpoint>(Endpoint endpoint) -> endpoint;
      case Validated.Invalid<Endpoint>(var problems) ->
          throw new AssertionError(text + ": " + problems);
    };
  }

  private static String sentences(String text) {
    return switch (Endpoint.parse(text)) {
      case Validated.Valid<Endpoint> _ -> throw new AssertionError(text + " was accepted");
      case Validated.Invalid<Endpoint>(var problems) ->
          String.join(" ", problems.stream().map(Problem::sentence).toList());
    };
  }
}
