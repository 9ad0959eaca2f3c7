package dev.llmconfig.provider;

import dev.llmconfig.api.Dialect;
import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.provider.transport.Deadline;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Asks a provider whether a key or a model is good. Every call ends in a finding, whatever comes
/// back, within the limits of its kind. Called from virtual threads.
public final class Prober {

  private final Transport network;
  private final Transport echo = new EchoTransport();
  private final Limits limits;
  private final InstantSource clock;
  private final TokenFields tokenFields = new TokenFields();

  public Prober(Transport network, Limits limits, InstantSource clock) {
    this.network = network;
    this.limits = limits;
    this.clock = clock;
  }

  /// Whether anybody is there, by the rules for addresses and certificates; nothing is sent.
  public Finding reach(Target target) throws InterruptedException {
    return conversation(target, Optional.empty(), limits.free()).connect();
  }

  /// The free probe of a key, and its models.
  public KeyCheck key(Target target, Optional<SecretBytes> key) throws InterruptedException {
    Conversation conversation = conversation(target, key, limits.free());
    WireDialect dialect = conversation.dialect();
    List<Call> lists = dialect.lists(target);
    Optional<Call> aboutKey = dialect.key(target);
    if (lists.isEmpty() && aboutKey.isEmpty()) {
      return new KeyCheck(conversation.connect(), new Models.Empty(EmptyListReason.NoListEndpoint));
    }
    if (aboutKey.isPresent()) {
      Finding finding = conversation.ask(aboutKey.get()).finding();
      return finding.reason() == VerdictReason.KeyAccepted
          ? new KeyCheck(finding, Listing.of(conversation, lists).models())
          : new KeyCheck(finding, new Models.NotRead(finding.reason()));
    }
    Listing.Result listing = Listing.of(conversation, lists);
    return new KeyCheck(worth(conversation, lists.getFirst(), listing.first()), listing.models());
  }

  /// The free probe, then, where it is asked for and can still tell more, the completion, whose
  /// verdict replaces the first.
  public KeyCheck key(Target target, Optional<SecretBytes> key, Completion completion)
      throws InterruptedException {
    KeyCheck free = key(target, key);
    return completionCanTellMore(free.finding())
        ? new KeyCheck(completion(target, key, completion), free.models())
        : free;
  }

  /// Whether the provider offers a model, without asking it anything that costs.
  public ModelCheck model(Target target, Optional<SecretBytes> key, ModelQuestion question)
      throws InterruptedException {
    Conversation conversation = conversation(target, key, limits.free());
    if (question.declared()) {
      return sure(VerdictReason.ModelAvailable);
    }
    List<Call> lists = conversation.dialect().lists(target);
    Optional<Call> byId = conversation.dialect().model(target, question.id());
    if (byId.isEmpty() && (lists.isEmpty() || target.provider() == Provider.AzureOpenAI)) {
      return sure(VerdictReason.ModelNotChecked);
    }
    Candidates candidates = candidates(conversation, lists, question);
    if (candidates.unreadable().isPresent()) {
      return new ModelCheck(candidates.unreadable().get(), List.of());
    }
    if (candidates.ids().contains(question.id())) {
      return sure(VerdictReason.ModelAvailable);
    }
    return byId.isEmpty()
        ? sure(VerdictReason.ModelNotChecked)
        : byId(conversation.ask(byId.get()).finding(), candidates.ids(), question.id());
  }

  /// Proves key and model, not the credit; empty where the provider has no such call.
  public Optional<Finding> tokens(Target target, Optional<SecretBytes> key, String model)
      throws InterruptedException {
    Conversation conversation = conversation(target, key, limits.free());
    Optional<Call> call = conversation.dialect().tokens(target, model);
    return call.isEmpty()
        ? Optional.empty()
        : Optional.of(keyless(conversation, conversation.ask(call.get()).finding()));
  }

