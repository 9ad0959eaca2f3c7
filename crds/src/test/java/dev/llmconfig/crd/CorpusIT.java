package dev.llmconfig.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the real API server says to every object of the corpus, checked as strictly as kubectl asks
/// for.
@ExtendWith(ControlPlaneExtension.class)
class CorpusIT {

  private static ControlPlane plane;

  @BeforeAll
  static void installs(ControlPlane joined) {
    plane = joined;
    Crds.install(plane);
  }

  @TestFactory
  Stream<DynamicTest> acceptsWhatIsValid() {
    return Corpus.valid().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.file(),
                () ->
                    assertThatCode(() -> create(Corpus.resource(file.resource())))
                        .doesNotThrowAnyException()));
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatIsInvalidAndSaysWhatToDo() {
    return Corpus.invalid().stream()
        .map(file -> DynamicTest.dynamicTest(file.file(), () -> isRefused(file)));
  }

  private static void isRefused(Corpus.Invalid file) {
    var refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () ->
                file.before()
                    .ifPresentOrElse(
                        before -> update(before, file.resource()), () -> create(file.resource())));

    assertThat(refusal).as("the answer to %s", file.file()).isNotNull();
    assertThat(refusal.getStatus().getMessage()).contains(file.expectMessage());
    assertThat(problems(refusal.getStatus()))
        .as("a file breaks one rule only")
        .hasSizeLessThanOrEqualTo(1);
  }

  private static void create(GenericKubernetesResource resource) {
    strictly(resource).create();
  }

  private static void update(GenericKubernetesResource before, GenericKubernetesResource after) {
    var stored = in(before).create();
    after.getMetadata().setResourceVersion(stored.getMetadata().getResourceVersion());
    try {
      strictly(after).update();
    } finally {
      in(before).delete();
    }
  }

  private static NonDeletingOperation<GenericKubernetesResource> strictly(
      GenericKubernetesResource resource) {
    return in(resource).dryRun().fieldValidation(Validation.STRICT);
  }

  private static Resource<GenericKubernetesResource> in(GenericKubernetesResource resource) {
    return plane.admin().client().resource(resource).inNamespace(plane.namespace());
  }

  /// Without the note that rules were left out, which has no field; none for an unknown field.
  private static List<StatusCause> problems(Status status) {
    return Stream.ofNullable(status.getDetails())
        .flatMap(details -> details.getCauses().stream())
        .filter(cause -> !"<nil>".equals(cause.getField()))
        .toList();
  }
}
