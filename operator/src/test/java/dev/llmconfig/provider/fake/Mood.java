package dev.llmconfig.provider.fake;

import dev.llmconfig.api.VerdictReason;
import java.util.List;
import java.util.Map;

/// How a provider that was well answers for a while, and what is to be made of it.
public enum Mood {
  Busy(429, Map.of("retry-after", "1"), "{}", Fault.None, VerdictReason.RateLimited),
  Down(503, Map.of(), "{}", Fault.None, VerdictReason.ProviderUnavailable),
  /// Repeats the key wherever an answer has room for it.
  Repeating(
      503,
      Map.of("retry-after", "{KEY}", "x-request-id", "{KEY}", "server", "{KEY}"),
      "{\"error\":{\"message\":\"no room for {KEY}\",\"type\":\"{KEY}\",\"code\":\"{KEY}\"}}",
      Fault.None,
      VerdictReason.ProviderUnavailable),
  Silent(200, Map.of(), "{\"data\":[]}", Fault.LateHead, VerdictReason.Timeout),
  Stalled(200, Map.of(), "{\"data\":[]}", Fault.StallInBody, VerdictReason.Timeout),
  Cut(200, Map.of(), "{\"data\":[]}", Fault.CutInBody, VerdictReason.ProviderUnavailable),
  LoginPage(
      200,
      Map.of("content-type", "text/html"),
      "<html>Please log in</html>",
      Fault.None,
      VerdictReason.NotAnLLMEndpoint),
  Garbage(200, Map.of(), "][", Fault.None, VerdictReason.NotAnLLMEndpoint),
  Redirecting(
      302,
      Map.of("location", "{ELSEWHERE}/v1/models"),
      "",
      Fault.None,
      VerdictReason.EndpointRedirected),
  OutOfCredit(
      402, Map.of(), "{\"error\":{\"message\":\"pay\"}}", Fault.None, VerdictReason.QuotaExhausted);

  private final Fixture fixture;

  Mood(int status, Map<String, String> headers, String body, Fault fault, VerdictReason means) {
    this.fixture =
        new Fixture(
            name(),
            FakeCall.List,
            status,
            headers,
            body,
            List.of(),
            false,
            false,
            fault,
            new Fixture.Expected(means, null, null, null));
  }

  public VerdictReason means() {
    return fixture.expect().reason();
  }

  Fixture fixture() {
    return fixture;
  }
}
