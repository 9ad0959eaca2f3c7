package dev.llmconfig.cli;

import dev.llmconfig.domain.Problem;
import dev.llmconfig.rest.Network;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads named settings from flags, else from the environment, and collects everything that is
/// wrong with them: a person corrects all of it at once. The flag `--data-dir` is the variable
/// `LLMCONFIG_DATA_DIR`.
final class Settings {

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Pattern OBJECT_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final Pattern BASE_PATH =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(/[A-Za-z0-9_-]+)*");

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final List<Problem> problems = new ArrayList<>();

  Settings(Map<String, String> flags, Map<String, String> environment) {
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
  }

  static String variable(String flag) {
    return "LLMCONFIG_" + flag.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  void problem(String setting, String sentence) {
    problems.add(new Problem(setting, sentence));
  }

  Optional<String> text(String flag) {
    return Optional.ofNullable(flags.get(flag))
        .or(() -> Optional.ofNullable(environment.get(variable(flag))))
        .filter(value -> !value.isBlank())
        .map(String::strip);
  }

  boolean yes(String flag, boolean otherwise) {
    return parsed(
        flag,
        otherwise,
        value ->
            switch (value) {
              case "true" -> true;
              case "false" -> false;
              default -> null;
            },
        "is neither true nor false");
  }

  OptionalInt count(String flag) {
    return parsed(
        flag,
        OptionalInt.empty(),
        value -> value.matches("[1-9][0-9]{0,3}") ? OptionalInt.of(Integer.parseInt(value)) : null,
        "is not a number from 1 to 9999");
  }

  Path path(String flag, Path otherwise) {
    return path(flag).orElse(otherwise);
  }

  Optional<Path> path(String flag) {
    return text(flag).map(Path::of);
  }

  /// As a path that begins and ends with a slash.
  String basePath(String flag) {
    return parsed(
        flag,
        "/",
        value -> {
          var bare = value.replaceAll("^/+|/+$", "");
          return bare.isEmpty() ? "/" : BASE_PATH.matcher(bare).matches() ? "/" + bare + "/" : null;
        },
        "is not a path like /llm/");
  }

  /// Of the web, and without anything that belongs to one person or one request.
  Optional<URI> url(String flag) {
    return parsed(
        flag,
        Optional.empty(),
        value -> {
          try {
            var url = new URI(value);
            var known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            var bare = Stream.of(url.getRawUserInfo(), url.getRawQuery(), url.getRawFragment());
            return known && url.getHost() != null && bare.allMatch(Objects::isNull)
                ? Optional.of(url)
                : null;
          } catch (URISyntaxException _) {
            return null;
          }
        },
        "is not an address like https://llm.example.com");
  }

  Duration seconds(String flag, int otherwise) {
    return parsed(
        flag,
        Duration.ofSeconds(otherwise),
        value -> value.matches("[0-9]{1,6}") ? Duration.ofSeconds(Integer.parseInt(value)) : null,
        "is not a number of seconds");
  }

  Duration days(String flag, Duration otherwise) {
    return parsed(
        flag,
        otherwise,
        value -> value.matches("[1-9][0-9]{0,3}") ? Duration.ofDays(Integer.parseInt(value)) : null,
        "is not a number of days from 1 to 9999");
  }

  String dnsLabel(String flag, String otherwise) {
    return parsed(
        flag,
        otherwise,
        value -> DNS_LABEL.matcher(value).matches() ? value : null,
        "is not a Kubernetes name (lower-case letters, digits and '-', at most 63 characters)");
  }

  /// Of a Secret, which other tools may have named after a host.
  String objectName(String flag, String otherwise) {
    return parsed(
        flag,
        otherwise,
        value -> OBJECT_NAME.matcher(value).matches() ? value : null,
        "is not the name of an object (lower-case letters, digits, '-' and '.', at most 253"
            + " characters)");
  }

  Set<String> dnsLabels(String flag) {
    return parsed(
        flag,
        Set.of(),
        value -> {
          Set<String> names =
              Stream.of(value.split(",", -1))
                  .map(String::strip)
                  .filter(name -> !name.isEmpty())
                  .collect(Collectors.toCollection(LinkedHashSet::new));
          return names.stream().allMatch(name -> DNS_LABEL.matcher(name).matches()) ? names : null;
        },
        "is not a list of Kubernetes names, separated by commas");
  }

  List<Network> networks(String flag) {
    return parsed(
        flag,
        List.of(),
        value -> {
          var networks =
              Stream.of(value.split(",", -1)).map(String::strip).map(Network::parse).toList();
          return networks.stream().allMatch(Optional::isPresent)
              ? networks.stream().flatMap(Optional::stream).toList()
              : null;
        },
        "is not a list of addresses or networks like 10.0.0.0/8, separated by commas");
  }

  <E extends Enum<E>> E oneOf(String flag, Class<E> words, E otherwise) {
    return parsed(
        flag,
        otherwise,
        value ->
            Stream.of(words.getEnumConstants())
                .filter(word -> word.name().equalsIgnoreCase(value))
                .findFirst()
                .orElse(null),
        "is none of "
            + Stream.of(words.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  InetSocketAddress listen(String flag, InetSocketAddress otherwise) {
    return parsed(flag, otherwise, Settings::address, "is not an address like 127.0.0.1:9090");
  }

  private static @Nullable InetSocketAddress address(String value) {
    var colon = value.lastIndexOf(':');
    if (colon <= 0) {
      return null;
    }
    try {
      var address =
          new InetSocketAddress(
              value.substring(0, colon).replaceAll("^\\[|]$", ""),
              Integer.parseInt(value.substring(colon + 1)));
      return address.isUnresolved() ? null : address;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private <T> T parsed(
      String flag, T otherwise, Function<String, @Nullable T> parse, String complaint) {
    var given = text(flag);
    if (given.isEmpty()) {
      return otherwise;
    }
    var value = parse.apply(given.get());
    if (value == null) {
      problem(
          flag,
          // The value is not repeated: it may be a key in the wrong place.
          "The value of %s (or %s) %s.".formatted(flag, variable(flag), complaint));
      return otherwise;
    }
    return value;
  }
}
