package dev.llmconfig.cli;

import dev.llmconfig.access.ProxySecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// A file that holds one secret, read whenever it is needed, since somebody else renews it.
record SecretFile(Path file) implements ProxySecret {

  private static final int LONGEST = 16 * 1024;

  /// Empty while it is not there, or holds nothing.
  Optional<String> text() {
    try {
      return Files.size(file) > LONGEST
          ? Optional.empty()
          : Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean is(String said) {
    var ours = text().map(text -> text.getBytes(StandardCharsets.UTF_8));
    var theirs = said.getBytes(StandardCharsets.UTF_8);
    var same = ours.filter(bytes -> MessageDigest.isEqual(bytes, theirs)).isPresent();
    ours.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    return same;
  }
}
