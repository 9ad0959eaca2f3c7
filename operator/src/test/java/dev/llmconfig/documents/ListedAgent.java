package dev.llmconfig.documents;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// An agent as `kubectl set env --list` shows it on a page.
///
/// @param variables a line each
record ListedAgent(String name, List<String> variables) {

  private static final Pattern HEAD = Pattern.compile("# Deployment (?<name>\\S+), container \\S+");
  private static final Pattern REVISION = Pattern.compile("\\b([rm])-[0-9a-f]{10}\\b");

  /// All that are listed in a text, in order.
  static List<ListedAgent> in(String printed) {
    var agents = new ArrayList<ListedAgent>();
    for (var line : printed.lines().toList()) {
      var head = HEAD.matcher(line);
      if (head.matches()) {
        agents.add(new ListedAgent(head.group("name"), new ArrayList<>()));
      } else if (!agents.isEmpty()) {
        agents.getLast().variables().add(line);
      }
    }
    return agents;
  }

  /// The lines of a container.
  static List<String> variables(Container container) {
    return container.getEnv().stream().map(ListedAgent::line).toList();
  }

  private static String line(EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return variable.getName() + "=" + variable.getValue();
    }
    var secret = variable.getValueFrom().getSecretKeyRef();
    return withoutRevisions(
        "# %s from secret %s, key %s"
            .formatted(variable.getName(), secret.getName(), secret.getKey()));
  }

  /// Revisions are made with a key of the installation: on a page stands any.
  static String withoutRevisions(String text) {
    return REVISION.matcher(text).replaceAll("$1-0123456789");
  }
}
