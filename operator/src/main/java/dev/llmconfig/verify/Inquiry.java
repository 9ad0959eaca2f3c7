package dev.llmconfig.verify;

import dev.llmconfig.crypto.SecretBytes;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One question, with a key that is lent for it and wiped after it.
final class Inquiry {

  private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

  private final Asking asking;

  Inquiry(Asking asking) {
    this.asking = asking;
  }

  /// Empty when nobody could be asked: we are closing, or the key could not be lent.
  Optional<Outcome> make(Question question, Loan.Lender lender) {
    Optional<SecretBytes> lent = Optional.empty();
    try {
      switch (lender.lend()) {
        case Loan.Withdrawn _ -> {
          return Optional.empty();
        }
        case Loan.NoKey _ -> {}
        case Loan.Of(SecretBytes key) -> lent = Optional.of(key);
      }
      return Optional.of(asking.ask(question, lent));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (RuntimeException bug) {
      // Its message may quote what was being worked on.
      LOG.atError()
          .addKeyValue("provider", question.target().provider())
          .addKeyValue("exception", bug.getClass().getName())
          .log("a probe failed unexpectedly");
      return Optional.empty();
    } finally {
      lent.ifPresent(SecretBytes::close);
    }
  }
}
