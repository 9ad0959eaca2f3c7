package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Manner.Run;
import java.util.List;
import java.util.Map;

/// The requests of one caller. What is not done is an [ApiRefusal].
interface Requests {

  /// With those who write the same objects.
  Patience patience();

  Live get(Kind kind, Ref ref);

  List<Live> list(Kind kind, String namespace, String fieldSelector);

  /// Of a kind whose content is nobody's to see here.
  List<Live> listMetadata(Kind kind, String namespace);

  /// Never over another of that name, as an apply would.
  Live create(Kind kind, ObjectNode object, Run run);

  /// Server-side apply; uid and resourceVersion in the object guard it.
  Live apply(Live seen, ObjectNode intent, Run run, boolean force);

  /// Of several fields at once, which are taken from whoever has them.
  Live patch(Live seen, ArrayNode operations, Run run);

  Live merge(Kind kind, Ref ref, ObjectNode change, String manager);

  /// Only the version that was looked at.
  void delete(Live seen, Run run);

  /// Sets annotations under the name that owns nothing which counts.
  default Live annotate(Kind kind, Ref ref, Map<String, String> annotations) {
    return merge(kind, ref, annotating(annotations), FieldManagers.PLAYGROUND_ACTION);
  }

  /// As a merge patch.
  static ObjectNode annotating(Map<String, String> annotations) {
    var body = Trees.object();
    var texts = body.putObject("metadata").putObject("annotations");
    annotations.forEach(texts::put);
    return body;
  }
}
