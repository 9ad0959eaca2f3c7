import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/// Makes the catalogue file from a directory of fetched sources: `litellm.json`, `tokenlens/*.js`, the
/// archive `tokenlens.tgz` they came from, and `sources.properties`. The same sources give the same bytes.
class Update {

  public static void main(String[] args) throws IOException {
    boolean check = List.of(args).contains("--check");
    if (args.length < 2) {
      System.err.println("Usage: Update.java SOURCES CATALOGUE [--check]");
      System.exit(2);
    }
    var sources = Path.of(args[0]);
    var target = Path.of(args[1]);
    var pins = new Properties();
    try (var in = Files.newBufferedReader(sources.resolve("sources.properties"))) {
      pins.load(in);
    }
    verify(sources.resolve("litellm.json"), pins.getProperty("litellm.sha256"));
    verify(sources.resolve("tokenlens.tgz"), pins.getProperty("tokenlens.sha256"));

    var report = new Report();
    var models = LiteLlm.read(sources.resolve("litellm.json"), report);
    TokenLens.add(sources.resolve("tokenlens"), models, report);
    String before = Files.exists(target) ? Files.readString(target) : "";
    String after = CatalogueFile.write(pins, models);
    report.compare(CatalogueFile.read(before), CatalogueFile.read(after));
    System.out.print(report.text());

    if (check && !before.equals(after)) {
      System.err.println("The committed catalogue is not what its sources make: run hack/catalogue/update and commit.");
      System.exit(1);
    }
    if (!check) {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.writeString(target, after);
    }
  }

  private static void verify(Path file, String expected) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      String actual = HexFormat.of().formatHex(digest);
      if (!actual.equals(expected)) {
        System.err.println(file.getFileName() + " has SHA-256 " + actual + ", not the pinned " + expected + ".");
        System.exit(1);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
