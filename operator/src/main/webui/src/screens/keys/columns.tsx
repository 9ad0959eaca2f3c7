import { client } from '../../api/client';
import type { Key } from '../../api/schema';
import { writeText } from '../../parts/Copy';
import { Menu, type MenuItem } from '../../parts/Menu';
import { editable, OwnerBadge } from '../../parts/Ownership';
import type { Column } from '../../parts/Table';
import { Time } from '../../parts/Time';
import { toProblem } from '../../api/problem';
import { toObject } from '../../routes';
import { now } from '../../state/clock';
import { testKey } from '../../state/keytests';
import { may } from '../../state/permissions';
import { freshness, say } from '../../state/ui';
import { format, keys, keyWords, owners, shell, states } from '../../text/en';
import { providerName } from '../../parts/providers';
import { importKey } from './import';
import { KeyState } from './KeyState';
import type { KeyTask } from './tasks';

/** From here on people want to see it coming. */
const SOON_MS = 14 * 86_400_000;

export function columns(onTask: (task: KeyTask, key: Key) => void): readonly Column<Key>[] {
  const words = keys.columns;
  return [
    { id: 'name', title: words.name, head: true, sort: (key) => key.name, cell: (key) => <Name row={key} /> },
    { id: 'provider', title: words.provider, width: 130, sort: (key) => key.provider, cell: (key) => providerName(key.provider) },
    { id: 'state', title: words.state, width: 166, sort: (key) => key.state, cell: (key) => <State row={key} /> },
    { id: 'mask', title: words.mask, width: 150, spare: 1, cell: (key) => key.maskedKey && <code translate={false}>{key.maskedKey}</code> },
    { id: 'source', title: words.source, width: 84, spare: 3, sort: (key) => key.source, cell: (key) => keyWords.sources[key.source] ?? key.source },
    { id: 'models', title: words.models, width: 62, spare: 2, end: true, sort: (key) => key.modelCount, cell: (key) => key.modelCount },
    { id: 'usedBy', title: words.usedBy, width: 78, end: true, spare: 1, sort: (key) => key.usedBy.agents * 1_000 + key.usedBy.configs, cell: usedBy },
    { id: 'lastUsed', title: words.lastUsed, width: 74, spare: 2, sort: (key) => key.lastUsedAt, cell: (key) => key.lastUsedAt && <Time at={key.lastUsedAt} short /> },
    { id: 'expires', title: words.expires, width: 104, spare: 2, sort: (key) => key.expiresAt, cell: (key) => key.expiresAt && <Expires at={key.expiresAt} /> },
    { id: 'owner', title: words.owner, width: 100, spare: 3, sort: (key) => key.managedBy?.owner, cell: (key) => key.managedBy && <OwnerBadge managedBy={key.managedBy} /> },
    { id: 'actions', title: words.actions, hideTitle: true, end: true, width: 48, cell: (key) => <Actions row={key} onTask={onTask} /> },
  ];
}

function Name({ row }: { readonly row: Key }) {
  const about = row.displayName === row.name ? undefined : row.displayName;
  return (
    <div class="one-line" title={about === undefined ? row.name : `${row.name} · ${about}`}>
      <a href={toObject('keys', row.id)} translate={false}>
        {row.name}
      </a>{' '}
      {about !== undefined && <bdi class="muted">{about}</bdi>}
    </div>
  );
}

function State({ row }: { readonly row: Key }) {
  return (
    <span class="state-cell">
      <KeyState id={row.id} phase={row.state} sentence={row.sentence} />
      {row.checkedAt !== undefined && (
        <span class="label">
          <Time at={row.checkedAt} short />
        </span>
      )}
    </span>
  );
}

function usedBy({ usedBy: { configs, agents } }: Key) {
  if (configs + agents === 0) {
    return undefined;
  }
  const text = agents > 0 ? keys.agents(agents) : keys.configs(configs);
  return <span title={`${keys.configs(configs)}, ${keys.agents(agents)}`}>{text}</span>;
}

function Expires({ at }: { readonly at: string }) {
  return <span class={Date.parse(at) - now.value < SOON_MS ? 'soon' : ''}>{format.day(at)}</span>;
}

function Actions({ row, onTask }: { readonly row: Key; readonly onTask: (task: KeyTask, key: Key) => void }) {
  const may_ = (verb: string) => may(verb, 'apikeyconfigs', row.namespace);
  const stale = freshness.value.stale ? shell.staleWrites : undefined;
  const write = !may_('patch') ? keys.mayNot : !editable(row.managedBy) ? keys.gitOwned : stale;
  const remove = !may_('delete') ? keys.mayNot : !editable(row.managedBy) ? keys.gitOwned : undefined;
  if (row.source === 'Environment') {
    const items: MenuItem[] = [
      { label: keys.test, icon: 'play', off: stale, run: () => void testOne(row) },
      { label: keys.import, icon: 'lock', off: stale, run: () => void importKey(row) },
      { label: keys.remove, icon: 'trash', off: keys.fromEnvironment, run: () => {} },
    ];
    return <Menu label={keys.actionsOf(row.name)} items={items} />;
  }
  const items: (MenuItem | 'line')[] = [
    { label: keys.test, icon: 'play', off: may_('patch') ? stale : keys.mayNot, run: () => void testOne(row) },
    { label: keys.replace, icon: 'keys', off: write, run: () => onTask('replace', row) },
    { label: keys.edit, icon: 'edit', run: () => onTask('edit', row) },
    { label: row.active ? keys.suspend : keys.resume, icon: row.active ? 'pause' : 'play', off: write, run: () => onTask('suspend', row) },
    { label: owners.copyYaml, icon: 'copy', run: () => void copyYaml(row) },
    'line',
    // A refused key can always be deleted, also while nothing else can be written.
    { label: keys.remove, icon: 'trash', danger: true, off: remove, run: () => onTask('delete', row) },
  ];
  return <Menu label={keys.actionsOf(row.name)} items={items} />;
}

export async function testOne(row: Key): Promise<void> {
  const tested = await testKey(row.id);
  if (tested?.kind === 'done') {
    const { outcome, sentence } = tested.result;
    say(outcome === 'Accepted' ? 'ok' : outcome === 'Refused' ? 'bad' : 'warn', `${row.name}: ${sentence ?? keyWords.outcomes[outcome]}`);
  } else if (tested?.kind === 'failed') {
    say('bad', `${row.name}: ${tested.problem.detail} ${tested.problem.action}`);
  }
}

async function copyYaml(row: Key): Promise<void> {
  try {
    const { body } = await client.yaml('GET /config/api-keys/{id}', { path: { id: row.id } });
    const done = await writeText(body);
    say(done ? 'ok' : 'warn', done ? states.copied : states.notCopied);
  } catch (thrown) {
    const problem = toProblem(thrown);
    say('bad', `${problem.detail} ${problem.action}`);
  }
}
