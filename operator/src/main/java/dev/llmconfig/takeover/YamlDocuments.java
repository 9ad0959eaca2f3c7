package dev.llmconfig.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.ParameterValue;
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
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// YAML as it comes in: only what JSON could say, too. Aliases and `<<` stand for what they name.
/// Tags of somebody's own are refused, and what aliases expand to is bounded over all documents of
/// a text, since a few lines of them can be a terabyte. What is wrong is told by its line, and
/// never repeated: it may be a key.
public final class YamlDocuments {

  public static final int MOST = 500;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 32;

  /// Of what stands there once more because of an alias, in a whole text: nodes, and the signs of
  /// their names and values. One long text a thousand times is few nodes.
  private static final int MOST_REPEATED = 10_000;

  private static final int MOST_REPEATED_SIGNS = 1 << 20;

  /// One document.
  ///
  /// @param line where it begins
  public record Document(int line, ObjectNode content) {}

  /// What is wrong, as the end of a sentence that begins with the line.
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final String what;

    Malformed(int line, String what) {
      super(what);
      this.line = line;
      this.what = what;
    }

    public int line() {
      return line;
    }

    public String what() {
      return what;
    }
  }

  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)");

  /// Of the document that is read; anchors end with it.
  private Set<Node> seen = Set.of();

  private int repeated;
  private int repeatedSigns;

  private YamlDocuments() {}

  /// Empty documents are none.
  public static List<Document> read(String text) throws Malformed {
    var options = new LoaderOptions();
    options.setCodePointLimit(text.length() + 1);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE); // they are counted here, all of them
    var reading = new YamlDocuments();
    var documents = new ArrayList<Document>();
    try {
      var composer =
          new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options);
      while (composer.checkNode()) {
        var node = composer.getNode();
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
          continue;
        }
        documents.add(reading.document(node));
        if (documents.size() > MOST) {
          throw malformed(line(node), "is the beginning of more than %d documents".formatted(MOST));
        }
      }
    } catch (MarkedYAMLException wrong) {
      var mark = wrong.getProblemMark();
      throw malformed(mark == null ? 1 : mark.getLine() + 1, "is no YAML");
    } catch (YAMLException _) {
      throw malformed(1, "or one that follows is no YAML that can be taken");
    }
    return documents;
  }

  private Document document(Node node) throws Malformed {
    seen = Collections.newSetFromMap(new IdentityHashMap<>());
    if (!(json(node, new ArrayList<>()) instanceof ObjectNode object)) {
      throw malformed(line(node), "begins no object");
    }
    return new Document(line(node), object);
  }

  private JsonNode json(Node node, List<Node> above) throws Malformed {
    if (above.size() > DEEPEST || above.contains(node)) {
      throw malformed(line(node), "is nested too deep");
    }
    count(node, 1);
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

  /// Before anything is made of it.
  ///
  /// @param nodes that it is; a name belongs to its value
  private void count(Node node, int nodes) throws Malformed {
    if (seen.add(node)) {
      return;
    }
    repeated += nodes;
    repeatedSigns += node instanceof ScalarNode scalar ? scalar.getValue().length() : 0;
    if (repeated > MOST_REPEATED || repeatedSigns > MOST_REPEATED_SIGNS) {
      throw malformed(line(node), "expands to too much");
    }
  }

  private ObjectNode object(MappingNode mapping, List<Node> above) throws Malformed {
    require(mapping, Tag.MAP);
    var object = NODES.objectNode();
    var merged = new ArrayList<Node>();
    for (var entry : mapping.getValue()) {
      if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
        merged.add(entry.getValueNode());
        continue;
      }
      if (!(entry.getKeyNode() instanceof ScalarNode key) || !isName(key, above)) {
        throw malformed(line(entry.getKeyNode()), "has a name that is no text");
      }
      if (object.has(key.getValue())) {
        throw malformed(line(key), "repeats a name");
      }
      count(key, 0);
      object.set(key.getValue(), json(entry.getValueNode(), above));
    }
    for (var node : merged) {
      merge(object, node, above);
    }
    return object;
  }

  /// The tokens of `logit_bias` are numbers, and texts in JSON; no object begins with one.
  private static boolean isName(ScalarNode key, List<Node> above) {
    return key.getTag().equals(Tag.STR)
        || (key.getTag().equals(Tag.INT)
            && above.size() > 1
            && WHOLE.matcher(key.getValue()).matches());
  }

  /// What stands there itself goes first, and of a list what comes first.
  private void merge(ObjectNode object, Node node, List<Node> above) throws Malformed {
    var value = json(node, above);
    for (var one : value.isArray() ? value : List.of(value)) {
      if (!one.isObject()) {
        throw malformed(line(node), "merges what is no mapping");
      }
      one.properties().forEach(entry -> object.putIfAbsent(entry.getKey(), entry.getValue()));
    }
  }

  private JsonNode list(SequenceNode sequence, List<Node> above) throws Malformed {
    require(sequence, Tag.SEQ);
    var list = NODES.arrayNode();
    for (var item : sequence.getValue()) {
      list.add(json(item, above));
    }
    return list;
  }

  private static JsonNode scalar(ScalarNode scalar) throws Malformed {
    var text = scalar.getValue();
    var tag = scalar.getTag();
    if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)) {
      return NODES.textNode(text); // as JSON would have a time
    }
    if (tag.equals(Tag.NULL)) {
      return NODES.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return NODES.booleanNode(
          List.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT)));
    }
    try {
      if (tag.equals(Tag.INT) && WHOLE.matcher(text).matches()) {
        return NODES.numberNode(new BigInteger(text));
      }
      if (tag.equals(Tag.FLOAT)) {
        var number = new BigDecimal(text);
        if (!ParameterValue.Decimal.writable(number)) {
          throw new NumberFormatException();
        }
        return NODES.numberNode(number);
      }
    } catch (NumberFormatException _) {
      throw malformed(line(scalar), "has a number that JSON does not know");
    }
    throw malformed(line(scalar), "has a tag that is not known here");
  }

  private static void require(Node node, Tag tag) throws Malformed {
    if (!node.getTag().equals(tag)) {
      throw malformed(line(node), "has a tag that is not known here");
    }
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static Malformed malformed(int line, String what) {
    return new Malformed(line, what);
  }
}
