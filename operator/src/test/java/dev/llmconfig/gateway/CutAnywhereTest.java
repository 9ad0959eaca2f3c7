package dev.llmconfig.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.ParameterMapping;
import dev.llmconfig.provider.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Covers trap M3: what is understood does not depend on where a stream was cut.
class CutAnywhereTest {

  private static final Catalogue CATALOGUE = Catalogue.packed();

  @ParameterizedTest
  @EnumSource(Recorded.class)
  void everyCutGivesTheSamePieces(Recorded recorded) throws Exception {
    byte[] bytes = recorded.stream().getBytes(StandardCharsets.UTF_8);
    List<Piece> whole = pieces(recorded, bytes, bytes.length);
    assertThat(whole).hasSizeGreaterThan(3);

    for (int at = 0; at < bytes.length; at++) {
      assertThat(pieces(recorded, bytes, at)).as("cut at %d", at).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @EnumSource(Recorded.class)
  void byteByByteGivesTheSamePieces(Recorded recorded) throws Exception {
    byte[] bytes = recorded.stream().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    EventParser parser = new EventParser();
    List<ServerEvent> events = new ArrayList<>();

    for (byte one : bytes) {
      events.addAll(parser.feed(new byte[] {one}));
    }

    assertThat(pieces(recorded, events)).isEqualTo(pieces(recorded, bytes, bytes.length));
  }

  private static List<Piece> pieces(Recorded recorded, byte[] bytes, int cut) throws Exception {
    EventParser parser = new EventParser();
    List<ServerEvent> events = new ArrayList<>(parser.feed(Arrays.copyOf(bytes, cut)));
    events.addAll(parser.feed(Arrays.copyOfRange(bytes, cut, bytes.length)));
    parser.end().ifPresent(events::add);
    return pieces(recorded, events);
  }

  private static List<Piece> pieces(Recorded recorded, List<ServerEvent> events) {
    var facts = CATALOGUE.describe(recorded.provider(), recorded.model());
    ChatDialect dialect = ChatDialect.of(ParameterMapping.usualFormat(facts));
    return events.stream()
        .filter(event -> !event.data().equals("[DONE]"))
        .flatMap(
            event -> dialect.event(event.name(), Json.read(event.data()).orElseThrow()).stream())
        .toList();
  }
}
