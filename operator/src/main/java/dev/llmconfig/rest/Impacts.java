package dev.llmconfig.rest;

import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.rest.shape.Impact;
import dev.llmconfig.rest.shape.Warning;
import dev.llmconfig.store.Becoming;
import dev.llmconfig.store.Consequences;
import dev.llmconfig.store.Effects;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Preview;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a dry run tells of a change to a key or a config.
record Impacts(MirrorPool mirror, InstantSource clock, ObjectKind kind) {

  static Impacts of(Parts parts, ObjectKind kind) {
    return new Impacts(parts.mirror(), parts.clock(), kind);
  }

  Impact of(Preview preview, boolean deletes, List<Warning> warnings) {
    var effects =
        mirror.read(view ->
            Consequences.of(
                view,
                preview.after().ref().namespace(),
                becoming(preview, deletes),
                clock.instant()));
    return shape(preview, effects, warnings);
  }

  /// Only the object itself can go; what else is touched only changes.
  private List<Becoming> becoming(Preview preview, boolean deletes) {
    var ref = preview.after().ref();
    var all = new ArrayList<Becoming>();
    preview
        .others()
        .forEach(other ->
            all.add(
                new Becoming.Changed(ObjectKind.ModelConfig, other.ref(), other.spec(), false)));
    all.add(
        deletes
            ? new Becoming.Gone(kind, ref)
            : new Becoming.Changed(
                kind,
                ref,
                preview.after().spec(),
                preview.changes().stream().anyMatch(one -> one.field().equals(KeyMaterial.FIELD))));
    return all;
  }

  private static Impact shape(Preview preview, Effects effects, List<Warning> warnings) {
    return new Impact(
        true,
        preview.after().spec(),
        preview.changes().stream()
            .map(one ->
                new Impact.FieldChange(
                    one.field(),
                    one.from().orElse(null),
                    one.to().orElse(null),
                    (one.from().isEmpty() && one.to().isEmpty()) ? true : null))
            .toList(),
        effects.restarts(),
        effects.hotSwitches(),
        effects.agents().stream()
            .map(one -> new Impact.OfAgent(Told.id(one.agent()), one.effect()))
            .toList(),
        effects.truncated(),
        Stream.concat(warnings.stream(), Outcomes.warnings(effects.warnings()).stream()).toList());
  }
}
