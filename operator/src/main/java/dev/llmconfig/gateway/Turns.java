package dev.llmconfig.gateway;

import dev.llmconfig.gateway.ChatMessage.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A conversation in the form that the stricter providers want: what the system says apart, no
/// blank turns, and speakers who take turns.
record Turns(String system, List<ChatMessage> messages) {

  private static final String BETWEEN = "\n\n";

  static Turns of(List<ChatMessage> all) {
    List<ChatMessage> said = all.stream().filter(message -> !message.content().isBlank()).toList();
    String system =
        said.stream()
            .filter(message -> message.role() == Role.System)
            .map(ChatMessage::content)
            .collect(Collectors.joining(BETWEEN));
    List<ChatMessage> merged = new ArrayList<>();
    for (ChatMessage message : said) {
      if (message.role() == Role.System) {
        continue;
      }
      boolean goesOn = !merged.isEmpty() && merged.getLast().role() == message.role();
      String before = goesOn ? merged.removeLast().content() + BETWEEN : "";
      merged.add(new ChatMessage(message.role(), before + message.content()));
    }
    return new Turns(system, List.copyOf(merged));
  }
}
