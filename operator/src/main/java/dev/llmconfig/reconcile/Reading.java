package dev.llmconfig.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.v1alpha1.SpecPart;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How our clients read objects.
public final class Reading {

  private Reading() {}

  /// An object of newer CRDs must not end the watch of all the others: a word that is not known
  /// here is read as absent. What is required and absent is then reported as an invalid spec; where
  /// absent would mean a default, the word is kept beside it ([SpecPart]), and reported as well.
  public static KubernetesSerialization lenient() {
    var mapper = new ObjectMapper();
    mapper.addHandler(new UnknownWords());
    mapper.registerModule(new SimpleModule().addDeserializer(FieldsV1.class, new SharedOwners()));
    return new KubernetesSerialization(mapper, true);
  }

  /// Annotations can hold what was applied, keys included, and the owners of fields are half of an
  /// object; neither is needed to notice a change.
  static KubernetesSerialization barest() {
    var mapper = new ObjectMapper();
    mapper.addMixIn(ObjectMeta.class, Barest.class);
    // The API server answers the list of a namespace without Secrets with `items: null`.
    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    return new KubernetesSerialization(mapper, true);
  }

  @JsonIgnoreProperties({"annotations", "managedFields"})
  private interface Barest {}

  private static final class UnknownWords extends DeserializationProblemHandler {
    private static final String OURS = ApiGroup.class.getPackageName();

    @Override
    public @Nullable Object handleWeirdStringValue(
        DeserializationContext context, Class<?> type, String word, String message)
        throws IOException {
      if (!type.isEnum() || !type.getPackageName().equals(OURS)) {
        return NOT_HANDLED;
      }
      var parser = context.getParser();
      if (parser.currentValue() instanceof SpecPart part) {
        part.keepUnknownWord(parser.currentName(), word);
      }
      return null;
    }
  }
}
