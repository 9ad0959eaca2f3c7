import { describe, expect, it } from 'vitest';
import type { Agent, AgentState } from '../../src/api/schema';
import { countGroups, differenceOf, groupOf, occurring, sifted, type Sieve } from '../../src/state/agentGroups';

const agent = (name: string, state: AgentState, more: Partial<Agent> = {}): Agent => ({
  id: `agents.Deployment.${name}`,
  namespace: 'agents',
  kind: 'Deployment',
  name,
  state,
  ...more,
});
const ALL: Sieve = { q: '', config: '', key: '', model: '', state: '', group: '', kind: '' };
const FLEET = [
  agent('chat', 'Behind', { configId: 'agents.support', reason: 'EnvOwnedByAnotherManager', requested: { revision: 'b', model: 'gpt-5' }, running: { revision: 'a', model: 'gpt-4.1' } }),
  agent('desk', 'UpToDate', { configId: 'agents.support', apiKeyId: 'agents.openai', requested: { revision: 'b', model: 'gpt-5' } }),
  agent('report', 'OnNextRestart', { kind: 'CronJob', configId: 'agents.batch' }),
  agent('edge', 'Failed'),
];
const names = (sieve: Partial<Sieve>) => sifted(FLEET, { ...ALL, ...sieve }).map((one) => one.name);

describe('the numbers above the agents', () => {
  it('count each agent once', () => {
    expect(countGroups(FLEET)).toEqual({ upToDate: 1, rolling: 1, behind: 1, failed: 1, planned: 0 });
  });

  it('count one that was put back among the failed, and one that waits among the rolling', () => {
    expect(groupOf('RolledBack')).toBe('failed');
    expect(groupOf('Waiting')).toBe('rolling');
  });
});

describe('what runs', () => {
  const requested = { revision: 'b', model: 'gpt-5' };
  it('is told only where it is not what is wanted', () => {
    expect(differenceOf(agent('a', 'UpToDate', { requested, running: requested }))).toEqual({ kind: 'none' });
    expect(differenceOf(agent('a', 'Behind', { requested, running: { revision: 'a', model: 'gpt-4.1' } }))).toEqual({ kind: 'model', runs: 'gpt-4.1' });
    expect(differenceOf(agent('a', 'Rolling', { requested, running: { revision: 'a', model: 'gpt-5' } }))).toEqual({ kind: 'revision' });
    expect(differenceOf(agent('a', 'Failed', { requested }))).toEqual({ kind: 'nothing' });
  });

  it('is no question without a cluster, or where nothing is wanted', () => {
    expect(differenceOf(agent('a', 'Planned', { requested }))).toEqual({ kind: 'none' });
    expect(differenceOf(agent('a', 'Behind'))).toEqual({ kind: 'none' });
  });
});

describe('the filters of the agents', () => {
  it('let all through when nothing is asked for', () => {
    expect(names({})).toHaveLength(4);
  });

  it('answer who uses a key, a config, a model', () => {
    expect(names({ key: 'agents.openai' })).toEqual(['desk']);
    expect(names({ config: 'agents.support' })).toEqual(['chat', 'desk']);
    // One that still runs it counts, too.
    expect(names({ model: 'gpt-4.1' })).toEqual(['chat']);
  });

  it('hold all at once', () => {
    expect(names({ group: 'behind', kind: 'Deployment', q: 'envowned gpt-5' })).toEqual(['chat']);
    expect(names({ state: 'Failed', kind: 'CronJob' })).toEqual([]);
  });

  it('offer what occurs, once and in order', () => {
    expect(occurring(FLEET, (one) => one.configId)).toEqual(['agents.batch', 'agents.support']);
  });
});
