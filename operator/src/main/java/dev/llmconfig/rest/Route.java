package dev.llmconfig.rest;

import dev.llmconfig.rest.shape.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// One row of the table of routes: what can be asked, of whom, and what comes back.
///
/// @param path with `{id}` for the object
/// @param needs empty for a route that nobody has thought about, with which no server starts
/// @param sent what it takes
/// @param matching whether it is told which state of an object it is for
/// @param streams whether the answer may come as events
/// @param also in what it can be told besides JSON: an object in YAML, as it would be committed
/// @param success what an answer holds that is no problem
/// @param done the statuses with that; 204 holds nothing
/// @param others more statuses that it may answer with
/// @param missing what it is called when the object is not there
record Route(
    String method,
    String path,
    String summary,
    Optional<Needs> needs,
    List<Parameter> parameters,
    Sent sent,
    Matching matching,
    boolean streams,
    Form also,
    Body success,
    List<Integer> done,
    List<Integer> others,
    ProblemReason missing,
    Operation operation) {

  /// Does it.
  interface Operation {
    Answer answer(Asked asked);
  }

  /// How it is told with `If-Match` which state of an object it is for.
  enum Matching {
    /// There is no such object.
    Never,
    /// By whoever cares: it does the same to any state.
    Possible,
    /// It changes what somebody has read.
    Required
  }

  /// What an answer holds.
  sealed interface Body {}

  record One(Class<?> shape) implements Body {}

  /// A list of such.
  ///
  /// @param extras fields beside the usual ones, each a text
  /// @param others lists beside the items, of such
  record ListOf(Class<?> item, List<String> extras, Map<String, Class<?>> others) implements Body {
    public ListOf {
      extras = List.copyOf(extras);
      others = Map.copyOf(others);
    }
  }

  /// The object, or what a dry run tells.
  record Either(Class<?> shape, Class<?> other) implements Body {}

  /// Any object.
  record Document() implements Body {}

  /// YAML, and nothing else.
  record Manifests() implements Body {}

  /// Events, and nothing else.
  record Events() implements Body {}

  Route {
    parameters = List.copyOf(parameters);
    done = List.copyOf(done);
    others = List.copyOf(others);
  }

  static Draft get(String path, String summary) {
    return new Draft("GET", path, summary, new Sent.Nothing());
  }

  static Draft post(String path, String summary, Sent sent) {
    return new Draft("POST", path, summary, sent);
  }

  static Draft put(String path, String summary, Sent sent) {
    return new Draft("PUT", path, summary, sent);
  }

  static Draft patch(String path, String summary, Sent sent) {
    return new Draft("PATCH", path, summary, sent);
  }

  static Draft delete(String path, String summary) {
    return new Draft("DELETE", path, summary, new Sent.Nothing());
  }

  boolean reads() {
    return method.equals("GET");
  }

  boolean declares() {
    return also == Form.Yaml;
  }

  boolean ofAnObject() {
    return path.contains("{id}");
  }

  /// Every status that it may answer with.
  SortedSet<Integer> statuses() {
    var all = new TreeSet<>(List.of(400, 406, 414, 421, 431, 500, 503));
    all.addAll(done);
    all.addAll(others);
    if (reads()) {
      all.add(304);
    }
    if (!(sent instanceof Sent.Nothing)) {
      all.addAll(List.of(413, 415, 422));
    }
    switch (matching) {
      case Never -> {}
      case Possible -> all.add(412);
      case Required -> all.addAll(List.of(412, 428));
    }
    if (!needs.orElseThrow().open()) {
      all.add(401);
    }
    if (!(needs.orElseThrow().open() || needs.orElseThrow() instanceof Needs.SignedIn)) {
      all.add(403);
    }
    if (ofAnObject()) {
      all.add(404);
    }
    return all;
  }

  /// A route being written down.
  static final class Draft {
    private final String method;
    private final String path;
    private final String summary;
    private final Sent sent;
    private List<Integer> done = List.of(200);
    private Matching matching = Matching.Never;
    private boolean streams;
    private Form also = Form.Json;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Integer> others = new ArrayList<>();
    private Optional<Needs> needs = Optional.empty();
    private Body success = new Document();
    private ProblemReason missing = ProblemReason.NotFound;

    private Draft(String method, String path, String summary, Sent sent) {
      this.method = method;
      this.path = path;
      this.summary = summary;
      this.sent = sent;
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

    /// An answer that is YAML.
    Draft manifests() {
      success = new Manifests();
      return this;
    }

    /// An object that can be told in YAML as well.
    Draft declares() {
      also = Form.Yaml;
      return this;
    }

    /// A list that can be told on lines as well.
    Draft lines() {
      also = Form.Lines;
      return this;
    }

    /// A change of such an object, which can be tried out and can be made in spite of others.
    Draft changes(Class<?> shape) {
      success = new Either(shape, Impact.class);
      parameters.add(Parameter.yes("dryRun", "Changes nothing and tells what would change."));
      parameters.add(
          Parameter.yes("force", "Takes over fields of others, which they were asked about."));
      others.add(409);
      others.add(422);
      return declares();
    }

    /// A list, with the parameters that lists have.
    Draft lists(Class<?> item, List<String> sortable, String... extras) {
      success = new ListOf(item, List.of(extras), Map.of());
      var own = parameters.stream().map(Parameter::name).toList();
      Parameter.paging(sortable).filter(one -> !own.contains(one.name())).forEach(parameters::add);
      return this;
    }

    /// Another list in the answer of one.
    Draft beside(String name, Class<?> item) {
      if (success instanceof ListOf(var items, var extras, _)) {
        success = new ListOf(items, extras, Map.of(name, item));
      }
      return this;
    }

    /// The statuses of an answer that is no problem.
    Draft answers(Integer... statuses) {
      done = List.of(statuses);
      return this;
    }

    /// It changes an object, and must be told which state of it with `If-Match`.
    Draft matching() {
      matching = Matching.Required;
      return this;
    }

    /// It does something to an object, and may be told to which state of it.
    Draft mayMatch() {
      matching = Matching.Possible;
      return this;
    }

    /// It tells events for as long as somebody reads.
    Draft events() {
      success = new Events();
      return streaming();
    }

    /// Its answer may come as events, as it is made.
    Draft streaming() {
      streams = true;
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
          method,
          path,
          summary,
          needs,
          parameters,
          sent,
          matching,
          streams,
          also,
          success,
          done,
          others,
          missing,
          operation);
    }
  }
}
