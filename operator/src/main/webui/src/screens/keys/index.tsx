import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Key, KeyPhase } from '../../api/schema';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { later } from '../../parts/later';
import { EmptyState } from '../../parts/EmptyState';
import { Field } from '../../parts/Field';
import { Menu } from '../../parts/Menu';
import { Screen } from '../../parts/Screen';
import { Select } from '../../parts/Select';
import { Table } from '../../parts/Table';
import { go, objectOf, route, to, toObject } from '../../routes';
import { loadFacts } from '../../state/facts';
import { stopTests, testAll, testingAll } from '../../state/keytests';
import { mayHere } from '../../state/permissions';
import { keyRing, standalone } from '../../state/session';
import { useScreenKeys } from '../../state/shortcuts';
import { keys as store } from '../../state/stores';
import { freshness, namespace, say } from '../../state/ui';
import { exchange, keys, keyWords, shell } from '../../text/en';
import { columns, testOne } from './columns';
import type { KeyTask } from './tasks';
import './keys.css';

/** What is opened from the list is loaded when it is. */
const AddKey = later(async () => (await import('./AddKey')).AddKey);
const Details = later(async () => (await import('./Details')).Details);
const ExportDialog = later(async () => (await import('./ExportDialog')).ExportDialog);
const ImportDialog = later(async () => (await import('./ImportDialog')).ImportDialog);
const Task = later(async () => (await import('./tasks')).Task);

const SNIPPET = `kubectl apply -f - <<'EOF'
apiVersion: llmconfig.dev/v1alpha1
kind: ApiKeyConfig
metadata:
  name: openai-team-a
  namespace: agents
spec:
  provider: OpenAI
  secretRef:
    name: openai
    key: api-key
EOF`;

export default function Keys() {
  // The form is there at once when it is opened.
  useEffect(() => void loadFacts(), []);
  const [doing, setDoing] = useState<{ readonly task: KeyTask; readonly row: Key } | undefined>(undefined);
  const [exchanging, setExchange] = useState<'export' | 'import' | undefined>(undefined);
  const [filter, setFilter] = useState({ text: '', state: '', provider: '' });
  const all = store.items.value;
  const shown = useMemo(() => all.filter((key) => matches(key, filter)), [all, filter]);
  const columns_ = useMemo(() => columns((task, row) => setDoing({ task, row })), []);
  const adding = (route.value.rest[0] === 'new' && route.value.rest.length === 1) || 'add' in route.value.query;
  const open = objectOf(route.value);
  const close = () => go(to('keys'));
  const create = mayHere('create', 'apikeyconfigs');
  useScreenKeys({
    n: () => create && go(to('keys', ['new'])),
    t: () => {
      const focused = document.activeElement?.closest<HTMLElement>('tr[data-id]')?.dataset['id'];
      const row = store.get(open ?? focused ?? '');
      if (row !== undefined) {
        void testOne(row);
      }
    },
  });

  return (
    <>
      <Screen
        title={keys.title}
        count={all.length > 0 ? keys.count(shown.length, all.length) : undefined}
        state={store.shown.value}
        retry={() => void store.refresh()}
        skeletonRows={12}
        actions={
          <>
            <Menu
              label={exchange.menu}
              items={[
                { label: exchange.export, icon: 'copy', run: () => setExchange('export') },
                { label: exchange.import, icon: 'plus', off: create ? undefined : keys.mayNot, run: () => setExchange('import') },
              ]}
            />
            {all.length > 0 && <TestAll shown={shown} />}
            {create && (
              <Button kind="accent" icon="plus" onClick={() => go(to('keys', ['new']))} off={freshness.value.stale ? shell.staleWrites : undefined}>
                {keys.add}
              </Button>
            )}
          </>
        }
        above={
          <>
            {!keyRing.value && <Banner tone="warn">{shell.noKeyRing}</Banner>}
            {all.length > 0 && <Filters all={all} filter={filter} onChange={setFilter} />}
          </>
        }
        empty={
          <EmptyState
            snippet={standalone.value ? undefined : SNIPPET}
            action={
              create && (
                <Button kind="accent" icon="plus" onClick={() => go(to('keys', ['new']))}>
                  {keys.emptyAdd}
                </Button>
              )
            }
          >
            {keys.empty(namespace.value)} {!create && keys.emptyMayNot}
          </EmptyState>
        }
      >
        <Table
          label={keys.title}
          columns={columns_}
          items={shown}
          idOf={(key) => key.id}
          selected={open}
          sortedBy="name"
          onOpen={(key) => go(toObject('keys', key.id))}
        />
      </Screen>
      {adding && <AddKey onClose={close} onSaved={(key) => go(toObject('keys', key.id), true)} />}
      {open !== undefined && doing === undefined && (
        <Details id={open} onClose={close} onTask={(task, row) => setDoing({ task, row })} />
      )}
      {exchanging === 'export' && <ExportDialog onClose={() => setExchange(undefined)} />}
      {exchanging === 'import' && <ImportDialog onClose={() => setExchange(undefined)} />}
      {doing !== undefined && (
        <Task
          task={doing.task}
          row={doing.row}
          onClose={() => setDoing(undefined)}
          onDeleted={open === undefined ? undefined : close}
        />
      )}
    </>
  );
}

