package dev.llmconfig.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A part of a spec that has words in it, each one of a few. An operator that is older than the
/// CRDs can meet a word that it does not know; its client then reads the field as absent, because
/// one object must not end the watch of all. What the word was is kept here, so that absent for
/// that reason is never taken for a default: who wrote another `mode` must not get Env.
public abstract class SpecPart {

  @JsonIgnore private final SortedMap<String, String> unknownWords = new TreeMap<>();

  /// By the name of the field; for what reads leniently.
  public final void keepUnknownWord(String field, String word) {
    unknownWords.put(field, word);
  }

  /// By the name of the field; empty where everything was understood.
  public final SortedMap<String, String> unknownWords() {
    return Collections.unmodifiableSortedMap(unknownWords);
  }
}
