package dev.llmconfig.guest;

import dev.llmconfig.agent.AgentFiles;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.KeyRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What workloads shall have, in a few words.
final class Deliveries {

  static final Set<String> KNOWN = Set.of("KEY", "MODEL", "URL");

  private Deliveries() {}

  /// Variables as `NAME=value`, and the key as `NAME@secret`.
  static Delivery variables(String rendered, String... entries) {
    return delivery(
        rendered, Content.variables(Stream.of(entries).map(Deliveries::entry).toList()));
  }

  static Delivery files(String rendered, String path) {
    var files =
        new AgentFiles(path, new TreeMap<>(Map.of("llm.json", "{}")), Optional.of(new KeyRef("s")));
    return delivery(rendered, Content.files(files, "support-llm-" + rendered));
  }

  static Delivery referenced(String rendered) {
    return delivery(rendered, new Content.Referenced());
  }

  static Delivery to(Delivery one, String... containers) {
    return new Delivery(
        one.deliveredBy(),
        one.revision(),
        one.rendered(),
        one.content(),
        List.of(containers),
        one.known(),
        one.occasion());
  }

  static Delivery by(Delivery one, String modelConfig, String revision) {
    return new Delivery(
        modelConfig,
        revision,
        one.rendered(),
        one.content(),
        one.containers(),
        one.known(),
        one.occasion());
  }

  static Delivery requested(Delivery one) {
    return new Delivery(
        one.deliveredBy(),
        one.revision(),
        one.rendered(),
        one.content(),
        one.containers(),
        one.known(),
        Delivery.Occasion.Request);
  }

  private static Delivery delivery(String rendered, Content content) {
    return new Delivery(
        "support",
        "m-" + rendered,
        rendered,
        content,
        List.of(),
        KNOWN,
        Delivery.Occasion.Convergence);
  }

  private static Entry entry(String text) {
    String[] parts = text.split("[=@]", 2);
    return new Entry(
        parts[0],
        text.contains("@") ? new Entry.Key(new KeyRef(parts[1])) : new Entry.Literal(parts[1]));
  }
}