  /// The smallest completion. It costs a few tokens, and proves everything.
  public Finding completion(Target target, Optional<SecretBytes> key, Completion asked)
      throws InterruptedException {
    Duration limit =
        target.provider().loadsModels() ? limits.loadingCompletion() : limits.completion();
    Conversation conversation = conversation(target, key, limit);
    WireDialect dialect = conversation.dialect();
    TokenField field = tokenFields.first(target, asked);
    Heard heard = conversation.ask(dialect.completion(target, asked, field));
    if (TokenFields.blamed(heard) && target.provider().dialect() == Dialect.OpenAI) {
      heard = conversation.ask(dialect.completion(target, asked, field.other()));
      if (!TokenFields.blamed(heard)) {
        tokenFields.remember(target, asked, field.other());
      }
    }
    return keyless(conversation, heard.finding());
  }

  /// What can be known of the ids, or why nothing can.
  private record Candidates(List<String> ids, Optional<Finding> unreadable) {}

  private Candidates candidates(Conversation conversation, List<Call> lists, ModelQuestion question)
      throws InterruptedException {
    if (question.listed().isPresent()) {
      return new Candidates(question.listed().get(), Optional.empty());
    }
    if (lists.isEmpty()) {
      return new Candidates(List.of(), Optional.empty());
    }
    Listing.Result listing = Listing.of(conversation, lists);
    if (listing.models() instanceof Models.Listed(List<ListedModel> models, boolean _)) {
      return new Candidates(models.stream().map(ListedModel::id).toList(), Optional.empty());
    }
    if (listing.first().good()) {
      return new Candidates(List.of(), Optional.empty());
    }
    // Without a list there is no question by id either, at the servers that have none.
    boolean noList = listing.first().status(404, 405);
    Finding finding = listing.first().finding();
    return new Candidates(
        List.of(), Optional.of(noList ? finding.with(VerdictReason.ModelNotChecked) : finding));
  }

  /// A server that cannot be asked by id, which shows in an answer of another kind, has said all it
  /// knows with its list.
  private static ModelCheck byId(Finding finding, List<String> listed, String id) {
    boolean noAnswer = finding.reason() == VerdictReason.NotAnLLMEndpoint;
    VerdictReason withoutAnswer =
        listed.isEmpty() ? VerdictReason.ModelNotChecked : VerdictReason.ModelNotFound;
    VerdictReason reason = noAnswer ? withoutAnswer : finding.reason();
    return switch (reason) {
      case KeyAccepted -> new ModelCheck(finding.with(VerdictReason.ModelAvailable), List.of());
      case ModelNotFound -> new ModelCheck(finding.with(reason), DidYouMean.among(listed, id));
      default -> new ModelCheck(finding.with(reason), List.of());
    };
  }

  /// A list that anybody gets proves nothing about the key it was asked with.
  private static Finding worth(Conversation conversation, Call list, Heard heard)
      throws InterruptedException {
    if (!heard.good()
        || !conversation.keyed()
        || conversation.target().provider().listProvesKey()) {
      return keyless(conversation, heard.finding());
    }
    Heard control = conversation.withoutKey().ask(list);
    boolean refused = control.status(401, 403) || refusesKeys(control.finding().reason());
    return refused ? heard.finding() : heard.finding().with(VerdictReason.KeyNotChecked);
  }

  private static boolean refusesKeys(VerdictReason reason) {
    return reason == VerdictReason.InvalidKey || reason == VerdictReason.InvalidKeyOrEndpoint;
  }

  private static Finding keyless(Conversation conversation, Finding finding) {
    return conversation.keyed() || finding.reason() != VerdictReason.KeyAccepted
        ? finding
        : finding.with(VerdictReason.NoKeyNeeded);
  }

  /// A list that is none may stand beside a chat that works: whoever chose the completion wants to
  /// know. A key that was refused, or a place that must not be called, is not asked about twice.
  private static boolean completionCanTellMore(Finding free) {
    return switch (free.reason().weight()) {
      case Accepted, ByProbe -> true;
      case Transient -> free.reason() != VerdictReason.EndpointUnreachable;
      case FirstContact -> free.reason() == VerdictReason.NotAnLLMEndpoint;
      case Refused -> false;
    };
  }

  private static ModelCheck sure(VerdictReason reason) {
    return new ModelCheck(Finding.of(reason, Probe.ListModels), List.of());
  }

  private Conversation conversation(Target target, Optional<SecretBytes> key, Duration limit) {
    Transport transport = target.provider().dialect() == Dialect.Echo ? echo : network;
    return new Conversation(transport, target, key, Deadline.in(limit), clock.instant());
  }
}
