import type { Agent, AgentState } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Field } from '../../parts/Field';
import { Select } from '../../parts/Select';
import { go, to } from '../../routes';
import { occurring, type Sieve } from '../../state/agentGroups';
import { agents as words, agentStates } from '../../text/en/agents';

/** Filters are in the address, so that a link shows the same to somebody else. */
export function Filters({ agents, sieve }: { readonly agents: readonly Agent[]; readonly sieve: Sieve }) {
  const look = (next: Partial<Sieve>) => {
    const merged = Object.entries({ ...sieve, ...next }).filter(([, value]) => value !== '');
    go(to('agents', [], Object.fromEntries(merged)), true);
  };
  const some = (name: 'config' | 'key' | 'model' | 'state' | 'kind', values: readonly string[], label: (value: string) => string) => {
    const all = sieve[name] === '' || values.includes(sieve[name]) ? values : [sieve[name], ...values];
    return (
      // One thing to choose from is none.
      all.length > 1 || sieve[name] !== '' ? (
        <Select
          label={words.filters[name]}
          hideLabel
          value={sieve[name]}
          options={[{ value: '', label: words.any[name] }, ...all.map((value) => ({ value, label: label(value) }))]}
          onChange={(value) => look({ [name]: value })}
        />
      ) : null
    );
  };
  const short = (id: string) => id.slice(id.indexOf('.') + 1);
  return (
    <div class="filter-bar" role="search">
      <Field label={words.filter} hideLabel type="search" placeholder={words.filterHint} value={sieve.q} onInput={(q) => look({ q })} />
      {some('config', occurring(agents, (one) => one.configId), short)}
      {some('key', occurring(agents, (one) => one.apiKeyId), short)}
      {some('model', occurring(agents, (one) => one.requested?.model), String)}
      {some('state', occurring(agents, (one) => one.state), (value) => agentStates[value as AgentState])}
      {some('kind', occurring(agents, (one) => one.kind), String)}
      {Object.values(sieve).some((value) => value !== '') && (
        <Button kind="quiet" icon="cross" onClick={() => go(to('agents'), true)}>
          {words.clear}
        </Button>
      )}
    </div>
  );
}
