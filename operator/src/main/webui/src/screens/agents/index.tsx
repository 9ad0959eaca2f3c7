import { useMemo } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { Table } from '../../parts/Table';
import { go, objectOf, route, to, toObject } from '../../routes';
import { sifted, type Sieve } from '../../state/agentGroups';
import { standalone } from '../../state/session';
import { agents as store } from '../../state/stores';
import { namespace } from '../../state/ui';
import { agents as words } from '../../text/en/agents';
import { columnsOf } from './columns';
import { Details } from './Details';
import { Filters } from './Filters';
import { Summary } from './Summary';
import '../lists.css';
import './agents.css';

const NOTHING: Sieve = { q: '', config: '', key: '', model: '', state: '', group: '', kind: '' };

/** Who runs which settings: `#/agents?config=agents.support`, `#/agents/namespace/Kind.name`. */
export default function Agents() {
  const { query } = route.value;
  const all = store.items.value;
  const sieve: Sieve = useMemo(() => ({ ...NOTHING, ...query }), [query]);
  const shown = useMemo(() => sifted(all, sieve), [all, sieve]);
  const everywhere = namespace.value === '' && !standalone.value;
  const columns = useMemo(() => columnsOf(everywhere), [everywhere]);
  const id = objectOf(route.value);
  const kept = Object.fromEntries(Object.entries(sieve).filter(([, value]) => value !== ''));
  const place = (one: string | undefined) => (one === undefined ? to('agents', [], kept) : `${toObject('agents', one)}${to('agents', [], kept).slice('#/agents'.length)}`);
  const key = sieve.key;
  return (
    <Screen
      title={words.title}
      count={all.length === 0 ? undefined : words.count(shown.length, all.length)}
      state={store.shown.value}
      retry={() => void store.refresh()}
      above={
        all.length > 0 && (
          <>
            <Summary agents={all} sieve={sieve} />
            <Filters agents={all} sieve={sieve} />
            {key !== '' && <p>{words.ofKey(all.filter((one) => one.apiKeyId === key).length, key.slice(key.indexOf('.') + 1))}</p>}
          </>
        )
      }
      empty={<Empty />}
    >
      <Table
        label={words.title}
        columns={columns}
        items={shown}
        idOf={(one) => one.id}
        sortedBy="workload"
        selected={id}
        onOpen={(one) => go(place(one.id))}
      />
      {id !== undefined && <Details key={id} id={id} onClose={() => go(place(undefined), true)} />}
    </Screen>
  );
}

function Empty() {
  if (standalone.value) {
    return <EmptyState snippet={words.snippetStandalone}>{words.emptyStandalone}</EmptyState>;
  }
  return (
    <EmptyState action={<Button onClick={() => go(to('configs'))}>{words.toConfigs}</Button>} snippet={words.snippet(namespace.value)}>
      {namespace.value === '' ? words.empty : words.emptyIn(namespace.value)}
    </EmptyState>
  );
}
