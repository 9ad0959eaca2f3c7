package dev.llmconfig.mirror;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.guest.WorkloadKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The message of the condition `Delivered`, which tells of all workloads that are behind: a
/// sentence for each reason, that begins with the reason and names workloads.
record DeliveredMessage(String text) {

  private static final Pattern REASON =
      Pattern.compile(
          Arrays.stream(ConditionReason.values())
              .map(Enum::name)
              .collect(Collectors.joining("|", "(?:^|(?<=[.] ))(", "): ")));

  private static final Pattern NEXT =
      Pattern.compile(
          Arrays.stream(WorkloadKind.values())
              .map(Enum::name)
              .collect(Collectors.joining("|", "; (?:(?:", ") |and \\d+ more[.])")));

  /// What it says of one workload, without the reason, which is told apart; empty where it says no
  /// more than the reason does. Of a workload that is not named it is what is said of others like
  /// it.
  String about(String reason, String workload) {
    var sentence = sentence(reason);
    var said = piece(sentence, workload).orElse(sentence);
    return said.equals(workload + ".") ? "" : said;
  }

  /// All of it where no sentence begins with the reason.
  private String sentence(String reason) {
    var starts = REASON.matcher(text).results().toList();
    for (var at = 0; at < starts.size(); at++) {
      if (starts.get(at).group(1).equals(reason)) {
        var end = at + 1 < starts.size() ? starts.get(at + 1).start() : text.length();
        return text.substring(starts.get(at).end(), end).strip();
      }
    }
    return text;
  }

  private static Optional<String> piece(String said, String workload) {
    var named =
        Pattern.compile("(?:^|; )(" + Pattern.quote(workload) + ")(?=[:;. ])").matcher(said);
    if (!named.find()) {
      return Optional.empty();
    }
    var rest = said.substring(named.start(1));
    var end = NEXT.matcher(rest).results().findFirst().map(MatchResult::start);
    return Optional.of(end.map(at -> rest.substring(0, at) + ".").orElse(rest));
  }
}
