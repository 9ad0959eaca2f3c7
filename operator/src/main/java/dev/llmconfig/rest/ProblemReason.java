package dev.llmconfig.rest;

/// Every way in which a request ends other than it should, each with its status and the next step.
/// People script against these words, so none is ever renamed.
public enum ProblemReason {
  UnknownParameter(
      400, "Unknown parameter", "Correct the query; the OpenAPI document lists what there is."),
  MalformedRequest(400, "Not readable", "Send a request of HTTP 1.1."),
  MalformedJson(
      400, "JSON not readable", "Send one JSON object in UTF-8, every name in it only once."),
  MalformedYaml(400, "YAML not readable", "Send YAML in UTF-8 that says no more than JSON could."),
  UnknownField(400, "Unknown field", "Correct the name; the OpenAPI document lists what there is."),
  CursorInvalid(400, "Cursor not usable", "Ask for the first page again, without a cursor."),
  NamespaceRequired(400, "Namespace required", "Name the namespaces with the parameter namespace."),
  ConflictingCredentials(
      400, "Two credentials", "Send either Authorization or the session's cookie."),
  NoCredentials(401, "Not signed in", "Send Authorization: Bearer with a Kubernetes token."),
  TokenRejected(
      401, "Token not accepted", "Get a new token, for example with kubectl create token."),
  SessionExpired(401, "Session ended", "Sign in again."),
  CrossSiteRefused(
      403,
      "Not from our own page",
      "Use the page itself, or a script with Authorization: Bearer and no cookie."),
  InsecureLogin(
      403,
      "Connection not encrypted",
      "Use https with --public-url and --trusted-proxies, or http://localhost through kubectl"
          + " port-forward."),
  Forbidden(403, "Not allowed", "Ask for the role llmconfig-view in that namespace."),
  SecretNotReadable(
      403, "Secret not readable", "Ask who owns the Secret, or enter the key itself."),
  NotFound(404, "Not found", "Check the address; the OpenAPI document lists the routes."),
  ApiKeyNotFound(404, "Key not found", "List the keys to see what there is."),
  ModelNotFound(404, "Model not found", "List the configs or agents to see what there is."),
  MethodNotAllowed(405, "Method not allowed", "Use one of the methods in the header Allow."),
  NotAcceptable(406, "No such form", "Send Accept: application/json, or leave the header out."),
  AlreadyExists(409, "Name taken", "Choose another name."),
  InUse(409, "In use", "Name another key with replaceWith, or delete it with force=true."),
  Deleting(409, "Being deleted", "Wait until it is gone, and make it again."),
  ManagedByGit(409, "Managed by a tool", "Commit what yaml holds where the tool reads it."),
  FieldOwnedByAnotherManager(
      409, "Field of somebody else", "Send force=true to take these fields over."),
  KeyHeldElsewhere(
      409, "Key held elsewhere", "Change it there, or name with store where it goes from now on."),
  NotInThisMode(409, "Not in this mode", "Look in the guide for what takes its place here."),
  ChangedMeanwhile(
      412, "Changed meanwhile", "Look at what is there now, and send the change again for that."),
  TooLarge(413, "Too large", "Send at most 1 MiB."),
  AddressTooLong(414, "Address too long", "Ask for less at a time."),
  UnsupportedMediaType(
      415, "Content type not known", "Send application/json, and name it in Content-Type."),
  HostNotAllowed(
      421, "Host not known", "Use an address that this server is known by, or set --public-url."),
  Invalid(422, "Not valid", "Correct the fields that are named."),
  KeyLooksMasked(422, "A mask, not a key", "Send the key itself, or leave it out."),
  KeyMalformed(422, "Not a key", "Send the bare key, on one line."),
  KeyEmpty(422, "No key", "Send the key, or leave the field out."),
  LooksLikeAKey(422, "A key in a field that all can read", "Send it in the field key."),
  KeyRequiredForNewEndpoint(422, "Key needed for another place", "Send key in the same request."),
  DecryptionFailed(
      422,
      "Token not opened",
      "Make the token again with llmconfig encrypt and the encryption key of this installation, or"
          + " send the key itself."),
  TokenBoundElsewhere(
      422,
      "Token made for another place",
      "Make the token again with llmconfig encrypt for this namespace, name and endpoint."),
  EndpointNotAllowed(
      422,
      "Endpoint not agreed to",
      "Let the owner of the Secret run the command, or send consent: true."),
  NamespaceNotWatched(
      422, "Namespace not watched", "Choose one of those that the operator watches."),
  IfMatchRequired(
      428, "If-Match required", "Send If-Match with the ETag that you have seen, or with *."),
  HeadersTooLarge(431, "Headers too large", "Send fewer or shorter headers."),
  TooManyRequests(429, "Too many requests", "Wait as long as Retry-After says."),
  InvalidEncryptionKey(
      500,
      "Encryption key does not fit",
      "Put the key that the stored keys were encrypted with back into the ring."),
  InternalError(500, "Unforeseen error", "Report it with the request id."),
  ApiServerUnavailable(
      503, "Cluster not reachable", "Try again; what was read before may still be read."),
  KeyRingMissing(
      503,
      "No encryption key",
      "Restore the key ring of the operator from its backup; nothing needs a restart."),
  OutcomeUnknown(503, "Outcome not known", "Load it again to see whether it was changed."),
  MirrorUnavailable(503, "No state to answer from", "Try again; the operator is making it.");

  private final int status;
  private final String title;
  private final String action;

  ProblemReason(int status, String title, String action) {
    this.status = status;
    this.title = title;
    this.action = action;
  }

  public int status() {
    return status;
  }

  /// The same for all of them.
  public String title() {
    return title;
  }

  /// The next step.
  public String action() {
    return action;
  }
}
