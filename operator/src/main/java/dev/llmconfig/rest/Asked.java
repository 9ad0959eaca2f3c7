package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.Reach;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.provider.transport.HangUp;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A request that its caller may make.
///
/// @param path as it was written
/// @param id of the object that the path names; empty for none
/// @param ifNoneMatch the states that the caller has already
/// @param ifMatch the states of the object for which the change is meant
/// @param sent the body, held against what the route takes; empty where it takes none
/// @param visitor who is at the other end
/// @param lastEventId what was read of a stream before; empty for nothing
/// @param form what the answer is to be told in
/// @param gone that the caller has left
/// @param reach of a list: where its rows may be from
record Asked(
    String requestId,
    String path,
    String id,
    Query query,
    List<String> ifNoneMatch,
    List<String> ifMatch,
    ObjectNode sent,
    Visitor visitor,
    String lastEventId,
    Form form,
    HangUp gone,
    Optional<Caller> caller,
    Reach reach) {

  /// Namespace and name in one word: a namespace has no dot.
  static Optional<Ref> ref(String id) {
    var dot = id.indexOf('.');
    return dot <= 0 || dot == id.length() - 1
        ? Optional.empty()
        : Optional.of(new Ref(id.substring(0, dot), id.substring(dot + 1)));
  }

  boolean yaml() {
    return form == Form.Yaml;
  }

  Asked within(Reach other) {
    return new Asked(
        requestId,
        path,
        id,
        query,
        ifNoneMatch,
        ifMatch,
        sent,
        visitor,
        lastEventId,
        form,
        gone,
        caller,
        other);
  }

  Ref ref() {
    return ref(id).orElseThrow();
  }

  static List<String> states(String header) {
    return Arrays.stream(header.split(",", -1)).map(String::strip).toList();
  }

  /// A weak comparison, as it is for reading.
  boolean has(String etag) {
    return ifNoneMatch.contains("*")
        || ifNoneMatch.stream().anyMatch(one -> strong(one).equals(strong(etag)));
  }

  private static String strong(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }

  /// Whether a row is of a namespace that was asked for and may be shown.
  boolean shows(String namespace) {
    return reach.includes(namespace) && query.allows("namespace", namespace);
  }

  Caller signedIn() {
    return caller.orElseThrow();
  }
}
