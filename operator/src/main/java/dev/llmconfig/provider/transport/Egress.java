package dev.llmconfig.provider.transport;

/// What stands between this installation and every provider: the proxies on the way, and whom to
/// believe besides the platform's authorities, such as a company's proxy that opens TLS.
public record Egress(ProxySettings proxies, ExtraTrust trust) {

  /// Nothing does.
  public static final Egress DIRECT = new Egress(ProxySettings.NONE, ExtraTrust.NONE);
}
