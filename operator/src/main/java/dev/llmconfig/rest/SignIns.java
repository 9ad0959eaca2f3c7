package dev.llmconfig.rest;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.LocalLogin;
import dev.llmconfig.access.Sessions;
import dev.llmconfig.access.Tally;
import dev.llmconfig.access.TokenRejected;
import dev.llmconfig.rest.shape.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Signs browsers in and out.
final class SignIns {

  private static final int EACH_MINUTE = 5;
  private static final int TOGETHER = 20;

  private final Installation installation;
  private final Access access;
  private final Sessions sessions;
  private final Credentials credentials;
  private final Optional<LocalLogin> local;
  private final InstantSource clock;
  private final Tally tally;
  private final Auditing auditing;
  private final SessionCookie cookie;

  SignIns(Parts parts, Credentials credentials) {
    this.auditing = RestServer.auditing(parts);
    this.installation = parts.installation();
    this.access = parts.access();
    this.sessions = parts.sessions();
    this.credentials = credentials;
    this.local = parts.login();
    this.clock = parts.clock();
    this.tally = new Tally(EACH_MINUTE, TOGETHER, parts.ticker());
    this.cookie = SessionCookie.of(installation);
  }

  Answer in(Asked asked) {
    var visitor = asked.visitor();
    tally
        .take(visitor.peer())
        .ifPresent(wait -> {
          throw Refusal.tooMany("There were too many tries to sign in.", wait);
        });
    var secure = secure(visitor);
    var caller = caller(asked.sent().path("token").asText());
    String name;
    try {
      name = access.who(caller).name();
    } catch (TokenRejected rejected) {
      if (local.isEmpty()) {
        throw rejected;
      }
      throw Refusal.of(
          ProblemReason.TokenRejected,
          "The API server does not accept this token; and if it was a word of a one-time address:"
              + " each is good once, for ten minutes, and the next one is where this server was"
              + " started.");
    }
    var begun = sessions.begin(caller);
    if (!SessionCookie.fits(begun.sealed())) {
      throw token("The token is too large for a browser's cookies; send it as Bearer.");
    }
    auditing.signedIn(asked.requestId(), visitor, name);
    var age = Duration.between(clock.instant(), begun.end());
    return Answer.done().setting(cookie.set(begun.sealed(), age, secure));
  }

  Answer out(Asked asked) {
    credentials.end(asked.visitor());
    return Answer.done().setting(cookie.cleared(fromHttps(asked.visitor())));
  }

  private Caller caller(String said) {
    var known = local.flatMap(words -> words.spend(said));
    if (known.isPresent()) {
      return known.get();
    }
    if (!Credentials.isToken(said)) {
      throw Refusal.of(
          ProblemReason.TokenRejected,
          "The token is empty, longer than 16 KiB, or holds what no token holds.");
    }
    return Caller.token(said);
  }

  private static Refusal token(String sentence) {
    return Refusal.fields(
        ProblemReason.Invalid,
        List.of(new Problem.Field("token", ProblemReason.Invalid.name(), sentence)));
  }

  /// As the browser says it of its page, which is ours.
  private static boolean fromHttps(Visitor visitor) {
    return visitor.origin().startsWith("https:");
  }

  /// A token that is typed must not cross a network in the open, unless somebody has said so.
  ///
  /// @return whether the cookie is for encrypted connections alone
  private boolean secure(Visitor visitor) {
    if (installation.trusts(visitor.peer()) && installation.overTls(visitor.host())) {
      return true;
    }
    if (Network.loopback(visitor.peer()) && installation.loopback(visitor.host())) {
      return false;
    }
    if (installation.plain()) {
      return fromHttps(visitor);
    }
    throw Refusal.of(
        ProblemReason.InsecureLogin,
        "A token would come over a connection that is not known to be encrypted.");
  }
}
