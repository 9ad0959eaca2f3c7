import { effect } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { toProblem } from '../../api/problem';
import { Button } from '../../parts/Button';
import { EmptyState } from '../../parts/EmptyState';
import { Screen } from '../../parts/Screen';
import { Table } from '../../parts/Table';
import { go, route, to } from '../../routes';
import { AuditTrail, EVERYTHING, type AuditSieve } from '../../state/audit';
import { standalone } from '../../state/session';
import { agents, configs, keys } from '../../state/stores';
import { namespace, say } from '../../state/ui';
import { format } from '../../text/en';
import { audit as words } from '../../text/en/audit';
import { COLUMNS } from './columns';
import { Filters } from './Filters';
import '../lists.css';
import './audit.css';

/** Typing asks the server, so it waits for a pause. */
const CALM_MS = 250;
/** What others do is told by the stream of objects; the entry of it is there a moment later. */
const AFTER_MS = 1_000;

/** Who did what, as this replica saw it. */
export default function Audit() {
  const trail = useMemo(() => new AuditTrail(), []);
  const sieve: AuditSieve = { ...EVERYTHING, ...route.value.query };
  const mark = JSON.stringify([namespace.value, sieve]);
  useEffect(() => {
    const timer = setTimeout(() => void trail.open(namespace.peek(), sieve), trail.entries.peek().length === 0 ? 0 : CALM_MS);
    return () => clearTimeout(timer);
  }, [mark]);
  useEffect(() => follow(trail), [trail]);

  const entries = trail.entries.value;
  const { value: shown } = trail.shown;
  const filtered = Object.values(sieve).some((value) => value !== '');
  const look = (next: Partial<AuditSieve>) => {
    const merged = Object.entries({ ...sieve, ...next }).filter(([, value]) => value !== '');
    go(to('audit', [], Object.fromEntries(merged)), true);
  };
  return (
    <Screen
      title={words.title}
      count={shown.kind === 'loading' ? undefined : words.count(entries.length, trail.total.value)}
      actions={<Actions trail={trail} />}
      state={shown.kind === 'empty' && filtered ? { kind: 'ready' } : shown}
      retry={() => void trail.refresh()}
      skeletonRows={12}
      above={
        <>
          <p class="muted">
            {trail.replica.value !== undefined && trail.since.value !== undefined && words.about(trail.replica.value, format.time(trail.since.value))} {!standalone.value && words.authority}
          </p>
          <Filters entries={entries} sieve={sieve} onLook={look} />
        </>
      }
      empty={<EmptyState snippet={standalone.value ? undefined : words.snippet}>{words.empty}</EmptyState>}
    >
      <Table label={words.title} columns={COLUMNS} items={entries} idOf={(one) => one.id} />
      {trail.more.value && (
        <div>
          <Button busy={trail.loadingMore.value} onClick={() => void trail.older()}>
            {words.older}
          </Button>
        </div>
      )}
    </Screen>
  );
}

/** Listens to what changes; entries that are far below are not fetched anew while somebody reads them. */
function follow(trail: AuditTrail): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first = true;
  const stop = effect(() => {
    void [keys.items.value, configs.items.value, agents.items.value];
    if (first) {
      first = false;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (trail.entries.peek().length <= 100) {
        void trail.refresh();
      }
    }, AFTER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    trail.leave();
  };
}

function Actions({ trail }: { readonly trail: AuditTrail }) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const blob = await trail.lines();
      const name = `audit-${namespace.peek() === '' ? 'all' : namespace.peek()}-${new Date().toISOString().slice(0, 10)}.ndjson`;
      download(blob, name);
      say('ok', words.exported(name));
    } catch (thrown) {
      const problem = toProblem(thrown);
      say('bad', `${problem.detail} ${problem.action}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button icon="refresh" onClick={() => void trail.refresh()}>
        {words.refresh}
      </Button>
      <Button busy={busy} icon="down" onClick={() => void save()}>
        {words.export}
      </Button>
    </>
  );
}

/** A link cannot say which form it wants, so the answer is fetched and handed to the browser as a file. */
function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
