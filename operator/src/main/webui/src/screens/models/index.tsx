import { useEffect, useMemo, useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { EmptyState } from '../../parts/EmptyState';
import { later } from '../../parts/later';
import { Screen } from '../../parts/Screen';
import { Table } from '../../parts/Table';
import { go, objectOf, route, to, toObject } from '../../routes';
import { choices, followChoices, loadChoices, shown, type Offer } from '../../state/choices';
import { arranged, EVERYTHING, filtered } from '../../state/models';
import { standalone } from '../../state/session';
import { format, shell } from '../../text/en';
import { models as words } from '../../text/en/models';
import { columns } from './columns';
import { Filters } from './Filters';
import { Sources } from './Sources';
import './models.css';

const ByHand = later(async () => (await import('./ByHand')).ByHand);
const Compare = later(async () => (await import('./Compare')).Compare);
const ModelDrawer = later(async () => (await import('./ModelDrawer')).ModelDrawer);

/** More than that is not read side by side. */
const MOST = 3;

export default function Models() {
  const [filter, setFilter] = useState(EVERYTHING);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<'compare' | 'byHand' | undefined>(undefined);
  useEffect(() => followChoices(), []);

  const all = useMemo(() => arranged(choices.value), [choices.value]);
  const found = useMemo(() => filtered(all, filter), [all, filter]);
  const compared = all.filter((one) => marked.includes(one.id));
  const mark = (offer: Offer, on: boolean): void => {
    const others = marked.filter((id) => id !== offer.id);
    setMarked(on ? [...others, offer.id] : others);
  };
  const full = marked.length >= MOST;
  const cells = useMemo(() => columns({ marked, full, onMark: mark }), [marked]);
  const chosen = objectOf(route.value);
  const close = (): void => go(to('models'));

  return (
    <Screen
      title={shell.screens.models}
      count={all.length === 0 ? undefined : words.count(format.number(found.length), format.number(all.length))}
      actions={
        <>
          <Button small icon="plus" onClick={() => setOpen('byHand')}>
            {words.enter}
          </Button>
          <Button
            small
            off={compared.length < 2 ? words.compareFew : undefined}
            onClick={() => setOpen('compare')}
          >
            {words.compare(compared.length)}
          </Button>
        </>
      }
      state={shown.value}
      retry={() => void loadChoices()}
      skeletonRows={14}
      above={
        <>
          <Filters filter={filter} offers={all} onFilter={setFilter} />
          <Sources />
        </>
      }
      empty={
        <EmptyState
          action={
            <a class="button accent" href={to('keys', ['new'])}>
              {words.addKey}
            </a>
          }
          snippet={standalone.value ? undefined : words.snippet}
        >
          {words.empty}
        </EmptyState>
      }
    >
      <Table
        label={words.label}
        columns={cells}
        items={found}
        idOf={(offer) => offer.id}
        selected={chosen}
        onOpen={(offer) => go(toObject('models', offer.id))}
        groupOf={groupOf}
        groupHead={(group, items) => words.group(group, items.length)}
      />
      {chosen !== undefined && (
        <ModelDrawer
          key={chosen}
          id={chosen}
          marked={marked.includes(chosen)}
          full={full}
          onMark={mark}
          onClose={close}
        />
      )}
      {open === 'compare' && <Compare offers={compared} onClose={() => setOpen(undefined)} />}
      {open === 'byHand' && <ByHand onClose={() => setOpen(undefined)} />}
    </Screen>
  );
}

function groupOf(offer: Offer): string {
  return offer.provider ?? words.noProvider;
}
