package dev.llmconfig.documents;

import dev.llmconfig.testing.ControlPlane;
import java.nio.file.Files;

/// A way in which a Secret arrives, each with its own tool. The files are those of the example, in
/// another namespace.
enum Way {
  BY_HAND("plain-secret") {
    @Override
    void bring(Example example, String key) throws Exception {
      example.write("now.key", key);
      example.run(MAKE + " | kubectl apply --server-side -f -");
    }

    @Override
    void remove(Example example) throws Exception {
      example.run("kubectl delete secret openai");
    }
  },

  SOPS("sops") {
    @Override
    void bring(Example example, String key) throws Exception {
      var file = example.folder().resolve("10.Secret.openai.yaml");
      var plain = Files.readString(Example.original("sops").resolve(file.getFileName()));
      example.write(
          "10.Secret.openai.yaml",
          plain
              .replaceFirst(" *namespace: .*\n", "")
              .replaceFirst("api-key: .*", "api-key: \"" + key + "\""));
      example.run(
          "[ -e age.key ] || age-keygen -o age.key 2> /dev/null",
          "sops encrypt --age \"$(age-keygen -y age.key)\" --encrypted-regex '^(data|stringData)$'"
              + " --in-place 10.Secret.openai.yaml",
          "SOPS_AGE_KEY_FILE=age.key sops decrypt 10.Secret.openai.yaml"
              + " | kubectl apply --server-side -f -");
    }

    @Override
    void remove(Example example) throws Exception {
      example.run("kubectl delete -f 10.Secret.openai.yaml");
    }
  },

  EXTERNAL_SECRETS("external-secrets") {
    @Override
    AutoCloseable controller(ControlPlane plane, Example example) throws Exception {
      return ExternalSecrets.start(plane, plane.namespace(), example);
    }

    @Override
    void bring(Example example, String key) throws Exception {
      example.run(
          "sed 's/\"sk-from-the-vault-0000\"/\""
              + key
              + "\"/' 10.SecretStore.vault.yaml | kubectl apply -f -",
          "kubectl apply -f 20.ExternalSecret.openai.yaml",
          "kubectl annotate externalsecret openai --overwrite force-sync=\"$(date +%s%N)\"");
    }

    /// The garbage collector takes the Secret with its owner.
    @Override
    void remove(Example example) throws Exception {
      example.run("kubectl delete externalsecret openai");
    }
  },

  SEALED_SECRET("sealed-secret") {
    @Override
    void bring(Example example, String key) throws Exception {
      example.write("now.key", key);
      example.run(MAKE + " | kubeseal --format yaml | kubectl apply -f -");
    }

    /// The garbage collector takes the Secret with its owner.
    @Override
    void remove(Example example) throws Exception {
      example.run("kubectl delete sealedsecret openai");
    }
  };

  private static final String MAKE =
      "kubectl create secret generic openai --from-file=api-key=now.key --dry-run=client -o yaml";

  private final String example;

  Way(String example) {
    this.example = example;
  }

  String example() {
    return example;
  }

  /// What has to run beside the operator, and is not part of the control plane.
  AutoCloseable controller(ControlPlane plane, Example shell) throws Exception {
    return () -> {};
  }

  /// Makes the Secret, or changes it. An empty key is one that somebody emptied by mistake.
  abstract void bring(Example in, String key) throws Exception;

  abstract void remove(Example in) throws Exception;
}
