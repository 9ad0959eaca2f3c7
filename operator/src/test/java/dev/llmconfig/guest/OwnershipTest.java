package dev.llmconfig.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.guest.FieldManager.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The judgement on records as a real API server wrote them; `OwnershipIT` asks the server itself.
class OwnershipTest {

  private static final String US = "llm-config-operator Update";
  private static final String WHOLE =
      """
      {".": {}, "f:name": {}, "f:value": {}}\
      """;
  private static final String SHELL =
      """
      {".": {}, "f:name": {}}\
      """;
  private static final String VALUE =
      """
      {"f:value": {}}\
      """;

  private final ArrayNode managed = Json.array();
  private ObjectNode entry = Manifests.value("A", "1");

  @Test
  void whatIsNotThereIsFree() {
    assertThat(Ownership.of(workload()).variable("agent", "B")).isEqualTo(new Standing.Free());
    assertThat(Ownership.of(workload()).variable("nobody", "A")).isEqualTo(new Standing.Free());
  }

  @Test
  void whatOnlyWeHaveIsOurs() {
    variable(US, WHOLE);

    assertThat(judged()).isEqualTo(new Standing.Ours());
  }

  @Test
  void whatSomebodyElseHasIsTheirsWithManagerAndPath() {
    variable("helm Apply", WHOLE);

    assertThat(judged())
        .isInstanceOfSatisfying(
            Standing.Owned.class,
            owned ->
                assertThat(owned.by())
                    .extracting(claim -> claim.manager().name() + " " + claim.path())
                    .contains(
                        "helm .spec.template.spec.containers[name=\"agent\"].env[name=\"A\"].value"));
  }

  @Test
  void whatWeHaveWithOthersIsShared() {
    variable(US, WHOLE);
    variable("argocd-controller Apply", WHOLE);

    assertThat(judged()).isInstanceOf(Standing.Shared.class);
  }

  @Test
  void whatOthersNameWithoutAValueIsSharedWhenTheValueIsOurs() {
    variable(US, WHOLE);
    variable("helm Apply", SHELL);

    assertThat(judged()).isInstanceOf(Standing.Shared.class);
  }

  @Test
  void whatOthersNameWithoutAValueIsTheirs() {
    entry = Json.object().put("name", "A");
    variable("helm Apply", SHELL);

    assertThat(judged()).isInstanceOf(Standing.Owned.class);
  }

  @ParameterizedTest
  @CsvSource({
    "kubectl-set Update, Changed",
    "kubectl-edit Update, Changed",
    "kubectl-patch Update, Changed",
    "kubectl Update, Changed",
    "kubectl Apply, Owned",
    "kubectl-client-side-apply Update, Owned",
    "helm Update, Owned"
  })
  void whatWasTakenFromUsIsTheirsOrWasChangedByHand(String manager, String standing) {
    variable(US, SHELL);
    variable(manager, VALUE);

    assertThat(judged().getClass().getSimpleName()).isEqualTo(standing);
  }

  @Test
  void whatAPersonSetThatWasNeverOursIsTheirs() {
    variable("kubectl-set Update", WHOLE);

    assertThat(judged()).isInstanceOf(Standing.Owned.class);
  }

  @Test
  void whatIsThereWithoutARecordIsNobodys() {
    assertThat(judged()).isEqualTo(new Standing.Unclaimed());
    assertThat(workload().unrecorded()).isTrue();
  }

  @Test
  void whatIsThereTwiceBelongsToWhoeverHasItWhole() {
    variable("a-controller Update", "{}");
    ObjectNode object = object();
    ((ArrayNode) Manifests.containers(WorkloadKind.Deployment, object).get(0).path("env"))
        .add(Manifests.value("A", "2"));

    Workload workload = Workload.of(WorkloadApi.typed(WorkloadKind.Deployment, object));

    assertThat(Ownership.of(workload).variable("agent", "A")).isInstanceOf(Standing.Owned.class);
    assertThat(Ownership.of(workload).aVariable("agent", "A").claims().content()).hasSize(1);
  }

  @Test
  void whatIsDeclaredEmptyIsTheirsAlsoAfterSomebodyHasDeletedIt() {
    variable("helm Apply", VALUE);
    entry = Manifests.value("B", "1");

    assertThat(judged()).isInstanceOf(Standing.Owned.class);
  }

  @Test
  void whoDeclaresAnEmptyListHasNothingOfWhatOthersPutInto() {
    variable(US, WHOLE);
    record("helm Apply", "containers/env", "{}");

    assertThat(judged()).isEqualTo(new Standing.Ours());
  }

  @Test
  void whatIsAppliedUnderOurNameIsNotOurs() {
    variable("llm-config-operator Apply", WHOLE);

    assertThat(judged()).isInstanceOf(Standing.Owned.class);
  }

  @Test
  void whatCameBackWithAnUndoneRolloutIsRestored() {
    variable(US, SHELL);
    variable("k9s Update", VALUE);
    record("k9s Update", "annotation", "llmconfig.dev/rendered");

    assertThat(judged()).isInstanceOf(Standing.Restored.class);
    assertThat(Ownership.of(workload()).restorers())
        .containsExactly(new FieldManager("k9s", Operation.Update, ""));
  }

