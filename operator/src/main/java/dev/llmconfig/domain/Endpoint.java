package dev.llmconfig.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a provider is reached, in the one form that is compared: scheme and host in lower case, no
/// default port, no trailing slash. A key is bound to such a place, so two spellings of one place
/// must be equal, and two places never.
///
/// @param port the number, also where it is the scheme's own
/// @param path empty, or it begins with a slash and does not end with one
public record Endpoint(String scheme, String host, int port, String path) {

  private static final String FIELD = "endpoint";
  private static final int LONGEST = 2048;
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:(?<port>[0-9]{0,5}))?");

  /// Some servers decode these before they resolve `..`, which would lead out of an allowed path.
  private static final Pattern STEP_ASIDE =
      Pattern.compile("%2f|%5c|(^|/)(\\.|%2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);

  public Endpoint {
    boolean normal =
        (scheme.equals("http") || scheme.equals("https"))
            && !host.isEmpty()
            && host.equals(host.toLowerCase(Locale.ROOT))
            && port > 0
            && port < 65536
            && (path.isEmpty() || (path.startsWith("/") && !path.endsWith("/")));
    if (!normal) {
      throw new IllegalArgumentException("an endpoint is made by parse, which normalises it");
    }
  }

  /// All problems at once; none repeats the text, because a key or a password may be in it.
  public static Validated<Endpoint> parse(String text) {
    if (text.length() > LONGEST) {
      return invalid("endpoint must be at most %d characters long.".formatted(LONGEST));
    }
    try {
      return of(new URI(text));
    } catch (URISyntaxException notUri) {
      return invalid("endpoint is not a URL; write it like https://api.example.com/v1.");
    }
  }

  private static Validated<Endpoint> of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.isOpaque() || !(scheme.equals("https") || scheme.equals("http"))) {
      return invalid(
          "endpoint must be an absolute http or https URL, like https://api.example.com/v1.");
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    Matcher place = AUTHORITY.matcher(authority.substring(authority.lastIndexOf('@') + 1));
    boolean found = place.matches();
    int port = found ? port(scheme, place.group("port")) : 0;
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");

    List<Problem> problems = new ArrayList<>();
    check(problems, found, "endpoint needs a host of letters, digits, dots and hyphens.");
    check(problems, !found || (port > 0 && port < 65536), "endpoint needs a port from 1 to 65535.");
    check(
        problems,
        authority.indexOf('@') < 0 && path.indexOf('@') < 0,
        "endpoint must not contain user info or another @; remove it.");
    check(
        problems,
        uri.toASCIIString().equals(uri.toString()),
        "endpoint must be ASCII; write the host in its xn-- form, and percent-encode the path.");
    check(problems, uri.getRawQuery() == null, "endpoint must not contain a query; remove it.");
    check(
        problems, uri.getRawFragment() == null, "endpoint must not contain a fragment; remove it.");
    check(
        problems,
        !STEP_ASIDE.matcher(path).find(),
        "endpoint must not contain `.`, `..` or an encoded slash in its path; write it out.");
    return problems.isEmpty()
        ? new Validated.Valid<>(
            new Endpoint(scheme, place.group("host").toLowerCase(Locale.ROOT), port, path))
        : new Validated.Invalid<>(problems);
  }

  private static int port(String scheme, @Nullable String written) {
    return written == null || written.isEmpty() ? defaultPort(scheme) : Integer.parseInt(written);
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  private static void check(List<Problem> problems, boolean holds, String sentence) {
    if (!holds) {
      problems.add(new Problem(FIELD, sentence));
    }
  }

  private static Validated<Endpoint> invalid(String sentence) {
    return new Validated.Invalid<>(List.of(new Problem(FIELD, sentence)));
  }

  /// Whether a key that may go here may go there, too: same scheme, host and port, and the same
  /// path or one below it, by whole segments.
  public boolean covers(Endpoint other) {
    return scheme.equals(other.scheme)
        && host.equals(other.host)
        && port == other.port
        && (other.path + "/").startsWith(path + "/");
  }

  /// The compared form, for people, tokens and annotations.
  public String text() {
    return scheme + "://" + shown() + path;
  }

  /// The host for people, with its port where that is not the usual one.
  public String shown() {
    return port == defaultPort(scheme) ? host : host + ":" + port;
  }

  @Override
  public String toString() {
    return text();
  }
}
