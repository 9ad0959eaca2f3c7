package dev.llmconfig.reconcile;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.KeyAnswer;
import dev.llmconfig.plan.KeyCheck;
import dev.llmconfig.plan.Offer;
import dev.llmconfig.plan.Resolution;
import dev.llmconfig.provider.Completion;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.Models;
import dev.llmconfig.verify.Heard;
import dev.llmconfig.verify.History;
import dev.llmconfig.verify.Loan;
import dev.llmconfig.verify.Question;
import dev.llmconfig.verify.Verdict;
import dev.llmconfig.verify.VerdictListener;
import dev.llmconfig.verify.Verification;
import dev.llmconfig.verify.Verifier;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Takes what a plan wants to know to the verifier, and wakes the key when the answer is there.
/// Nothing is asked on a reconcile thread (traps P6).
final class KeyProbes extends AbstractEventSource<Verdict, ApiKeyConfig>
    implements KeyGathering.Providers, ResourceEventAware<ApiKeyConfig>, AutoCloseable {

  private static final String OWNER = "ApiKeyConfig/";

  private final Verifier verifier;
  private final KeySources sources;
  private final Encryptions encryptions;
  private final BiConsumer<Ref, Models> listed;

  /// @param verifier is made with the listener that it tells
  /// @param listed is told of every list of models that was read on the way
  KeyProbes(
      Function<VerdictListener, Verifier> verifier,
      KeySources sources,
      Encryptions encryptions,
      BiConsumer<Ref, Models> listed) {
    super(Verdict.class, "key-probes");
    this.sources = sources;
    this.encryptions = encryptions;
    this.listed = listed;
    this.verifier = verifier.apply(this::told);
  }

  @Override
  public Optional<KeyAnswer> heard(ApiKey key, KeyQuestion question) {
    var heard = verifier.heard(owner(key.ref()), question.subject());
    return heard.verdict().map(verdict -> answer(verdict, heard));
  }

  @Override
  public Optional<Offer> offer(ApiKey key) {
    return Optional.empty();
  }

  /// Says what is to be found out.
  ///
  /// @param model to be asked for a word, where the probe is a completion
  /// @return whether something is known by now that the plan did not know
  boolean ask(
      ApiKey key, KeyQuestion question, KeyCheck check, Optional<String> model, boolean answered) {
    var standing =
        verifier.want(
            new Verification(
                owner(key.ref()),
                question.subject(),
                new Question.OfKey(question.target(), completion(key, model)),
                () -> lend(key, question),
                history(check),
                check.request(),
                check.every()));
    return standing.verdict().isPresent() && !answered;
  }

  /// Nobody wants to know, for now.
  void dismiss(Ref key) {
    verifier.dismiss(owner(key));
  }

  @Override
  public void onResourceDeleted(ApiKeyConfig key) {
    verifier.release(owner(new Ref(key.getMetadata().getNamespace(), key.getMetadata().getName())));
  }

  @Override
  public Set<Verdict> getSecondaryResources(ApiKeyConfig key) {
    return Set.of();
  }

  @Override
  public void close() {
    verifier.close();
  }

  private void told(Verdict verdict, Set<String> owners) {
    for (var owner : owners) {
      var key = ref(owner);
      verdict.outcome().models().ifPresent(models -> listed.accept(key, models));
      if (isRunning()) {
        getEventHandler().handleEvent(new Event(new ResourceID(key.name(), key.namespace())));
      }
    }
  }

  /// Read anew at the moment of the probe: nobody holds it until then, and its owner may have
  /// changed it, or their mind, in the meantime.
  private Loan lend(ApiKey key, KeyQuestion question) {
    var using = encryptions.current();
    if (using.isEmpty()) {
      return new Loan.Withdrawn();
    }
    try {
      return switch (sources.read(key, using.get())) {
        case Resolution.Found(var found, _, _, _)
            when found.revision().equals(question.revision()) ->
            new Loan.Of(found.bytes());
        case Resolution.Found(var another, _, _, _) -> {
          another.bytes().close();
          yield new Loan.Withdrawn();
        }
        case Resolution.Keyless _ -> new Loan.NoKey();
        case Resolution.NotArrived _, Resolution.Unusable _ -> new Loan.Withdrawn();
      };
    } catch (KubernetesClientException _) {
      // The API server is away; the probe is tried again later.
      return new Loan.Withdrawn();
    }
  }

  private static Optional<Completion> completion(ApiKey key, Optional<String> model) {
    return key.verification().probe() == Probe.Completion
        ? model
            .or(() -> key.models().additional().stream().map(one -> one.id()).findFirst())
            .map(id -> completion(key, id))
        : Optional.empty();
  }

  private static Completion completion(ApiKey key, String model) {
    return new Completion(
        model,
        key.models().additional().stream()
            .filter(one -> one.id().equals(model))
            .findFirst()
            .flatMap(one -> one.baseModel()),
        Completion.Surface.Chat);
  }

  private static History history(KeyCheck check) {
    return new History(
        check.acceptedBefore(),
        check.refusedSince(),
        check.known().map(known -> new History.Known(known.kind(), known.at())));
  }

  private static KeyAnswer answer(Verdict verdict, Heard heard) {
    Finding finding = verdict.outcome().finding();
    return new KeyAnswer(
        verdict.reason(), verdict.kind(), verdict.at(), finding.requestId(), heard.request());
  }

  private static String owner(Ref key) {
    return OWNER + key.namespace() + "/" + key.name();
  }

  private static Ref ref(String owner) {
    var parts = owner.split("/", 3);
    return new Ref(parts[1], parts[2]);
  }
}
