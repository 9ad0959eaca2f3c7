package dev.llmconfig.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What kube-score would have another way, in an object of one kind that a set of values renders.
record Finding(String set, String kind, String says) {

  private static final Pattern LINE =
      Pattern.compile("\\[(?:CRITICAL|WARNING)] \\S+ (?:\\S+/)?(\\w+): (?:\\(\\w+\\) )?(.*)");

  static List<Finding> in(String set, List<JsonNode> objects) {
    var text = objects.stream().map(Yaml::write).collect(Collectors.joining("---\n"));
    // It ends with 1 when it has found anything; what it cannot read gives no line for any object.
    var said = Program.run(text, "kube-score", "score", "--output-format=ci", "-");
    var lines = said.output().lines().toList();
    if (lines.stream().noneMatch(line -> line.startsWith("[OK]"))) {
      throw new AssertionError("kube-score, exit " + said.exit() + ": " + said.output());
    }
    return lines.stream()
        .map(LINE::matcher)
        .filter(line -> line.matches())
        .map(line -> new Finding(set, line.group(1), line.group(2)))
        .toList();
  }

  boolean explainedBy(JsonNode line) {
    var sets = line.path("in");
    return line.path("finding").asText().equals(says)
        && line.path("of").asText(kind).equals(kind)
        && (sets.isMissingNode() || sets.valueStream().anyMatch(one -> one.asText().equals(set)));
  }
}
