package dev.llmconfig.domain;

import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
import dev.llmconfig.api.v1alpha1.AppliedBasis;
import dev.llmconfig.api.v1alpha1.AppliedSettings;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The last good settings as a status holds them, there and back. What is incomplete, because
/// another version wrote it, is forgotten as a whole: half of the last good settings is nothing to
/// go back to.
public final class AppliedStatus {

  private AppliedStatus() {}

  public static AppliedSettings write(Revision settings, ParameterBasis basis) {
    var bean = new AppliedSettings();
    bean.setModel(settings.model());
    bean.setApiKey(settings.apiKey());
    bean.setProvider(settings.provider());
    settings.keyRevision().ifPresent(bean::setApiKeyRevision);
    bean.setEndpoint(settings.endpoint().text());
    settings.apiVersion().ifPresent(bean::setApiVersion);
    if (!settings.headers().isEmpty()) {
      bean.setHeaders(
          settings.headers().entrySet().stream()
              .map(entry -> header(entry.getKey(), entry.getValue()))
              .toList());
    }
    if (!settings.parameters().isEmpty()) {
      bean.setParameters(ParameterJson.write(settings.parameters()));
    }
    bean.setBasis(write(basis));
    bean.setProfile(settings.profile().label());
    settings.profile().file().ifPresent(bean::setProfileFile);
    bean.setMode(settings.mode());
    if (!settings.containers().isEmpty()) {
      bean.setContainers(List.copyOf(settings.containers()));
    }
    bean.setFileMountPath(settings.fileMountPath());
    return bean;
  }

  private static AppliedBasis write(ParameterBasis basis) {
    var bean = new AppliedBasis();
    bean.setDeclared(basis.declared());
    bean.setTokenField(basis.tokenField());
    bean.setOnlyTemperatureOne(basis.onlyTemperatureOne());
    bean.setRefusesTopP(basis.refusesTopP());
    bean.setReasons(basis.reasons());
    basis.contextTokens().ifPresent(bean::setContextTokens);
    return bean;
  }

  private static dev.llmconfig.api.v1alpha1.Header header(String name, String value) {
    var header = new dev.llmconfig.api.v1alpha1.Header();
    header.setName(name);
    header.setValue(value);
    return header;
  }

  public static Optional<AppliedRevision> read(
      @Nullable String name, @Nullable AppliedSettings bean) {
    return given(name)
        .flatMap(revision ->
            Optional.ofNullable(bean)
                .flatMap(one ->
                    basis(one.getBasis())
                        .flatMap(basis ->
                            settings(one)
                                .map(settings -> new AppliedRevision(revision, settings, basis)))));
  }

  private static Optional<Revision> settings(AppliedSettings bean) {
    var apiKey = given(bean.getApiKey());
    var provider = Optional.<Provider>ofNullable(bean.getProvider());
    var endpoint = given(bean.getEndpoint()).flatMap(AppliedStatus::endpoint);
    var model = given(bean.getModel());
    var parameters =
        bean.getParameters() == null
            ? Optional.of(Parameters.none())
            : ParameterJson.read(bean.getParameters());
    var profile = given(bean.getProfile());
    var mode = Optional.<DeliveryMode>ofNullable(bean.getMode());
    var path = given(bean.getFileMountPath());
    var whole =
        List.of(apiKey, provider, endpoint, model, parameters, profile, mode, path).stream()
            .allMatch(Optional::isPresent);
    return whole
        ? Optional.of(
            new Revision(
                apiKey.orElseThrow(),
                provider.orElseThrow(),
                given(bean.getApiKeyRevision()),
                endpoint.orElseThrow(),
                given(bean.getApiVersion()),
                headers(bean),
                model.orElseThrow(),
                parameters.orElseThrow(),
                new Revision.ProfileUsed(
                    profile.orElseThrow(), Optional.empty(), given(bean.getProfileFile())),
                mode.orElseThrow(),
                new TreeSet<>(Objects.requireNonNullElse(bean.getContainers(), List.of())),
                path.orElseThrow()))
        : Optional.empty();
  }

  private static Optional<ParameterBasis> basis(@Nullable AppliedBasis bean) {
    var declared = Optional.ofNullable(bean).flatMap(one -> given(one.getDeclared()));
    var tokenField =
        Optional.ofNullable(bean)
            .flatMap(one -> Optional.<TokenField>ofNullable(one.getTokenField()));
    return declared.isEmpty() || tokenField.isEmpty() || bean == null
        ? Optional.empty()
        : Optional.of(
            new ParameterBasis(
                declared.get(),
                tokenField.get(),
                Boolean.TRUE.equals(bean.getOnlyTemperatureOne()),
                Boolean.TRUE.equals(bean.getRefusesTopP()),
                Boolean.TRUE.equals(bean.getReasons()),
                bean.getContextTokens() == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(bean.getContextTokens())));
  }

  private static SortedMap<String, String> headers(AppliedSettings bean) {
    var headers = new TreeMap<String, String>();
    for (var header :
        Objects.requireNonNullElse(
            bean.getHeaders(), List.<dev.llmconfig.api.v1alpha1.Header>of())) {
      headers.put(
          Objects.requireNonNullElse(header.getName(), "").toLowerCase(Locale.ROOT),
          Objects.requireNonNullElse(header.getValue(), ""));
    }
    return headers;
  }

  private static Optional<Endpoint> endpoint(String text) {
    return Endpoint.parse(text) instanceof Validated.Valid<Endpoint>(var endpoint)
        ? Optional.of(endpoint)
        : Optional.empty();
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }
}
