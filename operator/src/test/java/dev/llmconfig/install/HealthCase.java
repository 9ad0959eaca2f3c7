package dev.llmconfig.install;

import java.util.List;

/// An object of ours as tools find it, and what they must think of it.
///
/// @param object what matters of it, as YAML
/// @param argo Argo CD's word, and its message
/// @param flux Flux's word
/// @param kstatus the word of kstatus, by which `helm --wait` goes, and Flux where nobody told it
///   more
record HealthCase(String object, String argo, String flux, String kstatus) {

  private static final String AT_2 =
      "metadata: {generation: 2}\nstatus: {observedGeneration: 2, conditions: [%s]}";

  static final List<HealthCase> ALL =
      List.of(
          // In a cluster the schema gives it an older generation from its first moment on.
          new HealthCase(
              "metadata: {generation: 1}",
              "Progressing Waiting for the operator.",
              "InProgress",
              "Current"),
          new HealthCase(
              "metadata: {generation: 1}\nstatus: {}",
              "Progressing Waiting for the operator.",
              "InProgress",
              "Current"),
          new HealthCase(
              "metadata: {generation: 3}\n"
                  + "status: {observedGeneration: 2, conditions: [{type: Ready, status: 'True',"
                  + " message: Was.}]}",
              "Progressing Waiting for the operator.",
              "InProgress",
              "InProgress"),
          new HealthCase(
              "metadata: {generation: 1}\nspec: {suspend: true}",
              "Suspended Suspended in the spec.",
              "Current",
              "Current"),
          new HealthCase(
              "spec: {suspend: true}\n"
                  + AT_2.formatted(
                      "{type: Stalled, status: 'True', reason: InvalidKey, message: Wrong.}"),
              "Suspended Suspended in the spec.",
              "Current",
              "Failed"),
          new HealthCase(
              "spec: {suspend: false}\n"
                  + AT_2.formatted(
                      "{type: Ready, status: 'True', reason: Verified, message: Proven.}"),
              "Healthy Proven.",
              "Current",
              "Current"),
          new HealthCase(
              AT_2.formatted(
                  "{type: Ready, status: 'False', reason: KeyNotReady, message: Waits.}, {type:"
                      + " Reconciling, status: 'True'}"),
              "Progressing Waits.",
              "InProgress",
              "InProgress"),
          // A refused new key with a good old one.
          new HealthCase(
              AT_2.formatted(
                  "{type: Ready, status: 'True', reason: KeptLastGood, message: Kept.}, {type:"
                      + " Stalled, status: 'True', reason: InvalidKey, message: Wrong.}"),
              "Degraded InvalidKey: Wrong.",
              "Failed",
              "Failed"),
          new HealthCase(
              AT_2.formatted(
                  "{type: Stalled, status: 'False', reason: Fine, message: Fine.}, {type: Ready,"
                      + " status: 'Unknown', message: Nobody knows.}"),
              "Progressing Nobody knows.",
              "InProgress",
              "InProgress"),
          // Stalled on what was there before the last change.
          new HealthCase(
              "metadata: {generation: 3}\n"
                  + "status: {observedGeneration: 2, conditions: [{type: Stalled, status: 'True',"
                  + " reason: InvalidKey, message: Wrong.}]}",
              "Progressing Waiting for the operator.",
              "InProgress",
              "InProgress"),
          new HealthCase(
              AT_2.formatted(""),
              "Progressing Waiting for the operator.",
              "InProgress",
              "Current"));
}
