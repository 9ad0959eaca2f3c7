package dev.llmconfig.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The page as its build has left it on the classpath, beside a list of its files: a jar cannot be
/// asked what it holds, and what is not on the list does not exist.
final class Playground {

  private static final String BUILT = "/webui/";
  private static final String DOOR = "index.html";
  private static final String PACKED = ".gz";

  private Playground() {}

  static List<Page> built(String basePath) {
    return at(BUILT, basePath);
  }

  /// @param folder on the classpath, with a slash at both ends
  static List<Page> at(String folder, String basePath) {
    var list = read(folder + "files.txt");
    if (list.isEmpty()) {
      return List.of(
          Page.none(
              "This jar was built without its page (-Dwebui.skip): build it again without that switch. The API is at %sapi."
                  .formatted(basePath)));
    }
    var files = text(list.get()).lines().collect(Collectors.toUnmodifiableSet());
    return files.stream()
        .filter(file -> !file.endsWith(PACKED))
        .map(file -> page(folder, file, files, basePath))
        .toList();
  }

  private static Page page(String folder, String file, Set<String> files, String basePath) {
    if (file.equals(DOOR)) {
      return Page.door(based(text(there(folder + file)), basePath));
    }
    var packed =
        files.contains(file + PACKED)
            ? Optional.of(there(folder + file + PACKED))
            : Optional.<byte[]>empty();
    return Page.file(file, there(folder + file), packed);
  }

  /// Without a base path of our own somebody in front of us may take one away, which we then do not
  /// know: what is relative to the page is right below any.
  private static String based(String html, String basePath) {
    var head = html.indexOf("<head>");
    if (head < 0) {
      throw new IllegalStateException("the page has no <head> to write its base into");
    }
    var end = head + "<head>".length();
    var base = "<base href=\"%s\">".formatted(basePath.equals("/") ? "./" : basePath);
    return html.substring(0, end) + base + html.substring(end);
  }

  private static byte[] there(String name) {
    return read(name)
        .orElseThrow(() -> new IllegalStateException("the page has no " + name.substring(1)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Optional<byte[]> read(String name) {
    try (var in = Playground.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
