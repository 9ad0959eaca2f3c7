package dev.llmconfig.cli;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.KeyText;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.TokenContent;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Binding.Judgement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `llmconfig decrypt-check`.
@Command(
    name = "decrypt-check",
    description =
        "Says whether a token opens, with which encryption key, and what it is bound to; never"
            + " prints the key in it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --namespace, --name and --provider or --endpoint it also says whether the token is bound",
      "to that place. The encryption keys come from ENCRYPTION_KEY or from the file that",
      "ENCRYPTION_KEY_FILE names."
    })
final class DecryptCheckCommand implements Callable<Integer> {

  private static final int MOST = 64 * 1024;

  private final Shell shell;

  @Mixin private final Target target = new Target();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token. Default: standard input.")
  private @Nullable String file;

  DecryptCheckCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (target.given()) {
      target.needNamespace();
      target.needName();
      target.needDestination();
    }
    target.refuseProblems();
    try (KeyRing ring = Ring.fromEnvironment(shell)) {
      switch (ring.open(token())) {
        case Opening.Refused() ->
            throw Refusal.negative(
                "The token does not open: it was made with an encryption key that is not given here,"
                    + " or it is damaged.");
        case Opening.Opened(SecretBytes plaintext, KeyId by) -> {
          try (plaintext;
              TokenContent content = TokenContent.read(plaintext)) {
            tell(content, ring, by);
          }
        }
      }
    }
    return 0;
  }

  private void tell(TokenContent content, KeyRing ring, KeyId by) {
    String place =
        switch (content) {
          case TokenContent.Bound(Envelope envelope) -> place(envelope);
          case TokenContent.Bare(SecretBytes key) -> {
            refuseUnusable(key);
            yield "It is bound to nothing; the operator takes it only with --allow-unbound-tokens.";
          }
          case TokenContent.Unreadable(String why) ->
              throw Refusal.negative("The token opens, but its content " + why + ".");
        };
    if (target.given()) {
      refuseElsewhere(content);
    }
    shell
        .out()
        .println(
            "The token opens with encryption key %s, number %d of %d."
                .formatted(by, ring.ids().indexOf(by) + 1, ring.ids().size()));
    shell.out().println(place);
    if (!by.equals(ring.first())) {
      shell.warn("make the token again, so that the older encryption key can be dropped.");
    }
  }

  private static String place(Envelope envelope) {
    refuseUnusable(envelope.key());
    return switch (envelope.purpose()) {
      case Spec ->
          "It is bound to ApiKeyConfig %s in namespace %s, for %s."
              .formatted(
                  printable(envelope.name()),
                  printable(envelope.namespace()),
                  printable(envelope.endpoint()));
      case Store -> "It was made for a store of the operator, which takes it in no spec.";
    };
  }

  private static void refuseUnusable(SecretBytes key) {
    switch (key.use(KeyText::of)) {
      case KeyText.Usable(SecretBytes copy, _) -> copy.close();
      case KeyText.Empty() ->
          throw Refusal.negative("The token opens, but the key in it is empty; make it again.");
      case KeyText.Malformed(KeyText.Flaw flaw) ->
          throw Refusal.negative(
              "The token opens, but the key in it " + flaw.clause() + "; make it again.");
    }
  }

  private void refuseElsewhere(TokenContent content) {
    Binding binding =
        new Binding(
            target.namespace().orElseThrow(),
            target.name().orElseThrow(),
            target.destination().orElseThrow());
    switch (binding.judge(Envelope.Purpose.Spec, content)) {
      case Judgement.Fits _ -> {}
      case Judgement.Unbound _ ->
          throw Refusal.negative("The token opens, but it is bound to nothing.");
      case Judgement.BoundElsewhere(var differs) ->
          throw Refusal.negative(
              "The token opens, but it is bound to another %s; make it again for this object."
                  .formatted(String.join(" and ", differs)));
      case Judgement.MadeFor _ ->
          throw Refusal.negative(
              "The token opens, but it was made for a store of the operator, which takes it in no"
                  + " spec.");
      case Judgement.Unreadable(String why) ->
          throw Refusal.negative("The token opens, but its content " + why + ".");
    }
  }

  /// Who made the token chose these texts; a terminal is not to obey them.
  private static String printable(String text) {
    return text.replaceAll("[^!-~]", "?");
  }

  private String token() {
    String text = new String(read(), StandardCharsets.ISO_8859_1);
    String token = text.replaceAll("^[\\s\"']+|[\\s\"']+$", "");
    if (token.isEmpty()) {
      throw Refusal.negative(
          "There is no token to check: pipe it to standard input, or name its file with"
              + " --token-file.");
    }
    return token;
  }

  private byte[] read() {
    try (InputStream in = file == null ? shell.in() : Files.newInputStream(Path.of(file))) {
      return in.readNBytes(MOST);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw Refusal.usage(
          file == null
              ? "Standard input cannot be read; name a file with --token-file."
              : "The file of --token-file cannot be read; correct the path.");
    }
  }
}
