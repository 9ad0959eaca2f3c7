package dev.llmconfig.api;

import java.util.List;

/// What there is to say about one provider. Written once, while the constants of `Provider` are
/// made, and never changed after; the defaults are those of the commonest provider: the OpenAI
/// dialect, a bearer key, a model list under `/models`.
///
/// Paths are relative to the endpoint. `{model}` stands for a model's id.
final class ProviderFacts {

  final Dialect dialect;
  String endpoint = "";
  boolean keyless;
  List<String> ownHosts = List.of();
  KeyHeader keyHeader = KeyHeader.Bearer;
  List<String> keyPrefixes = List.of();
  List<String> keyVariables = List.of();
  String keyCall = "";
  String list = "/models";
  String modelCall = "/models/{model}";
  String apiPath = "";
  TokenField tokenField = TokenField.MaxTokens;
  boolean listProvesKey = true;
  boolean loadsModels;

  private ProviderFacts(Dialect dialect) {
    this.dialect = dialect;
  }

  static ProviderFacts openAi() {
    return new ProviderFacts(Dialect.OpenAI);
  }

  static ProviderFacts anthropic() {
    return new ProviderFacts(Dialect.Anthropic)
        .keyIn(KeyHeader.XApiKey)
        .list("/v1/models?limit=1000")
        .modelCall("/v1/models/{model}");
  }

  static ProviderFacts gemini() {
    return new ProviderFacts(Dialect.Gemini)
        .keyIn(KeyHeader.XGoogApiKey)
        .list("/v1beta/models?pageSize=1000")
        .modelCall("/v1beta/models/{model}");
  }

  static ProviderFacts echo() {
    return new ProviderFacts(Dialect.Echo).withoutKey();
  }

  /// Where it is reached when the object names no endpoint.
  ProviderFacts at(String url) {
    endpoint = url;
    return this;
  }

  /// It can do without a key.
  ProviderFacts withoutKey() {
    keyless = true;
    return this;
  }

  /// Hosts that a key may go to without further consent.
  ProviderFacts ownHosts(String... patterns) {
    ownHosts = List.of(patterns);
    return this;
  }

  ProviderFacts keyIn(KeyHeader header) {
    keyHeader = header;
    return this;
  }

  /// How its keys begin: only a hint, nothing is ever refused for it.
  ProviderFacts keyPrefixes(String... prefixes) {
    keyPrefixes = List.of(prefixes);
    return this;
  }

  /// The environment variables that its own SDK takes the key from.
  ProviderFacts keyVariables(String... names) {
    keyVariables = List.of(names);
    return this;
  }

  /// The call that tells about the key itself; it comes before the list.
  ProviderFacts keyCall(String path) {
    keyCall = path;
    return this;
  }

  /// Where the models are listed.
  ProviderFacts list(String path) {
    list = path;
    return this;
  }

  ProviderFacts withoutList() {
    list = "";
    modelCall = "";
    return this;
  }

  /// Where one model is asked for.
  ProviderFacts modelCall(String path) {
    modelCall = path;
    return this;
  }

  /// Models cannot be asked for one by one.
  ProviderFacts withoutModelCall() {
    modelCall = "";
    return this;
  }

  /// What stands between the endpoint and `/chat/completions`.
  ProviderFacts apiPath(String path) {
    apiPath = path;
    return this;
  }

  ProviderFacts tokenField(TokenField field) {
    tokenField = field;
    return this;
  }

  /// Some servers list their models to anybody: what the key is worth shows only when the same call
  /// fails without it.
  ProviderFacts listsToAnybody() {
    listProvesKey = false;
    return this;
  }

  /// A first answer may have to wait for the model to be read from disk.
  ProviderFacts loadsModels() {
    loadsModels = true;
    return this;
  }
}
