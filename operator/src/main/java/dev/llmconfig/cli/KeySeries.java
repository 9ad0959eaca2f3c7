package dev.llmconfig.cli;

import dev.llmconfig.mirror.KeyGlance;
import dev.llmconfig.mirror.Mirror;
import dev.llmconfig.reconcile.Encryption;
import dev.llmconfig.reconcile.KeyringSecret;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The series of every key, made at each scrape from the caches that every replica has: they are
/// there on followers, too, and gone with their key.
final class KeySeries implements MultiCollector {

  static final String KEYRING_PRESENT =
      "Whether the key ring is there and in force: 0 also while one is refused.";

  private final Mirror mirror;
  private final KeyringSecret keyring;

  KeySeries(Mirror mirror, KeyringSecret keyring) {
    this.mirror = mirror;
    this.keyring = keyring;
  }

  @Override
  public MetricSnapshots collect() {
    var keys = mirror.keys().toList();
    return MetricSnapshots.of(
        ofEach(
            "llmconfig_key_ready",
            "Whether the key may be used: 1 while its Ready condition is True.",
            keys,
            key -> Optional.of(key.ready() ? 1.0 : 0.0)),
        ofEach(
            "llmconfig_key_verified_timestamp_seconds",
            "When the provider last said something definite about the key.",
            keys,
            key -> key.verifiedAt().map(KeySeries::seconds)),
        ofEach(
            "llmconfig_key_expiry_timestamp_seconds",
            "When the key ends by its own expiresAt.",
            keys,
            key -> key.expiresAt().map(KeySeries::seconds)),
        present(),
        pending());
  }

  private static GaugeSnapshot ofEach(
      String name, String help, List<KeyGlance> keys, Function<KeyGlance, Optional<Double>> value) {
    var series = GaugeSnapshot.builder().name(name).help(help);
    for (var key : keys) {
      value
          .apply(key)
          .map(measured ->
              GaugeDataPointSnapshot.builder().labels(labels(key)).value(measured).build())
          .ifPresent(series::dataPoint);
    }
    return series.build();
  }

  /// A ring that was refused is not there: what is in force is in memory alone.
  private GaugeSnapshot present() {
    return GaugeSnapshot.builder()
        .name("llmconfig_keyring_present")
        .help(KEYRING_PRESENT)
        .dataPoint(
            GaugeDataPointSnapshot.builder()
                .value(keyring.state() == KeyringSecret.State.PRESENT ? 1 : 0)
                .build())
        .build();
  }

  /// Nobody can tell without a ring.
  private GaugeSnapshot pending() {
    var series =
        GaugeSnapshot.builder()
            .name("llmconfig_reencryption_pending")
            .help("Keys whose managed Secret or spec needs an older key of the key ring.");
    keyring
        .current()
        .map(Encryption::ring)
        .map(mirror::needingOlderKey)
        .map(count -> GaugeDataPointSnapshot.builder().value(count).build())
        .ifPresent(series::dataPoint);
    return series.build();
  }

  private static Labels labels(KeyGlance key) {
    return Labels.of(
        "namespace", key.ref().namespace(), "name", key.ref().name(), "provider", key.provider());
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1_000.0;
  }
}
