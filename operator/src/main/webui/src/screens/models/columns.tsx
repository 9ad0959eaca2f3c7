import type { Column } from '../../parts/Table';
import { Icon } from '../../parts/Icon';
import { Badge } from '../../parts/Pill';
import { toObject } from '../../routes';
import { now } from '../../state/clock';
import { labelOf, nameOf, namespaceOf, type Offer } from '../../state/choices';
import { CAPABILITIES, retirement } from '../../state/models';
import { namespace } from '../../state/ui';
import { format } from '../../text/en';
import { models as words } from '../../text/en/models';

export interface Marking {
  readonly marked: readonly string[];
  /** No more can be marked. */
  readonly full: boolean;
  readonly onMark: (offer: Offer, on: boolean) => void;
}

export function columns({ marked, full, onMark }: Marking): readonly Column<Offer>[] {
  return [
    {
      id: 'model',
      title: words.columns.model,
      head: true,
      sort: (offer) => labelOf(offer),
      cell: (offer) => <Name offer={offer} />,
    },
    {
      id: 'context',
      title: words.columns.context,
      end: true,
      width: 80,
      sort: (offer) => offer.contextTokens,
      cell: (offer) => amount(offer.contextTokens),
    },
    {
      id: 'output',
      title: words.columns.output,
      end: true,
      width: 96,
      spare: 1,
      sort: (offer) => offer.maxOutputTokens,
      cell: (offer) => amount(offer.maxOutputTokens),
    },
    {
      id: 'price',
      title: words.columns.price,
      end: true,
      width: 150,
      spare: 1,
      sort: (offer) => (offer.price?.output === undefined ? undefined : Number(offer.price.output)),
      cell: (offer) => priceOf(offer),
    },
    {
      id: 'badges',
      title: words.columns.badges,
      width: 252,
      spare: 2,
      cell: (offer) => {
        const known = CAPABILITIES.filter((one) => offer.capabilities.includes(one));
        return known.length === 0 ? undefined : (
          <span class="badges">
            {known.map((one) => (
              <Badge key={one}>{words.capabilities[one]}</Badge>
            ))}
          </span>
        );
      },
    },
    {
      id: 'source',
      title: words.columns.source,
      width: 90,
      spare: 3,
      sort: (offer) => offer.source,
      cell: (offer) => <span class="muted">{words.sources[offer.source ?? ''] ?? '–'}</span>,
    },
    {
      id: 'retires',
      title: words.columns.retires,
      width: 156,
      spare: 3,
      sort: (offer) => offer.retiresOn,
      cell: (offer) => (offer.retiresOn === undefined ? undefined : <Retires offer={offer} />),
    },
    {
      id: 'keys',
      title: words.columns.keys,
      end: true,
      width: 56,
      spare: 3,
      sort: (offer) => keysOf(offer),
      cell: keysOf,
    },
    {
      id: 'mark',
      title: words.columns.mark,
      hideTitle: true,
      width: 44,
      cell: (offer) => {
        const on = marked.includes(offer.id);
        return (
          <label class="mark" title={full && !on ? words.compareMost : undefined}>
            <input
              type="checkbox"
              aria-label={words.mark(labelOf(offer))}
              checked={on}
              disabled={full && !on}
              onChange={(event) => onMark(offer, event.currentTarget.checked)}
            />
          </label>
        );
      },
    },
  ];
}

function Name({ offer }: { readonly offer: Offer }) {
  const label = labelOf(offer);
  const place = namespace.value === '' ? `${namespaceOf(offer.id)} / ${nameOf(offer.id)}` : nameOf(offer.id);
  // What differs from the name, in the order in which it helps.
  const below = [label === offer.model ? '' : offer.model, offer.configured || namespace.value === '' ? place : '']
    .filter((one) => one !== '')
    .join(' · ');
  return (
    <div class="model-name">
      <div class="row">
        {offer.isDefault && (
          <span class="star" role="img" aria-label={words.default} title={words.default}>
            <Icon name="star" size={14} />
          </span>
        )}
        <a class="clip" href={toObject('models', offer.id)} dir="auto" title={label}>
          {label}
        </a>
        {offer.configured && <Badge>{words.config}</Badge>}
      </div>
      {below !== '' && (
        <div class="label mono clip" translate={false} title={below}>
          {below}
        </div>
      )}
    </div>
  );
}

function Retires({ offer }: { readonly offer: Offer }) {
  const state = retirement(offer, now.value);
  const day = format.day(offer.retiresOn ?? '');
  return (
    <span class="retires">
      <Icon name="alert" size={13} /> {state === 'past' ? words.retired(day) : day}
    </span>
  );
}

function amount(value: number | undefined) {
  return value === undefined ? undefined : format.tokens(value);
}

export function priceOf(offer: Offer) {
  const { input, output } = offer.price ?? {};
  if (input === undefined && output === undefined) {
    return undefined;
  }
  return `${input === undefined ? '–' : format.price(input)} / ${output === undefined ? '–' : format.price(output)}`;
}

/** Not told to whoever may not know of keys. */
function keysOf(offer: Offer): number | undefined {
  return offer.otherKeys === undefined ? undefined : offer.otherKeys + 1;
}
