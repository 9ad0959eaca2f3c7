import type { Agent } from '../../api/schema';
import { Icon } from '../../parts/Icon';
import { Pill } from '../../parts/Pill';
import type { Column } from '../../parts/Table';
import { Time } from '../../parts/Time';
import { toObject } from '../../routes';
import { differenceOf } from '../../state/agentGroups';
import { agents as words, agentStates } from '../../text/en/agents';
import { STATES } from './states';

/** What needs somebody comes first when sorted by state. */
const URGENCY = ['Failed', 'RolledBack', 'Behind', 'Waiting', 'Rolling', 'OnNextRestart', 'UpToDate', 'Planned'];

export function columnsOf(everywhere: boolean): readonly Column<Agent>[] {
  return [
    {
      id: 'workload',
      title: words.columns.workload,
      head: true,
      sort: (one) => `${everywhere ? one.namespace : ''} ${one.name}`,
      cell: (one) => (
        <span class="wrap workload">
          <a href={toObject('agents', one.id)} translate={false}>
            {everywhere && <span class="muted">{one.namespace} / </span>}
            {one.name}
          </a>{' '}
          <span class="muted kind" translate={false}>
            {one.kind}
          </span>
        </span>
      ),
    },
    {
      id: 'config',
      title: words.columns.config,
      width: 110,
      sort: (one) => one.configId,
      cell: (one) => (one.configId === undefined ? undefined : <a class="wrap" href={toObject('configs', one.configId)} translate={false}>{short(one.configId)}</a>),
    },
    { id: 'model', title: words.columns.model, width: 230, sort: (one) => one.requested?.model, cell: (one) => <Models agent={one} /> },
    {
      id: 'key',
      title: words.columns.key,
      width: 126,
      spare: 2,
      sort: (one) => one.apiKeyId,
      cell: (one) => (one.apiKeyId === undefined ? undefined : <a class="wrap" href={toObject('keys', one.apiKeyId)} translate={false}>{short(one.apiKeyId)}</a>),
    },
    { id: 'mode', title: words.columns.mode, width: 60, spare: 3, sort: (one) => one.mode, cell: (one) => one.mode },
    { id: 'state', title: words.columns.state, width: 132, sort: (one) => URGENCY.indexOf(one.state), cell: (one) => <State agent={one} /> },
    {
      id: 'reason',
      title: words.columns.reason,
      spare: 1,
      cell: (one) => (one.state === 'UpToDate' || one.sentence === undefined ? undefined : <span class="reason" title={one.sentence}>{one.sentence}</span>),
    },
    { id: 'since', title: words.columns.since, width: 134, spare: 2, sort: (one) => one.since, cell: (one) => (one.since === undefined ? undefined : <span class="muted"><Time at={one.since} /></span>) },
  ];
}

function short(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}

export function State({ agent }: { readonly agent: Agent }) {
  const { tone, icon } = STATES[agent.state];
  return (
    <Pill tone={tone} icon={icon} title={agent.sentence}>
      {agentStates[agent.state]}
    </Pill>
  );
}

/** What is wanted, and where something else runs: that, too. */
function Models({ agent }: { readonly agent: Agent }) {
  const wanted = agent.requested?.model;
  const differs = differenceOf(agent);
  if (wanted === undefined) {
    return <span class="muted">–</span>;
  }
  return (
    <span class="models wrap">
      <span class="mono" translate={false}>
        {wanted}
      </span>
      {differs.kind !== 'none' && (
        <span class="differs">
          <Icon name="arrow" size={13} />
          {differs.kind === 'model' ? (
            <>
              <span class="spoken">{words.runs} </span>
              <span class="mono" translate={false}>
                {differs.runs}
              </span>
            </>
          ) : differs.kind === 'revision' ? (
            words.runsOlder
          ) : (
            words.runsNothing
          )}
        </span>
      )}
    </span>
  );
}
