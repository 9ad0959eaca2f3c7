package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.fake.FakeCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/contributing/add-a-provider.md` knows the facts that there are, and its example is one
/// that works.
class AddAProviderPageTest {

  private static final String PAGE =
      read(Path.of("..", "docs", "contributing", "add-a-provider.md"));

  @Test
  void itsTableHasEveryFactAndNoOther() throws ClassNotFoundException {
    Set<String> named =
        PAGE.lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(1, line.indexOf('|', 1)))
            .flatMap(cell -> found("`(\\w+)`", cell).stream())
            .collect(Collectors.toSet());

    assertThat(named).isEqualTo(facts());
  }

  @Test
  void itsExampleSaysOnlyWhatCanBeSaid() throws ClassNotFoundException {
    assertThat(found("\\.(\\w+)\\(", block("java"))).isSubsetOf(union(facts(), "openAi"));
  }

  @Test
  void itsAnswersHaveTheFormOfAnAnswer() throws IOException {
    JsonNode answers = new YAMLMapper().readTree(block("yaml"));

    assertThat(answers).isNotEmpty();
    for (JsonNode answer : answers) {
      assertThat(answer.path("id").asText()).matches("[A-Z]{2}\\d{2}");
      FakeCall call = FakeCall.valueOf(answer.path("call").asText());
      VerdictReason reason = VerdictReason.valueOf(answer.at("/expect/reason").asText());
      Answer judged =
          Answers.of(
              Provider.OpenAI,
              call == FakeCall.List ? Purpose.List : Purpose.Completion,
              answer.path("status").asInt(200),
              "",
              answer.path("body").asText());
      assertThat(Rules.judge(judged)).isEqualTo(reason);
    }
  }

  private static Set<String> facts() throws ClassNotFoundException {
    Class<?> facts = Class.forName("dev.llmconfig.api.ProviderFacts");
    return Arrays.stream(facts.getDeclaredMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  private static Set<String> union(Set<String> all, String one) {
    Set<String> both = new HashSet<>(all);
    both.add(one);
    return both;
  }

  private static String block(String language) {
    Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(PAGE);
    assertThat(block.find()).as("a block in " + language).isTrue();
    return block.group(1);
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(r -> r.group(1)).toList();
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
