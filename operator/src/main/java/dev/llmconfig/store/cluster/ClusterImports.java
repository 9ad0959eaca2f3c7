package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.CallerClients;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Imports;
import dev.llmconfig.store.Manner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// Takes objects into the cluster with the caller's own credentials. Everything is rehearsed before
/// the first write; what was written is undone where a later write fails.
public final class ClusterImports implements Imports {

  private final Calls calls;
  private final Encryption encryption;

  public ClusterImports(CallerClients clients, Access access, Encryption encryption) {
    this(new ClusterCalls(clients, access), encryption);
  }

  ClusterImports(Calls calls, Encryption encryption) {
    this.calls = calls;
    this.encryption = encryption;
  }

  @Override
  public Imported take(Caller who, List<Wanted> wanted, Manner manner) {
    return calls.with(
        who,
        requests -> all(desk(requests, who, manner), wanted, manner),
        why -> new Imported.Stopped("", why, List.of()));
  }

  private static Imported all(Intake.Desk desk, List<Wanted> wanted, Manner manner) {
    var at = new AtomicReference<>("");
    var done = new ArrayList<Intake>();
    try {
      return taken(desk, wanted, manner, at, done);
    } catch (ApiRefusal refused) {
      return new Imported.Stopped(at.get(), Calls.outcome(refused.why()), undone(desk, done));
    } catch (Ended ended) {
      return new Imported.Stopped(at.get(), ended.outcome(), undone(desk, done));
    }
  }

  private Intake.Desk desk(Requests requests, Caller who, Manner manner) {
    var author = calls.access().who(who).name();
    return new Intake.Desk(
        requests,
        new Editing(requests, author, manner),
        new Making(requests, author, manner),
        new KeyPlan(
            encryption, new KeySecrets(requests), right -> calls.access().may(who, right), manner),
        (place, token) -> encryption.open(place, Envelope.Purpose.Spec, token));
  }

  private static Imported taken(
      Intake.Desk desk,
      List<Wanted> wanted,
      Manner manner,
      AtomicReference<String> at,
      List<Intake> done) {
    var intakes = new ArrayList<Intake>();
    for (var one : wanted.stream().sorted(Comparator.comparing(Wanted::kind)).toList()) {
      at.set(one.place());
      intakes.add(Intake.of(desk, one));
    }
    if (!manner.dryRun()) {
      for (var one : intakes) {
        at.set(one.wanted().place());
        done.add(one); // before it is written: the answer may be lost
        one.write();
      }
    }
    var by =
        intakes.stream()
            .collect(
                Collectors.groupingBy(
                    Intake::effect, Collectors.mapping(Intake::wanted, Collectors.toList())));
    return new Imported.Taken(
        by.getOrDefault(Intake.Effect.Created, List.of()),
        by.getOrDefault(Intake.Effect.Changed, List.of()),
        by.getOrDefault(Intake.Effect.Unchanged, List.of()));
  }

  /// What could not be undone.
  private static List<Wanted> undone(Intake.Desk desk, List<Intake> done) {
    var left = new ArrayList<Wanted>();
    desk.requests()
        .patience()
        .takingBack(() -> {
          for (var one : done.reversed()) {
            try {
              if (!one.undo()) {
                left.add(one.wanted());
              }
            } catch (ApiRefusal | Ended _) {
              left.add(one.wanted());
            }
          }
        });
    return left;
  }
}
