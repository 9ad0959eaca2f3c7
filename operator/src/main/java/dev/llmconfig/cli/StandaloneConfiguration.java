package dev.llmconfig.cli;

import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.rest.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything the standalone server is told at start, parsed once, with all that is wrong reported
/// together.
///
/// @param trustedProxies where whoever ends encryption for it connects from
/// @param envFile where a `.env` file is
/// @param config where an older configuration is
/// @param ring the encryption keys, where the environment gives them
/// @param keyFile whether a key may lie beside the store
/// @param manifests where the manifests of agents are
/// @param env whether keys may come from a `.env` file and from the environment
/// @param token a Bearer token that is always good
record StandaloneConfiguration(
    Path dataDirectory,
    InetSocketAddress listen,
    String basePath,
    Optional<URI> publicUrl,
    List<Network> trustedProxies,
    Optional<Path> envFile,
    Optional<Path> config,
    Optional<Path> manifests,
    boolean env,
    boolean keyFile,
    boolean forgetUnreadableKeys,
    Optional<SecretBytes> token,
    Optional<KeyRing> ring,
    Egress egress,
    Logging.Format logFormat,
    Logging.Verbosity logLevel) {

  static final String TOKEN = "LLMCONFIG_TOKEN";
  static final String TOKEN_FILE = "LLMCONFIG_TOKEN_FILE";
  private static final InetSocketAddress USUAL =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8080);
  private static final int EASILY_GUESSED = 16;

  StandaloneConfiguration {
    trustedProxies = List.copyOf(trustedProxies);
  }

  static Validated<StandaloneConfiguration> parse(
      Map<String, String> flags, Map<String, String> environment) {
    var settings = new Settings(flags, environment);
    var data = settings.path("--data-dir");
    if (data.isEmpty()) {
      settings.problem(
          "--data-dir", "No --data-dir is given; name the directory that the keys are kept in.");
    }
    settings
        .path("--manifests")
        .filter(directory -> !Files.isDirectory(directory))
        .ifPresent(_ ->
            settings.problem(
                "--manifests", "What --manifests names is no directory; correct the path."));
    var configuration =
        new StandaloneConfiguration(
            data.orElse(Path.of(".")),
            settings.listen("--listen", USUAL),
            settings.basePath("--base-path"),
            settings.url("--public-url"),
            settings.networks("--trusted-proxies"),
            settings.path("--env-file").or(() -> unasked(Path.of(".env"))),
            settings.path("--config").or(() -> unasked(Path.of("configs", "default.yaml"))),
            settings.path("--manifests"),
            !settings.yes("--no-env", false),
            !settings.yes("--no-key-file", false),
            settings.yes("--forget-unreadable-keys", false),
            token(settings, environment),
            GivenKeys.ring(environment, settings, true),
            Outside.of(environment, settings::problem),
            settings.oneOf("--log-format", Logging.Format.class, Logging.Format.TEXT),
            settings.oneOf("--log-level", Logging.Verbosity.class, Logging.Verbosity.INFO));
    return Validated.of(configuration, settings.problems());
  }

  /// What nobody has named may be something else of that name, such as a folder for Python.
  private static Optional<Path> unasked(Path usual) {
    return Optional.of(usual).filter(Files::isRegularFile);
  }

  /// Whether a network is to reach it without encryption, which it knows nothing of itself. Who
  /// names an address with https and the proxies that end it wants people to come that way alone.
  boolean plain() {
    return !listen.getAddress().isLoopbackAddress()
        && (trustedProxies.isEmpty()
            || publicUrl.filter(url -> "https".equals(url.getScheme())).isEmpty());
  }

  private static Optional<SecretBytes> token(Settings settings, Map<String, String> environment) {
    var given = environment.getOrDefault(TOKEN, "").strip();
    var file = environment.getOrDefault(TOKEN_FILE, "").strip();
    if (!given.isEmpty() && !file.isEmpty()) {
      settings.problem(TOKEN, TOKEN + " and " + TOKEN_FILE + " are both set; keep one of them.");
    }
    var token = file.isEmpty() ? given : read(settings, file);
    if (!visible(token)) {
      settings.problem(
          TOKEN,
          "%s has blanks or other signs that no header can carry; `openssl rand -hex 32` makes one."
              .formatted(TOKEN));
    }
    return Optional.of(token)
        .filter(text -> !text.isEmpty())
        .map(text -> SecretBytes.taking(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /// Short enough to be found by trying.
  boolean tokenEasilyGuessed() {
    return token.filter(text -> text.length() < EASILY_GUESSED).isPresent();
  }

  private static boolean visible(String token) {
    return token.chars().allMatch(one -> one > ' ' && one < 0x7f);
  }

  private static String read(Settings settings, String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException | InvalidPathException _) {
      settings.problem(
          TOKEN_FILE, "The file that LLMCONFIG_TOKEN_FILE names cannot be read; correct the path.");
      return "";
    }
  }
}
