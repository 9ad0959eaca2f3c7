package dev.llmconfig.cli;

import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.sqlite.ConfigDatabase;
import dev.llmconfig.sqlite.LedgerDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `llmconfig backup`.
@Command(
    name = "backup",
    description =
        "Copies the store of a standalone server, which may be running. The keys in the copy are"
            + " encrypted: keep the encryption key somewhere else.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "To restore it, stop the server, put the file in place as config.db, and start with the",
      "encryption key of that time."
    })
final class BackupCommand implements Callable<Integer> {

  private final Shell shell;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      required = true,
      description = "Directory of the store.")
  private @Nullable Path dataDirectory;

  @Parameters(paramLabel = "FILE", description = "Where the copy goes; nothing may be there.")
  private @Nullable Path file;

  BackupCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (dataDirectory == null || file == null) {
      throw Refusal.usage("A directory and a file are needed.");
    }
    if (!Files.exists(dataDirectory.resolve(ConfigDatabase.NAME))) {
      // Not repeated: what was typed there may be no path at all.
      throw Refusal.usage("There is no store in the directory that --data-dir names; correct it.");
    }
    try {
      LedgerDatabase.backup(dataDirectory, file);
    } catch (StoreFailure failure) {
      throw Refusal.negative(failure.sentence());
    }
    shell.out().println("Written: " + file);
    return 0;
  }
}
