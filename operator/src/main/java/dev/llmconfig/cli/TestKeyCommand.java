package dev.llmconfig.cli;

import dev.llmconfig.api.Dialect;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.KeyText;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.provider.Completion;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.KeyCheck;
import dev.llmconfig.provider.KeyHint;
import dev.llmconfig.provider.ModelCheck;
import dev.llmconfig.provider.ModelQuestion;
import dev.llmconfig.provider.Models;
import dev.llmconfig.provider.Note;
import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.Target;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Lookup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `llmconfig test-key`.
@Command(
    name = "test-key",
    description =
        "Asks a provider whether a key works, and says what is wrong and what to do when it does"
            + " not.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The key is read from standard input or --key-file. Exit codes: 0 accepted, 1 refused, 2 not",
      "known, because the provider could not be asked or did not say, or because of wrong usage.",
      "HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured."
    })
final class TestKeyCommand implements Callable<Integer> {

  private enum Format {
    text,
    json
  }

  private static final Pattern MODEL = Pattern.compile("[\\p{Graph}]{1,256}");

  private final Shell shell;
  private final Lookup lookup;
  private final Limits limits;

  @Mixin private final ProbeOptions place = new ProbeOptions();
  @Mixin private final KeyInput input = new KeyInput();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Also asks whether the provider offers this model to the key.")
  private @Nullable String model;

  @Option(
      names = "--probe",
      paramLabel = "PROBE",
      description =
          "ListModels is free; Completion also asks --model for one word, which costs a few tokens."
              + " Default: ListModels.")
  private String probe = Probe.ListModels.name();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text or json. Default: text.")
  private String output = Format.text.name();

  TestKeyCommand(Shell shell) {
    this(shell, Lookup.SYSTEM, Limits.STANDARD);
  }

  TestKeyCommand(Shell shell, Lookup lookup, Limits limits) {
    this.shell = shell;
    this.lookup = lookup;
    this.limits = limits;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Probe> asked = Choices.read("--probe", Probe.class, probe, place::problem);
    Optional<Format> format = Choices.read("--output", Format.class, output, place::problem);
    if (model != null && !MODEL.matcher(model).matches()) {
      place.problem("--model must have 1 to 256 characters and no whitespace.");
    }
    Target target = place.target();
    KeyTest test = test(target, asked.orElseThrow());
    if (format.orElseThrow() == Format.json) {
      shell.out().println(KeyTestJson.of(test).toPrettyString());
    } else {
      KeyTestText.print(test, shell.out());
    }
    return test.exitCode();
  }

  private KeyTest test(Target target, Probe asked) throws InterruptedException {
    boolean withoutKey = target.provider().dialect() == Dialect.Echo;
    KeyText text = withoutKey ? new KeyText.Empty() : input.text(shell);
    List<Note> notes = new ArrayList<>();
    return switch (text) {
      case KeyText.Usable(SecretBytes key, boolean trimmed) -> {
        try (key) {
          if (trimmed) {
            notes.add(
                new Note(
                    "KeyTrimmed",
                    "Whitespace, quotes or a byte order mark around the key were removed."));
          }
          KeyHint.of(target.provider(), key).ifPresent(notes::add);
          yield ask(target, Optional.of(key), asked, notes);
        }
      }
      case KeyText.Empty() when target.provider().keyless() ->
          ask(target, Optional.empty(), asked, notes);
      case KeyText.Empty() -> malformed(target, "There is no key: pipe it to standard input.");
      case KeyText.Malformed(KeyText.Flaw flaw) ->
          malformed(target, "The key " + flaw.clause() + ".");
    };
  }

  private KeyTest ask(Target target, Optional<SecretBytes> key, Probe asked, List<Note> notes)
      throws InterruptedException {
    Instant start = shell.clock().instant();
    try (ProviderConnection connection = ProviderConnection.open(shell, lookup, limits)) {
      Prober prober = connection.prober();
      boolean complete = asked == Probe.Completion && model != null;
      if (asked == Probe.Completion && model == null) {
        notes.add(
            new Note(
                "NoModel", "Without --model only the free probe was made: none is a default."));
      }
      KeyCheck check =
          complete
              ? prober.key(target, key, Completion.chat(String.valueOf(model)))
              : prober.key(target, key);
      Optional<ModelCheck> modelCheck =
          complete || model == null || kind(check.finding()) != VerdictKind.Accepted
              ? Optional.empty()
              : Optional.of(prober.model(target, key, question(check.models(), model)));
      Finding finding =
          modelCheck
              .map(ModelCheck::finding)
              .filter(of -> kind(of) != VerdictKind.Accepted)
              .orElse(check.finding());
      if (finding.reason() == VerdictReason.EndpointNotAllowed) {
        notes.add(
            new Note(
                "InsecureEndpoint",
                "Plain http, loopback and private addresses need --allow-insecure-endpoint."));
      }
      Instant end = shell.clock().instant();
      return new KeyTest(
          target,
          Optional.ofNullable(model),
          finding,
          kind(finding),
          check.models(),
          modelCheck,
          notes,
          start,
          Duration.between(start, end));
    }
  }

  private static ModelQuestion question(Models models, String id) {
    return models instanceof Models.Listed(var all, boolean _)
        ? new ModelQuestion(id, false, Optional.of(all.stream().map(m -> m.id()).toList()))
        : ModelQuestion.of(id);
  }

  private KeyTest malformed(Target target, String why) {
    return new KeyTest(
        target,
        Optional.ofNullable(model),
        Finding.of(VerdictReason.KeyMalformed, Probe.ListModels),
        VerdictKind.Refused,
        new Models.NotRead(VerdictReason.KeyMalformed),
        Optional.empty(),
        List.of(new Note("KeyMalformed", why)),
        shell.clock().instant(),
        Duration.ZERO);
  }

  /// Nothing is known here of an earlier time, so this is the first contact.
  private static VerdictKind kind(Finding finding) {
    return finding.reason().kindAtFirstContact(finding.probe());
  }
}
