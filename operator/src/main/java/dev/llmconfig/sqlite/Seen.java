package dev.llmconfig.sqlite;

import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorRow;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.ObjectVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A row about to be written, as far as one must know to tell whether it is new.
sealed interface Seen {

  ObjectKind kind();

  MirrorRow row();

  default Ref ref() {
    return row().ref();
  }

  default ObjectVersion version() {
    return row().version();
  }

  /// Everything the row is made of: rows with equal stamps are equal.
  String stamp();

  /// Who brought about the change from an earlier row of the same object.
  default String manager(long generation, String resourceVersion) {
    return version().generation() == generation ? version().lastManager() : version().specManager();
  }

  record Key(KeyRow row) implements Seen {
    @Override
    public ObjectKind kind() {
      return ObjectKind.ApiKeyConfig;
    }

    @Override
    public String stamp() {
      return stamp(
          row.version().uid(),
          row.version().resourceVersion(),
          row.secretVersion(),
          row.factsVersion());
    }

    static String stamp(
        String uid, String resourceVersion, String secretVersion, String factsVersion) {
      return String.join("/", uid, resourceVersion, secretVersion, factsVersion);
    }

    /// Only the operator writes what it makes for a key.
    @Override
    public String manager(long generation, String resourceVersion) {
      return version().resourceVersion().equals(resourceVersion)
          ? FieldManagers.OPERATOR
          : Seen.super.manager(generation, resourceVersion);
    }
  }

  record Agent(AgentRow row) implements Seen {
    @Override
    public ObjectKind kind() {
      return ObjectKind.Agent;
    }

    @Override
    public String stamp() {
      return stamp(row);
    }

    /// What moves by itself, such as the count of its pods, is no news.
    static String stamp(AgentRow row) {
      var version = row.version();
      return String.join(
          "\n",
          version.uid(),
          Long.toString(version.generation()),
          Boolean.toString(version.deleting()),
          version.marks(),
          row.modelConfig(),
          row.mode(),
          row.profile(),
          row.standing().toString(),
          row.requested().toString(),
          row.running().toString(),
          row.detail().containers(),
          digest(row.detail().sketch()));
    }

    /// It is long, and compared only.
    private static String digest(String text) {
      try {
        return HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every JDK has SHA-256", impossible);
      }
    }

    /// Its own status says nothing here.
    @Override
    public String manager(long generation, String resourceVersion) {
      return version().generation() == generation
          ? FieldManagers.OPERATOR
          : version().specManager();
    }
  }

  record ModelConfig(ModelConfigRow row) implements Seen {
    @Override
    public ObjectKind kind() {
      return ObjectKind.ModelConfig;
    }

    @Override
    public String stamp() {
      return stamp(row.version().uid(), row.version().resourceVersion());
    }

    static String stamp(String uid, String resourceVersion) {
      return uid + "/" + resourceVersion;
    }
  }
}
