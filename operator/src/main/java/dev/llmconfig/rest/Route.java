package dev.llmconfig.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One row of the table of routes: what can be asked, of whom, and what comes back.
///
/// @param path with `{id}` for the object
/// @param needs empty for a route that nobody has thought about, with which no server starts
/// @param success what a 200 holds
/// @param others more statuses with that same body
/// @param missing what it is called when the object is not there
record Route(
    String method,
    String path,
    String summary,
    Optional<Needs> needs,
    List<Parameter> parameters,
    Body success,
    List<Integer> others,
    ProblemReason missing,
    Operation operation) {

  /// Does it.
  interface Operation {
    Answer answer(Asked asked);
  }

  /// What an answer holds.
  sealed interface Body {}

  record One(Class<?> shape) implements Body {}

  /// A list of such.
  ///
  /// @param extras fields beside the usual ones, each a text
  record ListOf(Class<?> item, List<String> extras) implements Body {}

  /// Any object.
  record Document() implements Body {}

  Route {
    parameters = List.copyOf(parameters);
    others = List.copyOf(others);
  }

  static Draft get(String path, String summary) {
    return new Draft(path, summary);
  }

  boolean ofAnObject() {
    return path.contains("{id}");
  }

  /// Every status that it may answer with.
  SortedSet<Integer> statuses() {
    var all = new TreeSet<>(List.of(200, 304, 400, 421, 500, 503));
    all.addAll(others);
    if (!(needs.orElseThrow() instanceof Needs.Nothing)) {
      all.add(401);
    }
    if (!(needs.orElseThrow() instanceof Needs.Nothing
        || needs.orElseThrow() instanceof Needs.SignedIn)) {
      all.add(403);
    }
    if (ofAnObject()) {
      all.add(404);
    }
    return all;
  }

  /// A route being written down.
  static final class Draft {
    private final String path;
    private final String summary;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Integer> others = new ArrayList<>();
    private Optional<Needs> needs = Optional.empty();
    private Body success = new Document();
    private ProblemReason missing = ProblemReason.NotFound;

    private Draft(String path, String summary) {
      this.path = path;
      this.summary = summary;
    }

    Draft needs(Needs asked) {
      needs = Optional.of(asked);
      return this;
    }

    Draft takes(Parameter... more) {
      parameters.addAll(List.of(more));
      return this;
    }

    Draft gives(Class<?> shape) {
      success = new One(shape);
      return this;
    }

    /// A list, with the parameters that lists have.
    Draft lists(Class<?> item, List<String> sortable, String... extras) {
      success = new ListOf(item, List.of(extras));
      Stream.concat(parameters.stream().toList().stream(), Parameter.paging(sortable))
          .filter(one -> !parameters.contains(one))
          .forEach(parameters::add);
      return this;
    }

    Draft or(int status) {
      others.add(status);
      return this;
    }

    Draft missing(ProblemReason reason) {
      missing = reason;
      return this;
    }

    Route by(Operation operation) {
      return new Route(
          "GET", path, summary, needs, parameters, success, others, missing, operation);
    }
  }
}
