package dev.llmconfig.rest;

import dev.llmconfig.access.Caller;
import dev.llmconfig.access.ProxySecret;
import dev.llmconfig.access.Sessions;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds out with what somebody comes: a token of their own in every request, or the cookie that
/// they were given when they signed in.
final class Credentials {

  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_TOKEN = 16 * 1024;

  private static final String SYSTEM = "system:";

  private final Sessions sessions;
  private final ProxySecret proxySecret;
  private final Installation installation;
  private final SessionCookie cookie;

  Credentials(Parts parts) {
    this.sessions = parts.sessions();
    this.proxySecret = parts.proxySecret();
    this.installation = parts.installation();
    this.cookie = SessionCookie.of(installation);
  }

  /// Empty for somebody who has none.
  Optional<Caller> of(Visitor visitor, Route route) {
    var sealed = cookie.read(visitor.cookies());
    var named =
        visitor.authorization().isEmpty() && sealed.isEmpty()
            ? named(visitor)
            : Optional.<Caller>empty();
    var open = route.needs().orElseThrow().open();
    // A proxy lets its own cookie in, whoever wrote the page.
    if (!route.reads()
        && visitor.authorization().isEmpty()
        && (open || sealed.isPresent() || named.isPresent())) {
      ownPage(visitor);
    }
    var session = sealed.flatMap(sessions::open).map(Sessions.Open::caller).or(() -> named);
    if (visitor.authorization().isEmpty()) {
      if (sealed.isPresent() && session.isEmpty() && !open) {
        throw Refusal.of(
            ProblemReason.SessionExpired, "The session of this browser has ended, or is not ours.");
      }
      return session;
    }
    var bearer = bearer(visitor);
    if (session.isPresent() && !session.get().equals(bearer)) {
      throw Refusal.of(
          ProblemReason.ConflictingCredentials,
          "The request has a session and a token, and they are not the same.");
    }
    return Optional.of(bearer);
  }

  /// Whoever it is by what they brought, without a look at whether it may be used so.
  Optional<Caller> known(Visitor visitor) {
    return visitor.authorization().isEmpty()
        ? session(visitor).map(Sessions.Open::caller).or(() -> named(visitor))
        : Optional.of(bearer(visitor));
  }

  /// Whom a proxy names that proves to be ours. From anybody else the headers are nothing.
  private Optional<Caller> named(Visitor visitor) {
    var said = visitor.forwarded();
    if (said.user().isEmpty() || !trusted(visitor)) {
      return Optional.empty();
    }
    var user = said.user().getFirst().strip();
    var groups =
        said.groups().stream()
            .flatMap(list -> Stream.of(list.split(",", -1)))
            .map(String::strip)
            .filter(group -> !group.isEmpty())
            .toList();
    if (said.user().size() > 1
        || user.isEmpty()
        || Stream.concat(Stream.of(user), groups.stream())
            .anyMatch(name -> name.startsWith(SYSTEM) || name.length() > LONGEST_NAME)) {
      throw Refusal.of(
          ProblemReason.NoCredentials,
          "The proxy names nobody, several users, or a name of the system.");
    }
    return Optional.of(Caller.named(user, groups));
  }

  /// Whether somebody speaks for others who may not, so that it is as if they had said nothing.
  boolean ignoresNames(Visitor visitor) {
    var said = visitor.forwarded();
    return !(said.user().isEmpty() && said.groups().isEmpty() && said.secret().isEmpty())
        && !trusted(visitor);
  }

  private boolean trusted(Visitor visitor) {
    return installation.trusts(visitor.peer()) && proxySecret.is(visitor.forwarded().secret());
  }

  /// Of the session that this browser has.
  Optional<Sessions.Open> session(Visitor visitor) {
    return visitor.authorization().isEmpty()
        ? cookie.read(visitor.cookies()).flatMap(sessions::open)
        : Optional.empty();
  }

  void end(Visitor visitor) {
    cookie.read(visitor.cookies()).ifPresent(sessions::end);
  }

  /// A browser sends cookies along whoever wrote the page, so the page must be ours: it can set a
  /// header, and the browser says where it is from.
  private static void ownPage(Visitor visitor) {
    if (!visitor.csrf().equals("1")) {
      throw refused("it has no header x-llmconfig-csrf: 1");
    }
    var own =
        visitor.origin().isEmpty()
            ? visitor.site().equals("same-origin")
            : sameHost(visitor.origin(), visitor.host());
    if (!own) {
      throw refused("neither Origin nor Sec-Fetch-Site says that it is from our own page");
    }
  }

  private static boolean sameHost(String origin, String host) {
    try {
      var from = URI.create(origin);
      return ("http".equals(from.getScheme()) || "https".equals(from.getScheme()))
          && from.getRawPath().isEmpty()
          && host.toLowerCase(Locale.ROOT).equals(from.getRawAuthority());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static Refusal refused(String why) {
    return Refusal.of(
        ProblemReason.CrossSiteRefused, "The request is not let in: %s.".formatted(why));
  }

  private static Caller bearer(Visitor visitor) {
    var header = visitor.authorization().getFirst();
    var named = header.regionMatches(true, 0, "Bearer ", 0, 7);
    var token = named ? header.substring(7).strip() : "";
    if (visitor.authorization().size() > 1 || !isToken(token)) {
      throw Refusal.of(
          ProblemReason.NoCredentials,
          "The header Authorization does not hold one Bearer token of at most 16 KiB.");
    }
    return Caller.token(token);
  }

  /// Whether it can be one at all.
  static boolean isToken(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_TOKEN
        && text.chars().allMatch(one -> one > ' ' && one < 0x7f);
  }
}
