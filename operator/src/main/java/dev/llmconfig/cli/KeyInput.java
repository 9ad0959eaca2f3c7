package dev.llmconfig.cli;

import dev.llmconfig.crypto.KeyText;
import dev.llmconfig.crypto.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A provider's key from a file, from standard input, or typed without echo. Never from an
/// argument, which every process of the machine can read (traps K18).
final class KeyInput {

  /// Enough for any key with what surrounds it; more of it need not be read to be refused.
  private static final int MOST = 64 * 1024;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "File with the provider's key. Default: standard input; on a terminal a prompt without"
              + " echo.")
  private @Nullable String file;

  SecretBytes read(Shell shell) {
    return read(shell, file);
  }

  /// As it was found, for who has words of its own for what is wrong with it.
  KeyText text(Shell shell) {
    return text(shell, file);
  }

  /// From the file, where one is given.
  static SecretBytes read(Shell shell, @Nullable String file) {
    return switch (text(shell, file)) {
      case KeyText.Usable(SecretBytes key, boolean trimmed) -> {
        if (trimmed) {
          shell.warn("whitespace, quotes or a byte order mark around the key were removed.");
        }
        yield key;
      }
      case KeyText.Empty() ->
          throw Refusal.negative(
              "There is no key to work on: pipe it to standard input, or name its file with"
                  + " --key-file.");
      case KeyText.Malformed(KeyText.Flaw flaw) ->
          throw Refusal.negative("The key " + flaw.clause() + "; give the bare key, on one line.");
    };
  }

  private static KeyText text(Shell shell, @Nullable String file) {
    byte[] raw = raw(shell, file);
    try {
      return KeyText.of(raw);
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  private static byte[] raw(Shell shell, @Nullable String file) {
    if (file != null) {
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        return in.readNBytes(MOST);
      } catch (IOException | IllegalArgumentException unreadable) {
        throw Refusal.usage("The file of --key-file cannot be read; correct the path.");
      }
    }
    if (shell.prompt().isPresent()) {
      return utf8(shell.prompt().get().apply("The provider's key (it is not shown): "));
    }
    try {
      return shell.in().readNBytes(MOST);
    } catch (IOException broken) {
      throw Refusal.usage("Standard input cannot be read; name a file with --key-file.");
    }
  }

  private static byte[] utf8(char[] typed) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.duplicate().get(bytes);
    encoded.clear();
    encoded.put(new byte[encoded.capacity()]);
    Arrays.fill(typed, '\0');
    return bytes;
  }
}
