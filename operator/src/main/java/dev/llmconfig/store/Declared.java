package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Ref;
import java.util.List;
import java.util.Map;

/// An object as people would commit it: what its owner declares, and nothing of a server's.
///
/// @param notes for people, one line each
/// @param content the fields beside the metadata, such as `spec`
public record Declared(
    String apiVersion,
    String kind,
    Ref ref,
    Map<String, String> labels,
    Map<String, String> annotations,
    ObjectNode content,
    List<String> notes) {

  public Declared {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    notes = List.copyOf(notes);
  }

  /// By its spec alone.
  public static Declared spec(String apiVersion, String kind, Ref ref, ObjectNode spec) {
    var content = spec.objectNode();
    content.set("spec", spec);
    return new Declared(apiVersion, kind, ref, Map.of(), Map.of(), content, List.of());
  }

  /// For another namespace.
  public Declared in(String namespace) {
    return new Declared(
        apiVersion, kind, new Ref(namespace, ref.name()), labels, annotations, content, notes);
  }

  public Declared noting(List<String> more) {
    return new Declared(apiVersion, kind, ref, labels, annotations, content, more);
  }
}
