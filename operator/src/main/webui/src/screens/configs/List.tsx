import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem } from '../../api/problem';
import type { Config, ModelPhase } from '../../api/schema';
import { Button } from '../../parts/Button';
import { EmptyState } from '../../parts/EmptyState';
import { Field } from '../../parts/Field';
import { Icon } from '../../parts/Icon';
import { Menu, type MenuItem } from '../../parts/Menu';
import { Meter } from '../../parts/Meter';
import { OwnerBadge } from '../../parts/Ownership';
import { Pill } from '../../parts/Pill';
import { Screen } from '../../parts/Screen';
import { Select } from '../../parts/Select';
import { Table, type Column } from '../../parts/Table';
import { go, to, toObject } from '../../routes';
import { unsaved } from '../../state/configEditor';
import { may, mayHere } from '../../state/permissions';
import { standalone } from '../../state/session';
import { useScreenKeys } from '../../state/shortcuts';
import { configs as store, keys } from '../../state/stores';
import { freshness, namespace, say } from '../../state/ui';
import { shell } from '../../text/en';
import { configs as words, configStates, editor as fields } from '../../text/en/configs';
import { DefaultDialog, DeleteDialog } from './dialogs';
import { PHASES } from './states';

const asking = signal<{ readonly what: 'default' | 'delete'; readonly config: Config } | undefined>(undefined);

const NAMES = Object.keys(configStates) as ModelPhase[];