  @Test
  void aManifestWithOurAnnotationsIsNoUndoneRollout() {
    variable("argocd-controller Apply", WHOLE);
    record("argocd-controller Apply", "annotation", "llmconfig.dev/rendered");
    assertThat(judged()).isInstanceOf(Standing.Owned.class);

    managed.removeAll();
    variable("argocd-controller Update", WHOLE);
    record("argocd-controller Update", "annotation", "llmconfig.dev/rendered");
    record("argocd-controller Update", "last-applied", "");
    assertThat(judged()).isInstanceOf(Standing.Owned.class);

    managed.removeAll();
    variable("helm Update", WHOLE);
    record("helm Update", "annotation", "llmconfig.dev/rendered");
    record("helm Update", "container", "");
    assertThat(judged()).isInstanceOf(Standing.Owned.class);
  }

  @Test
  void aNameOfOursWithoutARecordIsOurs() {
    assertThat(Ownership.of(workload()).marker()).isEqualTo(new Standing.Ours());
    assertThat(Ownership.of(workload()).annotation("llmconfig.dev/rendered"))
        .isEqualTo(new Standing.Ours());
  }

  @Test
  void aNameOfOursThatAPersonChangedIsToBeTakenBack() {
    ObjectNode fields = Json.object();
    fields.putObject("f:metadata").putObject("f:labels").putObject("f:llmconfig.dev/delivered-by");
    managed("kubectl-label Update", fields);

    assertThat(Ownership.of(workload()).marker()).isInstanceOf(Standing.Restored.class);
  }

  @Test
  void aMarkerThatCameThroughASubresourceIsWhoseItSays() {
    ObjectNode fields = Json.object();
    fields.putObject("f:metadata").putObject("f:labels").putObject("f:llmconfig.dev/delivered-by");
    managed(US, fields).put("subresource", "status");

    assertThat(Ownership.of(workload()).marker()).isInstanceOf(Standing.Owned.class);
  }

  @Test
  void namesOfAnyFormAreFound() {
    String strange = "A \"quoted\" \\ <ü>";
    entry = Manifests.value(strange, "1");
    ObjectNode set = new FieldSet(FieldManager.US, Json.object()).root();
    ObjectNode fields =
        new FieldSet(FieldManager.US, set)
            .with(
                List.of(
                    Ownership.of(workload())
                        .containerPath("agent")
                        .field("env")
                        .item("name", strange)
                        .field("value")))
            .root();
    managed("helm Apply", fields);

    assertThat(Ownership.of(workload()).variable("agent", strange))
        .isInstanceOfSatisfying(
            Standing.Owned.class,
            owned ->
                assertThat(owned.by().getFirst().path().toString())
                    .endsWith(".env[name=\"A \\\"quoted\\\" \\\\ <ü>\"].value"));
  }

  private Standing judged() {
    return Ownership.of(workload()).variable("agent", "A");
  }

  private Workload workload() {
    return Workload.of(WorkloadApi.typed(WorkloadKind.Deployment, object()));
  }

  private ObjectNode object() {
    ObjectNode object =
        Manifests.workload(
            WorkloadKind.Deployment,
            "agent",
            Manifests.array(Manifests.container("agent", entry.deepCopy())));
    ObjectNode metadata = object.withObjectProperty("metadata");
    metadata.put("namespace", "ns").put("uid", "u").put("resourceVersion", "1");
    metadata.putObject("labels").put("llmconfig.dev/delivered-by", "support");
    Manifests.template(WorkloadKind.Deployment, object)
        .withObjectProperty("metadata")
        .putObject("annotations")
        .put("llmconfig.dev/rendered", "d-1");
    metadata.set("managedFields", managed);
    return object;
  }

  /// This manager has this of the variable A.
  private void variable(String manager, String fields) {
    ObjectNode root = Json.object();
    env(root).set("k:{\"name\":\"A\"}", Json.parsed(fields));
    managed(manager, root);
  }

  private void record(String manager, String what, String detail) {
    ObjectNode root = Json.object();
    switch (what) {
      case "annotation" ->
          template(root)
              .putObject("f:metadata")
              .putObject("f:annotations")
              .putObject("f:" + detail);
      case "container" -> container(root).putObject(".");
      case "last-applied" ->
          root.putObject("f:metadata")
              .putObject("f:annotations")
              .putObject("f:kubectl.kubernetes.io/last-applied-configuration");
      default -> env(root);
    }
    managed(manager, root);
  }

  private static ObjectNode env(ObjectNode root) {
    return container(root).putObject("f:env");
  }

  private static ObjectNode container(ObjectNode root) {
    return template(root)
        .putObject("f:spec")
        .putObject("f:containers")
        .putObject("k:{\"name\":\"agent\"}");
  }

  private static ObjectNode template(ObjectNode root) {
    return root.putObject("f:spec").putObject("f:template");
  }

  /// Several of one manager become one, as the server has it.
  private ObjectNode managed(String manager, ObjectNode fields) {
    String[] parts = manager.split(" ", 2);
    for (var entry : managed) {
      if (entry.path("manager").asText().equals(parts[0])
          && entry.path("operation").asText().equals(parts[1])) {
        var set = new FieldSet(FieldManager.US, (ObjectNode) entry.path("fieldsV1"));
        ((ObjectNode) entry)
            .set(
                "fieldsV1",
                set.with(new FieldSet(FieldManager.US, fields).members(FieldPath.of())).root());
        return (ObjectNode) entry;
      }
    }
    ObjectNode entry = managed.addObject();
    entry.put("manager", parts[0]).put("operation", parts[1]).put("apiVersion", "apps/v1");
    entry.set("fieldsV1", fields);
    return entry;
  }
}
