package dev.llmconfig.cli;

import dev.llmconfig.access.LocalLogin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes addresses that sign one person in, and keeps a file that always holds one that is still
/// good.
final class LoginUrls {

  private static final Logger log = LoggerFactory.getLogger(LoginUrls.class);

  private final LocalLogin words;
  private final String address;
  private final Optional<Path> file;
  private String kept = "";
  private boolean complained;

  /// @param address that of the page, with its base path
  /// @param file that only its owner may read; empty for none
  LoginUrls(LocalLogin words, String address, Optional<Path> file) {
    this.words = words;
    this.address = address;
    this.file = file;
  }

  /// For whoever reads the output. The word is behind the mark that browsers send to nobody.
  String next() {
    return url(words.next());
  }

  /// Puts a new one into the file when the one in it has been used, or will not be good for long.
  synchronized @Nullable Void keep() {
    if (file.isPresent() && !words.lasting(kept)) {
      kept = words.next();
      try {
        write(file.get(), url(kept) + "\n");
        complained = false;
      } catch (IOException refused) {
        if (!complained) {
          log.atWarn()
              .addKeyValue("exception", refused.getClass().getName())
              .addKeyValue("file", file.get())
              .log("The next address to sign in at cannot be kept; make the file writable");
          complained = true;
        }
      }
    }
    return null;
  }

  private String url(String word) {
    return address + "#login=" + word;
  }

  private static void write(Path place, String text) throws IOException {
    var beside = place.resolveSibling(place.getFileName() + ".new");
    Files.deleteIfExists(beside);
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel =
        Files.newByteChannel(
            beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
      channel.write(StandardCharsets.UTF_8.encode(text));
    }
    Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
  }
}
