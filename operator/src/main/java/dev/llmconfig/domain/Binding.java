package dev.llmconfig.domain;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.TokenContent;
import java.util.ArrayList;
import java.util.List;

/// The one place that a key may be used for: this object, sent to this endpoint. Without it a token
/// out of one team's Git could be replayed by another team, towards a host of its own.
public record Binding(String namespace, String name, Endpoint endpoint) {

  /// What a token's content means for this place.
  public sealed interface Judgement {

    record Fits(SecretBytes key) implements Judgement {}

    /// Just a key, bound to nothing: for the caller to allow.
    record Unbound(SecretBytes key) implements Judgement {}

    /// Which of `namespace`, `name` and `endpoint` differ; not what they are, because that would
    /// tell about another team's object.
    record BoundElsewhere(List<String> differs) implements Judgement {
      public BoundElsewhere {
        differs = List.copyOf(differs);
      }
    }

    /// A token of a store in a spec, or the reverse: copied from where it does not belong.
    record MadeFor(Envelope.Purpose purpose) implements Judgement {}

    /// `why` completes the sentence `The content of the token …`.
    record Unreadable(String why) implements Judgement {}
  }

  /// The envelope that binds a key to this place; closing it wipes the key.
  public Envelope envelope(Envelope.Purpose purpose, SecretBytes key) {
    return new Envelope(purpose, namespace, name, endpoint.text(), key);
  }

  /// Takes the content over: its key is in the answer, or wiped.
  public Judgement judge(Envelope.Purpose expected, TokenContent content) {
    return switch (content) {
      case TokenContent.Unreadable(String why) -> new Judgement.Unreadable(why);
      case TokenContent.Bare(SecretBytes key) when expected == Envelope.Purpose.Spec ->
          new Judgement.Unbound(key);
      case TokenContent.Bare(SecretBytes key) -> {
        key.close(); // a store of ours never holds one
        yield new Judgement.Unreadable("is no envelope");
      }
      case TokenContent.Bound(Envelope envelope) -> judge(expected, envelope);
    };
  }

  private Judgement judge(Envelope.Purpose expected, Envelope envelope) {
    List<String> differs = differs(envelope);
    if (envelope.purpose() == expected && differs.isEmpty()) {
      return new Judgement.Fits(envelope.key());
    }
    envelope.close();
    return envelope.purpose() == expected
        ? new Judgement.BoundElsewhere(differs)
        : new Judgement.MadeFor(envelope.purpose());
  }

  private List<String> differs(Envelope envelope) {
    List<String> differs = new ArrayList<>();
    if (!namespace.equals(envelope.namespace())) {
      differs.add("namespace");
    }
    if (!name.equals(envelope.name())) {
      differs.add("name");
    }
    // Compared as endpoints: another tool may have written the envelope, with a slash at the end.
    boolean same =
        Endpoint.parse(envelope.endpoint()) instanceof Validated.Valid<Endpoint>(Endpoint bound)
            && bound.equals(endpoint);
    if (!same) {
      differs.add("endpoint");
    }
    return differs;
  }
}
