package dev.llmconfig.upkeep;

/// Something is not done, and nothing was changed. Its message is for the person: cause, effect and
/// next step.
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Refused(String sentence) {
    super(sentence, null, false, false);
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
