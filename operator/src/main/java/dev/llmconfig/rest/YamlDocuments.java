package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// YAML as it comes in: only what JSON could say, too. Tags of somebody's own are refused, and what
/// aliases expand to is bounded, since a few lines of them can be a terabyte. What is wrong is told
/// by its line, and never repeated: it may be a key.
final class YamlDocuments {

  static final int MOST = 500;

  private static final int DEEPEST = 32;
  private static final int MOST_EXPANDED = 10_000;

  /// One document.
  ///
  /// @param line where it begins
  record Document(int line, ObjectNode content) {}

  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)");

  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /// Nodes that stand there once more because of an alias.
  private int expanded;

  private YamlDocuments() {}

  /// Empty documents are none.
  static List<Document> read(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(text.length() + 1);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(MOST_EXPANDED);
    var documents = new ArrayList<Document>();
    try {
      for (var node : new Yaml(options).composeAll(new StringReader(text))) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
          continue;
        }
        documents.add(document(node));
        if (documents.size() > MOST) {
          throw malformed(line(node), "is the beginning of more than %d documents".formatted(MOST));
        }
      }
    } catch (MarkedYAMLException wrong) {
      var mark = wrong.getProblemMark();
      throw malformed(mark == null ? 1 : mark.getLine() + 1, "is no YAML");
    } catch (YAMLException _) {
      throw malformed(1, "or one that follows is no YAML that this API takes");
    }
    return documents;
  }

  private static Document document(Node node) {
    if (!(new YamlDocuments().json(node, new ArrayList<>()) instanceof ObjectNode object)) {
      throw malformed(line(node), "begins no object");
    }
    return new Document(line(node), object);
  }

  private JsonNode json(Node node, List<Node> above) {
    if (above.size() > DEEPEST || above.contains(node)) {
      throw malformed(line(node), "is nested too deep");
    }
    if (!seen.add(node) && ++expanded > MOST_EXPANDED) {
      throw malformed(line(node), "expands to too much");
    }
    above.add(node);
    var value =
        switch (node) {
          case MappingNode mapping -> object(mapping, above);
          case SequenceNode sequence -> list(sequence, above);
          case ScalarNode scalar -> scalar(scalar);
          default -> throw malformed(line(node), "holds an alias that leads nowhere");
        };
    above.removeLast();
    return value;
  }

  private ObjectNode object(MappingNode mapping, List<Node> above) {
    require(mapping, Tag.MAP);
    var object = Wire.object();
    for (var entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key) || !key.getTag().equals(Tag.STR)) {
        throw malformed(line(entry.getKeyNode()), "has a name that is no text");
      }
      if (object.has(key.getValue())) {
        throw malformed(line(key), "repeats a name");
      }
      object.set(key.getValue(), json(entry.getValueNode(), above));
    }
    return object;
  }

  private JsonNode list(SequenceNode sequence, List<Node> above) {
    require(sequence, Tag.SEQ);
    var list = Wire.array();
    sequence.getValue().forEach(item -> list.add(json(item, above)));
    return list;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    var text = scalar.getValue();
    var tag = scalar.getTag();
    var nodes = Wire.object();
    if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)) {
      return nodes.textNode(text); // as JSON would have a time
    }
    if (tag.equals(Tag.NULL)) {
      return nodes.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return nodes.booleanNode(
          List.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT)));
    }
    try {
      if (tag.equals(Tag.INT) && WHOLE.matcher(text).matches()) {
        return nodes.numberNode(new BigInteger(text));
      }
      if (tag.equals(Tag.FLOAT)) {
        return nodes.numberNode(new BigDecimal(text));
      }
    } catch (NumberFormatException _) {
      throw malformed(line(scalar), "has a number that JSON does not know");
    }
    throw malformed(line(scalar), "has a tag that is not known here");
  }

  private static void require(Node node, Tag tag) {
    if (!node.getTag().equals(tag)) {
      throw malformed(line(node), "has a tag that is not known here");
    }
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static Refusal malformed(int line, String what) {
    return Refusal.of(ProblemReason.MalformedYaml, "Line %d %s.".formatted(line, what));
  }
}