/** All configs of the namespace that is looked at. */
export function List({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const all = store.items.value;
  const { q = '', state = '' } = query;
  const shown = useMemo(() => all.filter((one) => matches(one, q, state)), [all, q, state]);
  const everywhere = namespace.value === '' && !standalone.value;
  const columns = useMemo(() => columnsOf(everywhere), [everywhere]);
  const look = (next: Record<string, string>) => {
    const merged = Object.entries({ q, state, ...next }).filter(([, value]) => value !== '');
    go(to('configs', [], Object.fromEntries(merged)), true);
  };
  const off = freshness.value.stale ? shell.staleWrites : mayHere('create', 'modelconfigs') ? undefined : words.mayNotCreate;
  const add = () => go(to('configs', ['new']));
  useScreenKeys(off === undefined ? { n: add } : {});
  const create = (
    <Button
      kind="accent"
      icon="plus"
      off={off}
      onClick={add}
    >
      {words.create}
    </Button>
  );
  const states = NAMES.filter((one) => one === state || all.some((config) => config.state === one));
  return (
    <Screen
      title={words.title}
      count={all.length === 0 ? undefined : words.count(shown.length, all.length)}
      actions={create}
      state={store.shown.value}
      retry={() => void store.refresh()}
      above={
        all.length > 0 && (
          <div class="filter-bar" role="search">
            <Field label={words.filter} hideLabel type="search" placeholder={words.filterHint} value={q} onInput={(value) => look({ q: value })} />
            <Select
              label={words.state}
              hideLabel
              value={state}
              options={[{ value: '', label: words.anyState }, ...states.map((one) => ({ value: one as string, label: configStates[one] }))]}
              onChange={(value) => look({ state: value })}
            />
          </div>
        )
      }
      empty={
        <EmptyState
          action={keys.items.value.length === 0 ? <Button kind="accent" onClick={() => go(to('keys'))}>{words.addKey}</Button> : create}
          snippet={standalone.value ? undefined : words.snippet(namespace.value)}
        >
          {words.empty(namespace.value)} {keys.items.value.length === 0 && words.needsKey}
        </EmptyState>
      }
    >
      <Table
        label={words.title}
        columns={columns}
        items={shown}
        idOf={(one) => one.id}
        sortedBy="name"
        onOpen={(one) => go(toObject('configs', one.id))}
      />
      <Asked />
    </Screen>
  );
}

/** What is asked stays while rows come and go. */
function Asked() {
  const now = asking.value;
  const close = () => {
    asking.value = undefined;
  };
  if (now === undefined) {
    return null;
  }
  return now.what === 'default' ? <DefaultDialog config={now.config} onClose={close} /> : <DeleteDialog config={now.config} onClose={close} />;
}

export function matches(config: Config, q: string, state: string): boolean {
  const text = `${config.id} ${config.displayName ?? ''} ${config.model} ${config.apiKeyId} ${config.delivery.profile}`.toLowerCase();
  return (state === '' || config.state === state) && q.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function columnsOf(everywhere: boolean): readonly Column<Config>[] {
  const where = (config: Config) => (everywhere ? `${config.namespace} / ` : '');
  return [
    {
      id: 'default',
      title: words.columns.default,
      hideTitle: true,
      width: 44,
      cell: (config) =>
        config.isDefault && (
          <span class="default-star" role="img" aria-label={words.isDefault} title={words.isDefault}>
            <Icon name="star" />
          </span>
        ),
    },
    {
      id: 'name',
      title: words.columns.name,
      head: true,
      sort: (config) => `${where(config)}${config.name}`,
      cell: (config) => <Name config={config} where={where(config)} />,
    },
    { id: 'model', width: 210, title: words.columns.model, sort: (config) => config.model, cell: (config) => <span class="mono wrap" translate={false}>{config.model}</span> },
    { id: 'key', width: 150, spare: 1, title: words.columns.key, sort: (config) => config.apiKeyId, cell: (config) => <a class="wrap" href={toObject('keys', config.apiKeyId)} translate={false}>{config.apiKeyId.slice(config.apiKeyId.indexOf('.') + 1)}</a> },
    { id: 'delivery', width: 92, spare: 2, title: words.columns.delivery, sort: (config) => config.delivery.mode, cell: (config) => <span title={fields.modes[config.delivery.mode as keyof typeof fields.modes]}>{config.delivery.mode}</span> },
    { id: 'profile', width: 120, spare: 2, title: words.columns.profile, sort: (config) => config.delivery.profile, cell: (config) => <span class="wrap" translate={false}>{config.delivery.profile}</span> },
    { id: 'agents', title: words.columns.agents, width: 148, sort: (config) => config.agents.matched, cell: (config) => <Agents config={config} /> },
    { id: 'state', title: words.columns.state, width: 132, sort: (config) => configStates[config.state], cell: (config) => <State config={config} /> },
    { id: 'actions', title: words.columns.actions, hideTitle: true, end: true, width: 52, cell: (config) => <Actions config={config} /> },
  ];
}

function Name({ config, where }: { readonly config: Config; readonly where: string }) {
  const { managedBy } = config;
  return (
    <div class="named">
      <a href={toObject('configs', config.id)} class="wrap" translate={false}>
        {where !== '' && <span class="muted">{where}</span>}
        {config.name}
      </a>
      {config.displayName !== undefined && <bdi class="muted wrap">{config.displayName}</bdi>}
      {managedBy?.editable === false && <OwnerBadge managedBy={managedBy} />}
      {unsaved(config.id) && <span class="badge">{words.draft}</span>}
    </div>
  );
}

export function Agents({ config }: { readonly config: Config }) {
  const { matched, upToDate, failed } = config.agents;
  if (matched === 0) {
    return <span class="muted">{words.noAgents}</span>;
  }
  const tone = failed > 0 ? 'bad' : upToDate < matched ? 'info' : 'ok';
  return (
    <Meter label={words.progress(config.name)} value={upToDate} max={matched} tone={tone}>
      {words.upToDate(upToDate, matched)}
      {failed > 0 && <span class="muted">, {words.failed(failed)}</span>}
    </Meter>
  );
}

export function State({ config }: { readonly config: Config }) {
  const { tone, icon } = PHASES[config.state];
  return (
    <Pill tone={tone} icon={icon} title={config.sentence}>
      {configStates[config.state]}
    </Pill>
  );
}

function Actions({ config }: { readonly config: Config }) {
  const off = whyNot(config, 'patch');
  const items: (MenuItem | 'line')[] = [
    { label: words.edit, icon: 'edit', run: () => go(toObject('configs', config.id)) },
    {
      label: words.makeDefault,
      icon: 'star',
      off: config.isDefault ? words.isDefaultAlready : off,
      run: () => {
        asking.value = { what: 'default', config };
      },
    },
    { label: words.chat, icon: 'chat', run: () => go(to('chat', [], { model: config.id })) },
    { label: config.active ? words.suspend : words.resume, icon: config.active ? 'pause' : 'play', off, run: () => void suspend(config) },
    'line',
    {
      label: words.remove,
      icon: 'trash',
      danger: true,
      off: whyNot(config, 'delete'),
      run: () => {
        asking.value = { what: 'delete', config };
      },
    },
  ];
  return <Menu label={words.actionsOf(config.name)} items={items} />;
}

/** Why one may not change it now. */
export function whyNot(config: Config, verb: string): string | undefined {
  if (freshness.value.stale) {
    return shell.staleWrites;
  }
  if (config.managedBy?.editable === false) {
    return words.gitOwned;
  }
  return may(verb, 'modelconfigs', config.namespace) ? undefined : words.mayNotChange;
}

async function suspend(config: Config): Promise<void> {
  try {
    const { body } = await client.call('PATCH /config/model-configs/{id}', { path: { id: config.id }, body: { suspend: config.active ? true : null }, ifMatch: '*' });
    store.upsert(body);
    say('ok', config.active ? words.suspended(config.name) : words.resumed(config.name));
  } catch (thrown) {
    const problem = toProblem(thrown);
    say('bad', `${problem.detail} ${problem.action}`);
  }
}
