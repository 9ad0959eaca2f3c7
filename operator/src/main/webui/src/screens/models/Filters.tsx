import { useMemo } from 'preact/hooks';
import { IconButton } from '../../parts/Button';
import { Field } from '../../parts/Field';
import { Select } from '../../parts/Select';
import { CAPABILITIES, EVERYTHING, providersOf, type Filter, type Standing } from '../../state/models';
import type { Offer } from '../../state/choices';
import { format } from '../../text/en';
import { models as words } from '../../text/en/models';

export interface FiltersProps {
  readonly filter: Filter;
  readonly offers: readonly Offer[];
  readonly onFilter: (filter: Filter) => void;
}

const CONTEXTS = [32_000, 128_000, 200_000, 1_000_000];
const PRICES = [1, 5, 15, 50];
const STANDINGS: readonly Standing[] = ['all', 'configured', 'open', 'retiring'];

/** On one line where there is room. Nothing is sent: all rows are here. */
export function Filters({ filter, offers, onFilter }: FiltersProps) {
  const providers = useMemo(() => providersOf(offers), [offers]);
  const change = (some: Partial<Filter>): void => onFilter({ ...filter, ...some });
  const active = JSON.stringify(filter) !== JSON.stringify(EVERYTHING);
  return (
    <search class="filters" aria-label={words.filter.label}>
      <Field
        label={words.filter.text}
        hideLabel
        type="search"
        placeholder={words.filter.text}
        value={filter.text}
        onInput={(text) => change({ text })}
      />
      <Select
        label={words.filter.provider}
        hideLabel
        value={filter.provider}
        options={[
          { value: '', label: words.filter.allProviders },
          ...providers.map((one) => ({ value: one, label: one })),
        ]}
        onChange={(provider) => change({ provider })}
      />
      <Select
        label={words.filter.context}
        hideLabel
        value={String(filter.minContext)}
        options={[
          { value: '0', label: words.filter.anyContext },
          ...CONTEXTS.map((one) => ({ value: String(one), label: words.filter.atLeast(format.tokens(one)) })),
        ]}
        onChange={(value) => change({ minContext: Number(value) })}
      />
      <Select
        label={words.filter.price}
        hideLabel
        value={String(filter.maxPrice)}
        options={[
          { value: '0', label: words.filter.anyPrice },
          ...PRICES.map((one) => ({ value: String(one), label: words.filter.atMost(`$${one}`) })),
        ]}
        onChange={(value) => change({ maxPrice: Number(value) })}
      />
      <Select
        label={words.filter.standing}
        hideLabel
        value={filter.standing}
        options={STANDINGS.map((one) => ({ value: one, label: words.filter.standings[one] }))}
        onChange={(standing) => change({ standing })}
      />
      <div class="toggles">
        {CAPABILITIES.map((one) => {
          const on = filter.capabilities.includes(one);
          return (
            <button
              key={one}
              type="button"
              class="toggle"
              aria-pressed={on}
              onClick={() =>
                change({
                  capabilities: on
                    ? filter.capabilities.filter((other) => other !== one)
                    : [...filter.capabilities, one],
                })
              }
            >
              {words.capabilities[one]}
            </button>
          );
        })}
      </div>
      {/* Its room is kept, so that the rows do not jump at the first letter. */}
      <span class={active ? '' : 'unseen'}>
        <IconButton icon="cross" label={words.filter.clear} onClick={() => onFilter(EVERYTHING)} />
      </span>
    </search>
  );
}