interface Filter {
  readonly text: string;
  readonly state: string;
  readonly provider: string;
}

function matches(key: Key, { text, state, provider }: Filter): boolean {
  const words = text.toLowerCase().split(/\s+/);
  const found = `${key.id} ${key.displayName ?? ''} ${key.provider} ${key.maskedKey ?? ''} ${key.endpoint ?? ''}`.toLowerCase();
  return (
    (state === '' || key.state === state) && (provider === '' || key.provider === provider) && words.every((word) => found.includes(word))
  );
}

function Filters({ all, filter, onChange }: { readonly all: readonly Key[]; readonly filter: Filter; readonly onChange: (filter: Filter) => void }) {
  const states = [...new Set(all.map((key) => key.state))].sort();
  const providers = [...new Set(all.map((key) => key.provider))].sort();
  return (
    <div class="filters" role="search">
      <Field
        label={keys.filter}
        hideLabel
        first
        type="search"
        placeholder={keys.filterHint}
        value={filter.text}
        onInput={(text) => onChange({ ...filter, text })}
      />
      <Select
        label={keys.provider}
        hideLabel
        value={filter.provider}
        options={[{ value: '', label: keys.anyProvider }, ...providers.map((one) => ({ value: one, label: one }))]}
        onChange={(provider) => onChange({ ...filter, provider })}
      />
      <Select
        label={keys.state}
        hideLabel
        value={filter.state}
        options={[{ value: '', label: keys.anyState }, ...states.map((one: KeyPhase) => ({ value: one, label: keyWords.phases[one] }))]}
        onChange={(state) => onChange({ ...filter, state })}
      />
    </div>
  );
}

/** Tests what the filter shows. */
function TestAll({ shown }: { readonly shown: readonly Key[] }) {
  const running = testingAll.value;
  if (running !== undefined) {
    return (
      <>
        <span class="muted num" role="status">
          {keys.testing(running.done, running.total)}
        </span>
        <Button icon="stop" onClick={stopTests}>
          {keys.stop}
        </Button>
      </>
    );
  }
  if (!mayHere('patch', 'apikeyconfigs')) {
    return null;
  }
  const run = async () => {
    const sum = await testAll(shown.filter((key) => key.active).map((key) => key.id));
    if (sum !== undefined) {
      say(sum.others === 0 ? 'ok' : 'warn', keys.tested(sum.accepted, sum.others));
    }
  };
  return (
    <Button icon="play" onClick={() => void run()} off={freshness.value.stale ? shell.staleWrites : undefined}>
      {keys.testAll}
    </Button>
  );
}
