import { useEffect, useState } from 'preact/hooks';
import { client } from '../../api/client';
import type { Status as StatusShape } from '../../api/schema';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Copy } from '../../parts/Copy';
import { Screen } from '../../parts/Screen';
import { useAnswer } from '../../state/answer';
import { diagnostics } from '../../state/health';
import type { Shown } from '../../state/store';
import { agents, keys } from '../../state/stores';
import { freshness } from '../../state/ui';
import { status as words } from '../../text/en/status';
import { Checks, checksOf } from './Checks';
import { Installation, Mirror } from './Facts';
import { Providers } from './Providers';
import './status.css';

const EVERY_MS = 10_000;

/** How the installation is, and what to do where it is not well. */
export default function Status() {
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState !== 'hidden' && setTries((count) => count + 1), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const asked = useAnswer(async (signal) => (await client.call('GET /status', { signal })).body, String(tries), true);
  const [last, setLast] = useState<StatusShape | undefined>(undefined);
  useEffect(() => {
    if (asked.kind === 'told') {
      setLast(asked.told);
    }
  }, [asked]);
  const state: Shown =
    asked.kind === 'refused'
      ? asked.problem.forbidden
        ? { kind: 'forbidden', problem: asked.problem }
        : { kind: 'error', problem: asked.problem, rows: last !== undefined }
      : { kind: last === undefined ? 'loading' : 'ready' };
  return (
    <Screen
      title={words.title}
      count={last && `${words.modes[last.mode] ?? last.mode} ${last.version}`}
      state={state}
      retry={() => setTries(tries + 1)}
      actions={
        <>
          <Button icon="refresh" onClick={() => setTries(tries + 1)}>
            {words.refresh}
          </Button>
          {last !== undefined && (
            <Copy
              small={false}
              label={words.copy}
              text={() => Promise.resolve(diagnostics(last, keys.items.peek(), agents.items.peek(), freshness.peek(), navigator.userAgent))}
            />
          )}
        </>
      }
    >
      {last !== undefined && <Body status={last} />}
    </Screen>
  );
}

function Body({ status }: { readonly status: StatusShape }) {
  const checks = checksOf(status);
  const bad = checks.filter((one) => !one.ok).length;
  return (
    <>
      <Banner tone={bad === 0 ? 'ok' : 'warn'} title={bad === 0 ? words.allWell : words.notWell(bad)} />
      <div class="status-columns">
        <Checks checks={checks} />
        <div class="stack">
          <Mirror status={status} />
          <Installation status={status} />
        </div>
      </div>
      <Providers waits={status.providers} />
    </>
  );
}
