import type { AuditEntry } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Field } from '../../parts/Field';
import { Select } from '../../parts/Select';
import { EVERYTHING, type AuditSieve } from '../../state/audit';
import { audit as words } from '../../text/en/audit';

interface FiltersProps {
  readonly entries: readonly AuditEntry[];
  readonly sieve: AuditSieve;
  readonly onLook: (next: Partial<AuditSieve>) => void;
}

export function Filters({ entries, sieve, onLook }: FiltersProps) {
  const actors = [...new Set([...entries.map((one) => one.actor ?? ''), sieve.actor])].filter((one) => one !== '').sort();
  const { q, actor, action, result, object, from, to } = sieve;
  return (
    <div class="filter-bar audit-filters" role="search">
      <Field label={words.filter} hideLabel type="search" placeholder={words.filterHint} value={q} onInput={(value) => onLook({ q: value })} />
      <Select
        label={words.filters.actor}
        hideLabel
        value={actor}
        options={[{ value: '', label: words.any.actor }, ...actors.map((value) => ({ value, label: value }))]}
        onChange={(value) => onLook({ actor: value })}
      />
      <Select
        label={words.filters.action}
        hideLabel
        value={action}
        options={[{ value: '', label: words.any.action }, ...Object.entries(words.actions).map(([value, label]) => ({ value, label }))]}
        onChange={(value) => onLook({ action: value })}
      />
      <Select
        label={words.filters.result}
        hideLabel
        value={result}
        options={[{ value: '', label: words.any.result }, ...Object.entries(words.results).map(([value, label]) => ({ value, label }))]}
        onChange={(value) => onLook({ result: value })}
      />
      <Field label={words.filters.from} type="date" value={from} onInput={(value) => onLook({ from: value })} />
      <Field label={words.filters.to} type="date" value={to} onInput={(value) => onLook({ to: value })} />
      {object !== '' && (
        <Button small icon="cross" onClick={() => onLook({ object: '' })}>
          {words.object(object)}
        </Button>
      )}
      {Object.values(sieve).some((value) => value !== '') && (
        <Button kind="quiet" icon="cross" onClick={() => onLook(EVERYTHING)}>
          {words.clear}
        </Button>
      )}
    </div>
  );
}
