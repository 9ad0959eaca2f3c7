package dev.llmconfig.agent;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one workload gets, as bytes: the input of the hash in the annotation `rendered`. Equal
/// bytes mean that nothing is written and nobody restarts (traps R50), so only what reaches the
/// workload is in them, sorted, and every text with its length so that no two lists look alike. The
/// key is in them by the names of its Secret and revision only.
public final class RenderedBytes {

  private RenderedBytes() {}

  /// For modes Env and Gateway.
  public static byte[] ofEnv(List<Entry> entries, String keyRevision) {
    return bytes("env", keyRevision, byName(entries));
  }

  /// For mode EnvFrom.
  ///
  /// @param secret the Secret that the workload's manifest names
  public static byte[] ofEnvFrom(List<Entry> entries, String keyRevision, String secret) {
    SortedMap<String, String> all = byName(entries);
    all.put("/secret", secret);
    return bytes("envFrom", keyRevision, all);
  }

  /// For mode File.
  public static byte[] ofFiles(AgentFiles files, String keyRevision) {
    var all = new TreeMap<String, String>(files.contents());
    all.put("/path", files.mountPath());
    Optional<KeyRef> key = files.key();
    key.ifPresent(ref -> all.put("/secret", ref.secret()));
    return bytes("file", keyRevision, all);
  }

  private static SortedMap<String, String> byName(List<Entry> entries) {
    var all = new TreeMap<String, String>();
    for (Entry entry : entries) {
      all.put(
          entry.name(),
          switch (entry.value()) {
            case Entry.Literal(var text) -> "value " + text;
            case Entry.Key(var ref) -> "secret " + ref.secret();
          });
    }
    return all;
  }

  private static byte[] bytes(String mode, String keyRevision, SortedMap<String, String> all) {
    var out = new ByteArrayOutputStream();
    put(out, mode);
    put(out, keyRevision);
    all.forEach((name, value) -> {
      put(out, name);
      put(out, value);
    });
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }
}
