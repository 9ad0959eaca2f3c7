package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoTest {

  @ParameterizedTest
  @ValueSource(strings = {"hello", "hello  world\n and more ", "", " \n", "ünïcödé 😀 words"})
  void saysWhatItWasTold(String prompt) {
    assertThat(Echo.answer("echo", prompt)).map(Echo::text).contains(prompt);
    assertThat(Echo.answer("echo-slow", prompt)).map(Echo::text).contains(prompt);
  }

  @Test
  void slowIsSlowPerWord() {
    List<Echo.Piece> pieces = Echo.answer("echo-slow", "one two three").orElseThrow();

    assertThat(pieces).hasSize(3).allMatch(piece -> piece.pause().compareTo(Duration.ZERO) > 0);
  }

  @Test
  void markdownHasWhatAPageMustRender() {
    String text = Echo.text(Echo.answer("echo-markdown", "a\nb ``` c").orElseThrow());

    assertThat(text).contains("## You said", "> a\n> b", "| what | count |", "```text\na\nb ''' c");
  }

  @Test
  void anotherModelIsNotThere() {
    assertThat(Echo.answer("gpt-5", "hello")).isEmpty();
  }
}
