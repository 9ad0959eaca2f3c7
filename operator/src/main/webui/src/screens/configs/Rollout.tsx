import { useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem } from '../../api/problem';
import type { Config } from '../../api/schema';
import { Button } from '../../parts/Button';
import { to } from '../../routes';
import { standalone } from '../../state/session';
import { configs } from '../../state/stores';
import { say } from '../../state/ui';
import { rollout as words } from '../../text/en/configs';
import { Agents, State, whyNot } from './List';

/** How far the agents are, live; and the next step where they wait for a person. */
export function Rollout({ config }: { readonly config: Config }) {
  const [busy, setBusy] = useState(false);
  const { revision, candidate, failedRevision } = config;
  const stuck = config.state === 'RolledBack' || config.state === 'Failed';
  // What was saved a moment ago is Pending until its own revision is known: the one before is not for anybody to approve.
  const waits = config.state === 'Waiting' && config.reason === 'AwaitingApproval' && candidate !== undefined;
  const ask = async (action: 'Approve' | 'Retry', wanted: string | undefined, done: string) => {
    setBusy(true);
    try {
      const body = wanted === undefined ? { action } : { action, revision: wanted };
      configs.upsert((await client.call('POST /config/model-configs/{id}/rollout', { path: { id: config.id }, body })).body);
      say('ok', done);
    } catch (thrown) {
      const problem = toProblem(thrown);
      say('bad', `${problem.detail} ${problem.action}`);
    } finally {
      setBusy(false);
    }
  };
  const off = standalone.value ? words.notInStandalone : whyNot({ ...config, managedBy: undefined } as unknown as Config, 'patch');
  return (
    <section class="surface rollout" aria-live="polite" aria-label={words.agentsLink}>
      <State config={config} />
      <span class="grow wrap">{config.sentence}</span>
      {config.agents.matched > 0 && (
        <a class="rollout-agents" href={to('agents', [], { config: config.id })}>
          <Agents config={config} />
        </a>
      )}
      {revision !== undefined && (
        <span class="label" translate={false}>
          <span translate={true}>{words.running}</span> <code>{revision}</code>
        </span>
      )}
      {candidate !== undefined && candidate !== revision && (
        <span class="label" translate={false}>
          <span translate={true}>{words.wanted}</span> <code>{candidate}</code>
        </span>
      )}
      {waits && (
        <Button kind="accent" busy={busy} off={off} onClick={() => void ask('Approve', candidate, words.approved(config.name))}>
          {words.approve}
        </Button>
      )}
      {stuck && (
        <Button icon="refresh" busy={busy} off={off} onClick={() => void ask('Retry', failedRevision, words.retried(config.name))}>
          {words.retry}
        </Button>
      )}
    </section>
  );
}
