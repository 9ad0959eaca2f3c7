package dev.llmconfig.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.AgentState;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.AgentRow.Settings;
import dev.llmconfig.mirror.AgentRow.Standing;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// A workload of which there is a file and nothing else, as a row.
///
/// @param ref as that of a row
/// @param modelConfig the one that it asks for
/// @param mode how it would be given its settings; empty where there is no such ModelConfig
/// @param reason why it would not be given them; empty where it would
/// @param patch what it would have of us, as a patch of it
public record PlannedAgent(
    Ref ref,
    String modelConfig,
    String mode,
    String profile,
    Settings requested,
    String reason,
    String message,
    ObjectNode patch) {

  /// There is no object that could have others, so the name gives it an identity.
  public AgentRow row() {
    var uid = UUID.nameUUIDFromBytes(ref.toString().getBytes(StandardCharsets.UTF_8));
    return new AgentRow(
        ref,
        new ObjectVersion(
            uid.toString(), 1, "", "", false, "", "", Json.text(Marks.of(new ObjectMeta()))),
        modelConfig,
        mode,
        profile,
        new Standing(AgentState.Planned, reason, message, Optional.empty()),
        requested,
        Settings.NONE,
        // Previews tell what restarts, and nothing does.
        new AgentDetail(containers(), ""));
  }

  private String containers() {
    var all = JsonNodeFactory.instance.arrayNode();
    for (var container : template().path("spec").path("containers")) {
      var one = all.addObject().put("name", container.path("name").asText());
      var env = one.putArray("env");
      for (var variable : container.path("env")) {
        var entry = env.addObject().put("name", variable.path("name").asText());
        if (variable.has("valueFrom")) {
          entry.put("secret", true);
        } else {
          entry.put("value", variable.path("value").asText());
        }
      }
      var mounts = one.putArray("mounts");
      container.path("volumeMounts").forEach(mount -> mounts.add(mount.path("mountPath").asText()));
    }
    return all.toString();
  }

  private JsonNode template() {
    var spec = patch.path("spec");
    return spec.path("jobTemplate").path("spec").path("template").isObject()
        ? spec.path("jobTemplate").path("spec").path("template")
        : spec.path("template");
  }
}
