package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class TransitionsTest {

  private static final Ref KEY = new Ref("team", "x");

  private final Logger logger = (Logger) LoggerFactory.getLogger(Transitions.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private @Nullable Level before;

  @BeforeEach
  void listen() {
    before = logger.getLevel();
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setLevel(before);
  }

  @Test
  void aNewStateIsSaidWithItsReasonAndTheOneBefore() {
    Transitions.log(KEY, null, status(ready("Unknown", "Pending")));
    Transitions.log(KEY, status(ready("Unknown", "Pending")), status(ready("True", "Verified")));

    assertThat(said())
        .containsExactly(
            "INFO ready=Unknown reason=Pending before=none",
            "INFO ready=True reason=Verified before=Pending");
  }

  @Test
  void whatAPersonMustEndIsAWarning() {
    var refused = status(ready("False", "InvalidKey"), stalled("InvalidKey"));

    Transitions.log(KEY, status(ready("Unknown", "Pending")), refused);

    assertThat(said()).containsExactly("WARN ready=False reason=InvalidKey before=Pending");
  }

  @Test
  void whatStaysIsNotSaidAgainWhateverItsMessageIs() {
    var reworded = ready("True", "Verified");
    reworded.setMessage("other words");
    var later = status(reworded);
    later.setUsedBy(7);

    Transitions.log(KEY, status(ready("True", "Verified")), later);

    assertThat(said()).isEmpty();
  }

  private List<String> said() {
    assertThat(lines.list)
        .allSatisfy(line -> {
          assertThat(line.getMessage()).isEqualTo("A key came into another state");
          assertThat(pairs(line)).contains("namespace=team", "name=x", "kind=ApiKeyConfig");
        });
    return lines.list.stream()
        .map(line ->
            line.getLevel()
                + " "
                + String.join(
                    " ",
                    pairs(line).filter(pair -> pair.matches("(ready|reason|before)=.*")).toList()))
        .toList();
  }

  private static Stream<String> pairs(ILoggingEvent line) {
    return line.getKeyValuePairs().stream().map((KeyValuePair pair) -> pair.key + "=" + pair.value);
  }

  private static ApiKeyConfigStatus status(Condition... conditions) {
    var status = new ApiKeyConfigStatus();
    status.setConditions(List.of(conditions));
    return status;
  }

  private static Condition ready(String status, String reason) {
    return new ConditionBuilder()
        .withType("Ready")
        .withStatus(status)
        .withReason(reason)
        .withMessage("words")
        .build();
  }

  private static Condition stalled(String reason) {
    return new ConditionBuilder().withType("Stalled").withStatus("True").withReason(reason).build();
  }
}
