package dev.llmconfig.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.AuditRecord;
import dev.llmconfig.mirror.ChangingClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageDatabaseTest {

  @TempDir Path folder;

  private final ChangingClock clock = new ChangingClock();

  @Test
  void aRowGoesWhenItsTimeIsOver() {
    try (var usage = UsageDatabase.in(folder, Duration.ofDays(30), clock)) {
      usage.add(row("first"));
      clock.pass(Duration.ofDays(29));
      usage.add(row("second"));
      assertThat(objects(usage)).containsExactly("second", "first");

      clock.pass(Duration.ofDays(2));
      usage.add(row("third"));

      assertThat(objects(usage)).containsExactly("third", "second");
    }
  }

  private static List<String> objects(UsageDatabase usage) {
    return usage.newest(10).stream().map(row -> row.what().object()).toList();
  }

  private AuditRecord row(String object) {
    return new AuditRecord(
        clock.instant(),
        Optional.of("jane"),
        AuditRecord.Via.Api,
        AuditRecord.Action.Read,
        object,
        "agents",
        AuditRecord.Result.Done,
        "",
        "127.0.0.1",
        List.of());
  }
}
