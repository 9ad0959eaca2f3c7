import { useMemo } from 'preact/hooks';
import type { Tone } from '../../parts/Banner';
import type { IconName } from '../../parts/Icon';
import { Pill } from '../../parts/Pill';
import { Table, type Column } from '../../parts/Table';
import { Time } from '../../parts/Time';
import { to } from '../../routes';
import { providersOf, type ProviderHealth } from '../../state/health';
import type { StatusProvider } from '../../api/schema';
import { keys } from '../../state/stores';
import { format } from '../../text/en';
import { status as words } from '../../text/en/status';

const STATES: Readonly<Record<ProviderHealth['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  answers: { tone: 'ok', icon: 'check' },
  partly: { tone: 'warn', icon: 'alert' },
  silent: { tone: 'warn', icon: 'help' },
  refuses: { tone: 'bad', icon: 'cross' },
  pending: { tone: 'plain', icon: 'clock' },
};

const COLUMNS: readonly Column<ProviderHealth>[] = [
  { id: 'provider', title: words.columns.provider, head: true, sort: (one) => one.provider, cell: (one) => <a href={to('keys', [], { provider: one.provider })}>{one.provider}</a> },
  { id: 'endpoint', title: words.columns.endpoint, sort: (one) => one.endpoint, cell: (one) => (one.provider === 'Echo' ? <span class="muted">{words.builtIn}</span> : one.endpoint === undefined ? <span class="muted">{words.ownEndpoint}</span> : <span class="mono wrap" translate={false}>{one.endpoint}</span>) },
  { id: 'keys', title: words.columns.keys, width: 150, sort: (one) => one.keys, cell: (one) => <span class="num">{words.usable(one.usable, one.keys)}</span> },
  { id: 'state', title: words.columns.state, width: 160, sort: (one) => one.state, cell: (one) => <Pill {...STATES[one.state]}>{words[one.state]}</Pill> },
  { id: 'first', title: words.columns.firstWord, width: 130, end: true, sort: (one) => one.firstWord?.p50Ms, cell: ({ firstWord }) => firstWord && <span class="num" title={words.firstWord(firstWord.answers)}>{format.duration(firstWord.p50Ms)}</span> },
  { id: 'checked', title: words.columns.checked, width: 150, sort: (one) => one.checkedAt, cell: (one) => (one.checkedAt === undefined ? undefined : <span class="muted"><Time at={one.checkedAt} /></span>) },
];

/** As the keys that one may list tell it, and the chats of late; nobody is asked for it. */
export function Providers({ waits }: { readonly waits: readonly StatusProvider[] }) {
  const all = keys.items.value;
  const rows = useMemo(() => providersOf(all, waits), [all, waits]);
  return (
    <section class="stack tight" aria-labelledby="status-providers">
      <h2 id="status-providers">{words.providers}</h2>
      {rows.length === 0 ? <p class="muted">{words.providersNone}</p> : <Table label={words.providers} columns={COLUMNS} items={rows} idOf={(one) => one.id} />}
    </section>
  );
}
