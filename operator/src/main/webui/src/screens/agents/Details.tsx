import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { Agent } from '../../api/schema';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { CodeBlock } from '../../parts/CodeBlock';
import { Dialog, Drawer } from '../../parts/Dialog';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { Skeleton } from '../../parts/Skeleton';
import { Tabs } from '../../parts/Tabs';
import { Time } from '../../parts/Time';
import { Variables } from '../../parts/Variables';
import { toObject } from '../../routes';
import { groupOf } from '../../state/agentGroups';
import { useAnswer } from '../../state/answer';
import { actionOf, loadFacts } from '../../state/facts';
import { standalone } from '../../state/session';
import { agents as store } from '../../state/stores';
import { freshness, say } from '../../state/ui';
import { shell, states } from '../../text/en';
import { agent as words } from '../../text/en/agents';
import { State } from './columns';

type TabName = 'settings' | 'patch' | 'timeline';
const TABS = (['settings', 'patch', 'timeline'] as const).map((id) => ({ id, label: words.tabs[id] }));

/** One agent: what it has of us, what stands in the way, and what became of it. */
export function Details({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const row = store.get(id);
  const [tries, setTries] = useState(0);
  const [asking, setAsking] = useState(false);
  // The row lives; what it does not tell is read again when it was told anew.
  const turn = useTurn(row);
  const asked = useAnswer(
    async (signal) => {
      void loadFacts();
      return (await client.call('GET /agents/{id}', { path: { id }, signal })).body;
    },
    `${tries} ${turn}`,
    true,
  );
  const name = row?.name ?? id.split('.').slice(2).join('.');
  const kind = row?.kind ?? id.split('.')[1] ?? '';
  const off = standalone.value ? words.notHere : kind === 'CronJob' ? words.notKind : freshness.value.stale ? shell.staleWrites : undefined;
  return (
    <Drawer
      title={
        <>
          <span translate={false}>{name}</span> <span class="muted kind">{kind}</span>
        </>
      }
      onClose={onClose}
      wide
      footer={
        <Button icon="refresh" off={off} onClick={() => setAsking(true)}>
          {words.restart}
        </Button>
      }
    >
      {asked.kind === 'waiting' && <Skeleton rows={8} label={words.loading} />}
      {asked.kind === 'refused' && <ProblemBanner problem={asked.problem} retry={() => setTries(tries + 1)} />}
      {asked.kind === 'told' && <Body agent={{ ...asked.told, ...row }} turn={turn} />}
      {asking && <Restart id={id} name={name} kind={kind} onClose={() => setAsking(false)} />}
    </Drawer>
  );
}

/** Which telling of a row this is. */
function useTurn(row: Agent | undefined): number {
  const seen = useRef({ row, turn: 0 });
  if (seen.current.row !== row) {
    seen.current = { row, turn: seen.current.turn + 1 };
  }
  return seen.current.turn;
}

function Body({ agent, turn }: { readonly agent: Agent; readonly turn: number }) {
  const [tab, setTab] = useState<TabName>('settings');
  const { sentence, reason, state } = agent;
  const action = actionOf(reason);
  const trouble = groupOf(state) === 'behind' || groupOf(state) === 'failed';
  return (
    <div class="stack">
      <div class="row wrapping">
        <State agent={agent} />
        {!trouble && sentence !== undefined && <span class="grow wrap">{sentence}</span>}
      </div>
      {trouble && sentence !== undefined && (
        <Banner tone={groupOf(state) === 'failed' ? 'bad' : 'warn'} title={sentence}>
          {action}
          {reason !== undefined && <div class="label">{reason}</div>}
        </Banner>
      )}
      <Facts agent={agent} />
      <Tabs label={words.tabsLabel} tabs={TABS} value={tab} onChange={setTab}>
        {tab === 'settings' ? <Settings agent={agent} /> : tab === 'patch' ? <Patch agent={agent} turn={turn} /> : <Timeline agent={agent} />}
      </Tabs>
    </div>
  );
}

function Facts({ agent }: { readonly agent: Agent }) {
  const { configId, apiKeyId, mode, profile, requested, running, since, state } = agent;
  const settings = (of: Agent['running']) =>
    of === undefined ? (
      <span class="muted">{words.nothing}</span>
    ) : (
      <>
        <span class="mono" translate={false}>{of.model ?? words.older}</span> {of.revision !== '' && <span class="label mono" translate={false}>{of.revision}</span>}
      </>
    );
  return (
    <dl class="facts">
      <Fact name={words.facts.config}>{configId !== undefined && <a href={toObject('configs', configId)} translate={false}>{configId}</a>}</Fact>
      <Fact name={words.facts.key}>{apiKeyId !== undefined && <a href={toObject('keys', apiKeyId)} translate={false}>{apiKeyId}</a>}</Fact>
      <Fact name={words.facts.mode}>{mode}</Fact>
      <Fact name={words.facts.profile}>{profile}</Fact>
      <Fact name={words.facts.requested}>{requested !== undefined && settings(requested)}</Fact>
      <Fact name={words.facts.running}>{state !== 'Planned' && settings(running)}</Fact>
      <Fact name={words.facts.since}>{since !== undefined && <Time at={since} focusable />}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return children === undefined || children === false ? null : (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Settings({ agent }: { readonly agent: Agent }) {
  const containers = agent.containers ?? [];
  if (containers.length === 0) {
    return <p class="muted">{words.noContainers}</p>;
  }
  return (
    <div class="stack">
      {containers.map((one) => (
        <section key={one.name} class="stack tight">
          <h3>{words.container(one.name)}</h3>
          {one.env.length === 0 ? <p class="muted">{words.noVariables}</p> : <Variables env={one.env} label={words.environment(one.name)} />}
          {one.mounts.length > 0 && (
            <p>
              <span class="label">{words.mounts}</span>{' '}
              {one.mounts.map((mount) => (
                <code key={mount} translate={false} class="wrap">
                  {mount}{' '}
                </code>
              ))}
            </p>
          )}
        </section>
      ))}
    </div>
  );
}

/** Read with the person's own rights, so not before somebody looks. */
function Patch({ agent, turn }: { readonly agent: Agent; readonly turn: number }) {
  const [tries, setTries] = useState(0);
  const asked = useAnswer(async (signal) => (await client.yaml('GET /agents/{id}/patch', { path: { id: agent.id }, signal })).body, `${tries} ${turn}`, true);
  switch (asked.kind) {
    case 'waiting':
      return <Skeleton rows={6} />;
    case 'refused':
      return <ProblemBanner problem={asked.problem} retry={() => setTries(tries + 1)} />;
    case 'told':
      return (
        <div class="stack tight">
          <p class="muted">{agent.state === 'Planned' ? words.patchPlanned : words.patchAbout}</p>
          <CodeBlock code={asked.told.trimEnd()} label={words.tabs.patch} />
        </div>
      );
  }
}

function Timeline({ agent }: { readonly agent: Agent }) {
  const changes = agent.changes ?? [];
  if (changes.length === 0) {
    return <p class="muted">{words.noChanges}</p>;
  }
  return (
    <ol class="timeline">
      {changes.map((one, at) => (
        <li key={at}>
          <Time at={one.at} focusable />
          <span class="wrap">
            {words.operations[one.operation]} {one.manager !== undefined && <span class="muted">{words.by(one.manager)}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

interface RestartProps {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly onClose: () => void;
}

/** Whether one may is known when it is tried: the right is on the workload, not on an object of ours. */
function Restart({ id, name, kind, onClose }: RestartProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const run = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { body } = await client.call('POST /agents/{id}/restart', { path: { id }, body: {} });
      store.upsert(body);
      say('ok', words.restarted(name));
      onClose();
    } catch (thrown) {
      setProblem(toProblem(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={words.restartTitle(name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button kind="accent" icon="refresh" busy={busy} onClick={() => void run()}>
            {words.restart}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>{words.restartText(kind)}</p>
        {problem !== undefined && <ProblemBanner problem={problem} />}
      </div>
    </Dialog>
  );
}
