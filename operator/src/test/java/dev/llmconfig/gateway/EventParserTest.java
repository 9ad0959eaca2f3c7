package dev.llmconfig.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Covers trap M3 for what carries the events.
class EventParserTest {

  private static final String EVENTS =
      """
      : a comment
      event: first
      id: 7
      data: {"text":"Grüße, 世界 👋"}

      retry: 10
      data:one
      data: two
      data
      data:  three


      unknown: field
      data: [DONE]

      event: without data

      """;

  private static final List<ServerEvent> EXPECTED =
      List.of(
          new ServerEvent("first", "{\"text\":\"Grüße, 世界 👋\"}"),
          new ServerEvent("", "one\ntwo\n\n three"),
          new ServerEvent("", "[DONE]"));

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void anyEndOfLineAndAnyCutGiveTheSameEvents(String endOfLine) throws Exception {
    byte[] bytes = bytes(EVENTS.replace("\n", endOfLine));

    for (int at = 0; at <= bytes.length; at++) {
      assertThat(parsed(bytes, at)).as("cut at %d", at).isEqualTo(EXPECTED);
    }
  }

  @RepeatedTest(50)
  void manyCutsGiveTheSameEvents() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] bytes = bytes(EVENTS.replace("\n", random.nextBoolean() ? "\r\n" : "\n"));
    int[] cuts = random.ints(random.nextInt(bytes.length), 0, bytes.length + 1).sorted().toArray();

    assertThat(parsed(bytes, cuts)).as("seed %d", seed).isEqualTo(EXPECTED);
  }

  @Test
  void aMarkOfTheByteOrderIsNoText() throws Exception {
    byte[] bytes = bytes("\uFEFFdata: one\n\ndata: \uFEFFtwo\n\n");

    for (int at = 0; at <= 6; at++) {
      assertThat(parsed(bytes, at))
          .containsExactly(new ServerEvent("", "one"), new ServerEvent("", "\uFEFFtwo"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: one", "data: one\n", "data: one\r\n", "data: one\n\n"})
  void theLastBlankLineMayBeMissing(String text) throws Exception {
    assertThat(parsed(bytes(text))).containsExactly(new ServerEvent("", "one"));
  }

  @Test
  void bytesThatAreNoTextDoNotStopIt() throws Exception {
    byte[] bytes = {'d', 'a', 't', 'a', ':', 'a', (byte) 0xff, (byte) 0xc3, 'b', '\n', '\n'};

    assertThat(parsed(bytes)).containsExactly(new ServerEvent("", "a\uFFFD\uFFFDb"));
  }

  @Test
  void anEventWithoutAnEndIsGivenUp() {
    EventParser parser = new EventParser();
    byte[] megabyte = new byte[1024 * 1024];
    Arrays.fill(megabyte, (byte) 'x');

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 9; i++) {
                parser.feed(megabyte);
              }
            })
        .isInstanceOf(EventParser.TooLarge.class);
  }

  private static List<ServerEvent> parsed(byte[] bytes, int... cuts) throws Exception {
    EventParser parser = new EventParser();
    List<ServerEvent> events = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      events.addAll(parser.feed(Arrays.copyOfRange(bytes, from, cut)));
      from = cut;
    }
    events.addAll(parser.feed(Arrays.copyOfRange(bytes, from, bytes.length)));
    parser.end().ifPresent(events::add);
    return events;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
