import type { Agent, AgentState } from '../api/schema';

/** The few numbers that say how a fleet is. */
export type Group = 'upToDate' | 'rolling' | 'behind' | 'failed' | 'planned';

const GROUPS: Readonly<Record<AgentState, Group>> = {
  UpToDate: 'upToDate',
  Rolling: 'rolling',
  Waiting: 'rolling',
  OnNextRestart: 'rolling',
  Behind: 'behind',
  RolledBack: 'failed',
  Failed: 'failed',
  Planned: 'planned',
};

export function groupOf(state: AgentState): Group {
  return GROUPS[state];
}

export function countGroups(agents: readonly Agent[]): Readonly<Record<Group, number>> {
  const counts = { upToDate: 0, rolling: 0, behind: 0, failed: 0, planned: 0 };
  for (const one of agents) {
    counts[groupOf(one.state)] += 1;
  }
  return counts;
}

/** What runs, where that is not what is wanted. */
export type Difference =
  | { readonly kind: 'none' }
  | { readonly kind: 'model'; readonly runs: string }
  /** The same model with other settings, such as a key or a parameter. */
  | { readonly kind: 'revision' }
  | { readonly kind: 'nothing' };

export function differenceOf({ state, requested, running }: Agent): Difference {
  if (requested === undefined || state === 'Planned') {
    return { kind: 'none' };
  }
  if (running === undefined) {
    return { kind: 'nothing' };
  }
  if (running.model !== undefined && running.model !== requested.model) {
    return { kind: 'model', runs: running.model };
  }
  return running.revision === requested.revision ? { kind: 'none' } : { kind: 'revision' };
}

export interface Sieve {
  readonly q: string;
  readonly config: string;
  readonly key: string;
  readonly model: string;
  readonly state: string;
  readonly group: string;
  readonly kind: string;
}

export function sifted(agents: readonly Agent[], sieve: Sieve): readonly Agent[] {
  const words = sieve.q.toLowerCase().split(/\s+/);
  const is = (wanted: string, ...those: readonly (string | undefined)[]) => wanted === '' || those.includes(wanted);
  return agents.filter(
    (one) =>
      is(sieve.config, one.configId) &&
      is(sieve.key, one.apiKeyId) &&
      is(sieve.model, one.requested?.model, one.running?.model) &&
      is(sieve.state, one.state) &&
      is(sieve.group, groupOf(one.state)) &&
      is(sieve.kind, one.kind) &&
      words.every((word) => textOf(one).includes(word)),
  );
}

function textOf(one: Agent): string {
  const texts = [one.id, one.configId, one.requested?.model, one.running?.model, one.reason, one.sentence, one.profile];
  return texts.join(' ').toLowerCase();
}

/** What can be chosen in a filter: everything that occurs, in order. */
export function occurring(agents: readonly Agent[], of: (one: Agent) => string | undefined): readonly string[] {
  return [...new Set(agents.map(of).filter((one): one is string => one !== undefined))].sort((a, b) => a.localeCompare(b, 'en'));
}
