import type { Status } from '../../api/schema';
import { Pill } from '../../parts/Pill';
import { Time } from '../../parts/Time';
import { keys } from '../../state/stores';
import { format } from '../../text/en';
import { status as words } from '../../text/en/status';

/** How old what is shown is, and how much of it there is. */
export function Mirror({ status }: { readonly status: Status }) {
  const { ageSeconds, stale, syncedAt, rows } = status.mirror;
  return (
    <section class="surface status-panel" aria-labelledby="status-mirror">
      <div class="row">
        <h2 id="status-mirror" class="grow">
          {words.mirror}
        </h2>
        <Pill tone={stale ? 'warn' : 'ok'} icon={stale ? 'clock' : 'check'}>
          {stale ? words.stale : words.fresh}
        </Pill>
      </div>
      <dl class="facts">
        <dt>{words.age}</dt>
        <dd class="num">{format.age(ageSeconds)}</dd>
        <dt>{words.synced}</dt>
        <dd>
          <Time at={syncedAt} focusable />
        </dd>
        {Object.entries(rows).map(([kind, count]) => (
          <Row key={kind} name={words.rows[kind] ?? kind} count={count} />
        ))}
      </dl>
    </section>
  );
}

function Row({ name, count }: { readonly name: string; readonly count: number }) {
  return (
    <>
      <dt>{name}</dt>
      <dd class="num">{format.number(count)}</dd>
    </>
  );
}

export function Installation({ status }: { readonly status: Status }) {
  const { version, mode, replica, replicas, since, operator, watchedNamespaces, catalogue, keyRing } = status;
  const again = keys.items.value.filter((key) => key.state === 'NeedsNewKey').length;
  return (
    <section class="surface status-panel" aria-labelledby="status-installation">
      <h2 id="status-installation">{words.installation}</h2>
      <dl class="facts">
        <dt>{words.version}</dt>
        <dd class="mono" translate={false}>{version}</dd>
        <dt>{words.mode}</dt>
        <dd>{words.modes[mode] ?? mode}</dd>
        <dt>{words.replica}</dt>
        <dd translate={false}>{words.replicas(replica, replicas)}</dd>
        <dt>{words.since}</dt>
        <dd>
          <Time at={since} focusable />
        </dd>
        <dt>{words.leader}</dt>
        <dd translate={false}>{operator.leader ?? <span class="muted">{words.noLeader}</span>}</dd>
        <dt>{words.watched}</dt>
        <dd translate={false}>{watchedNamespaces.length === 0 ? words.watchedAll : watchedNamespaces.join(', ')}</dd>
        <dt>{words.catalogue}</dt>
        <dd class="num">{catalogue}</dd>
        <dt>{words.keyRing}</dt>
        <dd>{words.keyRings[keyRing]}</dd>
        <dt>{words.readable}</dt>
        <dd>{words.reencrypt(again)}</dd>
      </dl>
      <p class="label">{words.copyHint}</p>
    </section>
  );
}
