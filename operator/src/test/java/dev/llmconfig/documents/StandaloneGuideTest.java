package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The guide to the product without a cluster, followed from its beginning to its end.
class StandaloneGuideTest {

  private static final Document GUIDE =
      Document.read(Document.root().resolve("docs/guides/standalone.md"));

  @TempDir private Path folder;
  @TempDir private Path programs;

  private final Iterator<Document.Step> steps = GUIDE.steps().iterator();

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void everyCommandDoesWhatIsSaid() throws Exception {
    try (var reader = new OwnMachineReader(folder, programs)) {
      startsAndSignsIn(reader);
      goesFromAKeyToAnAnswer(reader);
      isToldWhatIsNotThere(reader);
      changesTheEncryptionKey(reader);
      restoresABackupAndTakesItIntoACluster(reader);
      takesOverWhatWasThereBefore(reader);
      reader.stop();
      assertThat(steps).isExhausted();
    }
  }

  private void startsAndSignsIn(OwnMachineReader reader) throws Exception {
    next(reader);
    assertThat(serve(reader)).contains("data/.encryption_key").contains("back this file up");
    await("the file with the address")
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.exists(folder.resolve("data/login-url")));
    assertThat(next(reader))
        .containsSubsequence("\"user\":\"admin\"", "Standalone", "\"user\":\"admin\"");
  }

  private void goesFromAKeyToAnAnswer(OwnMachineReader reader) throws Exception {
    assertThat(next(reader))
        .contains("\"id\":\"default.echo\"")
        .contains("\"outcome\":\"Accepted\"")
        .contains("default.echo:echo-markdown")
        .doesNotContain("sk-of-my-laptop");
    assertThat(next(reader))
        .contains("\"isDefault\":true")
        .contains("\"sent\":{\"temperature\":0.2,\"maxOutputTokens\":200}")
        .contains("event: text")
        .contains("event: done");
  }

  private void isToldWhatIsNotThere(OwnMachineReader reader) throws Exception {
    assertThat(next(reader))
        .contains("Without a cluster there is no Secret to name; send the key itself")
        .contains("Without a cluster nothing is rolled out")
        .contains("\"items\":[]");
    assertThat(next(reader)).contains("another process (pid ").endsWith("exit code 73\n");
  }

  private void changesTheEncryptionKey(OwnMachineReader reader) throws Exception {
    reader.stop();
    nextAsPrinted(reader);
    next(reader);
    var said = serve(reader);
    assertThat(said)
        .contains("Every stored key is encrypted with the first key; the others can be left out");
    assertThat(GUIDE.text())
        .contains("`Every stored key is encrypted with the first key; the others can be left out`");
    next(reader);
  }

  /// With the new encryption key alone.
  private void restoresABackupAndTakesItIntoACluster(OwnMachineReader reader) throws Exception {
    nextAsPrinted(reader);
    reader.stop();
    next(reader);
    serve(reader);
    assertThat(next(reader))
        .contains("\"maxOutputTokens\":200")
        .contains("\"text\":\"Good evening\"");
    assertThat(next(reader))
        .startsWith("# The keys in this open in a cluster")
        .contains("namespace: \"agents\"", "encryptedKey: ")
        .doesNotContain("sk-of-my-laptop", "namespace: \"default\"");
  }

  private void takesOverWhatWasThereBefore(OwnMachineReader reader) throws Exception {
    reader.stop();
    next(reader);
    assertThat(serve(reader))
        .contains("OPENAI_API_KEY of .env, line 1 is now key openai-migrated.")
        .contains("llm.default_model of configs/default.yaml")
        .doesNotContain("0123456789");
    assertThat(next(reader))
        .contains("\"name\":\"openai-migrated\"")
        .contains("\"isDefault\":true")
        .contains("\"model\":\"gpt-5-mini\"")
        .doesNotContain("Anthropic");
    assertThat(next(reader))
        .contains("OPENAI_API_KEY of masked.env, line 1 cannot be taken over.")
        .contains("Nothing was taken over")
        .endsWith("exit code 78\n");
    assertThat(next(reader))
        .contains("number 1 of 1")
        .contains("It is bound to ApiKeyConfig openai-migrated in namespace default, for");
  }

  private String next(OwnMachineReader reader) throws Exception {
    return reader.run(steps.next().commands());
  }

  private void nextAsPrinted(OwnMachineReader reader) throws Exception {
    var step = steps.next();
    assertThat(step.printed()).isNotEmpty();
    assertThat(reader.run(step.commands())).isEqualTo(step.printed());
  }

  private String serve(OwnMachineReader reader) throws Exception {
    return reader.serve(steps.next().commands());
  }
}
