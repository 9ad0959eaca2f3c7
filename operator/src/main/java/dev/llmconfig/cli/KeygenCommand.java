package dev.llmconfig.cli;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `llmconfig keygen`.
@Command(
    name = "keygen",
    description = "Makes an encryption key (a Fernet key) and prints it.",
    mixinStandardHelpOptions = true)
final class KeygenCommand implements Callable<Integer> {

  private final Shell shell;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Writes the key to a new file that only its owner can read, and prints nothing.")
  private @Nullable String output;

  KeygenCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (FernetKey key = FernetKey.generate();
        SecretBytes text = key.text()) {
      if (output == null) {
        String line = text.use(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        shell.out().println(line);
      } else {
        write(output, text);
      }
    }
    return 0;
  }

  /// Never over a file that is there: it may hold the key that everything is encrypted with.
  private static void write(String file, SecretBytes text) {
    byte[] line = text.use(bytes -> Arrays.copyOf(bytes, bytes.length + 1));
    line[line.length - 1] = '\n';
    var newFile = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel =
        Files.newByteChannel(Path.of(file), newFile, ownerOnly(Path.of(file)))) {
      ByteBuffer left = ByteBuffer.wrap(line);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    } catch (FileAlreadyExistsException exists) {
      throw Refusal.negative("The file of --output is there already; name another one.");
    } catch (IOException | IllegalArgumentException unwritable) {
      throw Refusal.usage("The file of --output cannot be written; correct the path.");
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
