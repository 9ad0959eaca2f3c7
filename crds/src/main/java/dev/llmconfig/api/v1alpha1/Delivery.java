package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Rollback;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the settings reach the agents.
@ValidationRule(
    value =
        "!has(self.rollout) || !has(self.rollout.policy) || self.rollout.policy != "
            + "'OnRestart' || has(self.mode) && self.mode == 'EnvFrom'",
    fieldPath = ".rollout.policy",
    message =
        "OnRestart works only with mode EnvFrom: set delivery.mode: EnvFrom, or choose "
            + "Automatic or Manual")
@ValidationRule(
    value = "!has(self.mode) || self.mode != 'Gateway' || has(self.virtualKeyRef)",
    fieldPath = ".virtualKeyRef",
    message =
        "mode Gateway needs virtualKeyRef: name the VirtualKey that agents call the gateway "
            + "with, or choose another mode")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Delivery extends SpecPart {

  @JsonPropertyDescription(
      "Env: variables in the pod template. EnvFrom: the Secret <name of this "
          + "ModelConfig>-llm-env, which the agent's own manifest names in envFrom. File: mounted files. Gateway: the agent calls our "
          + "gateway. None: nothing is delivered. Default: Env.")
  private @Nullable DeliveryMode mode;

  @JsonPropertyDescription(
      "Which variables the agent's framework reads: a built-in profile, or one from a "
          + "profiles ConfigMap. Default: openai.")
  @Size(max = 63)
  @ValidationRule(
      value = "self.matches('^[a-z0-9-]+$')",
      message =
          "profile is the id of a profile, such as openai or spring-ai-2: use lower-case "
              + "letters, digits and -")
  private @Nullable String profile;

  @JsonPropertyDescription(
      "Workloads that get these settings without carrying the label "
          + "llmconfig.dev/model-config.")
  private @Nullable Selector selector;

  @JsonPropertyDescription(
      "Containers that get the settings, at most 32. Default: all but init containers "
          + "and injected sidecars.")
  @Size(max = 32)
  @ValidationRule(
      value = "self.all(container, container.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'))",
      message =
          "an entry of containers is not a container name: use lower-case letters, digits "
              + "and -, with a letter or digit at both ends")
  private @Nullable List<@Size(min = 1, max = 63) String> containers;

  @JsonPropertyDescription(
      "The VirtualKey that agents call the gateway with; required with mode Gateway, and used "
          + "in no other mode.")
  private @Nullable NameRef virtualKeyRef;

  @JsonPropertyDescription("Directory in which the files of mode File appear. Default: /etc/llm.")
  @Size(max = 256)
  @ValidationRule(
      value = "self.matches('^(/[^/:\\\\p{C}]+)+/?$') && !self.matches('/[.]{1,2}(/|$)')",
      message =
          "fileMountPath must be an absolute directory below /, such as /etc/llm, without ."
              + " or .. as a part, : or doubled /")
  private @Nullable String fileMountPath;

  @JsonPropertyDescription("How running agents get new settings.")
  private @Nullable RolloutSettings rollout;

  @JsonPropertyDescription(
      "OnFailure: an agent that does not become ready on new settings is put back on "
          + "the last good ones. Never: it is left as it is. Default: OnFailure.")
  private @Nullable Rollback rollback;

  public @Nullable DeliveryMode getMode() {
    return mode;
  }

  public void setMode(@Nullable DeliveryMode mode) {
    this.mode = mode;
  }

  public @Nullable String getProfile() {
    return profile;
  }

  public void setProfile(@Nullable String profile) {
    this.profile = profile;
  }

  public @Nullable Selector getSelector() {
    return selector;
  }

  public void setSelector(@Nullable Selector selector) {
    this.selector = selector;
  }

  public @Nullable List<String> getContainers() {
    return containers;
  }

  public void setContainers(@Nullable List<String> containers) {
    this.containers = containers;
  }

  public @Nullable NameRef getVirtualKeyRef() {
    return virtualKeyRef;
  }

  public void setVirtualKeyRef(@Nullable NameRef virtualKeyRef) {
    this.virtualKeyRef = virtualKeyRef;
  }

  public @Nullable String getFileMountPath() {
    return fileMountPath;
  }

  public void setFileMountPath(@Nullable String fileMountPath) {
    this.fileMountPath = fileMountPath;
  }

  public @Nullable RolloutSettings getRollout() {
    return rollout;
  }

  public void setRollout(@Nullable RolloutSettings rollout) {
    this.rollout = rollout;
  }

  public @Nullable Rollback getRollback() {
    return rollback;
  }

  public void setRollback(@Nullable Rollback rollback) {
    this.rollback = rollback;
  }
}
