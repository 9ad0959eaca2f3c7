import type { Key, KeyPhase, Status, StatusProvider } from '../api/schema';
import type { Freshness } from './ui';

/** What the keys of one endpoint say of it, all together. */
export interface ProviderHealth {
  readonly id: string;
  readonly provider: string;
  /** Undefined is the provider's own. */
  readonly endpoint: string | undefined;
  readonly keys: number;
  readonly usable: number;
  readonly state: 'answers' | 'partly' | 'silent' | 'refuses' | 'pending';
  readonly checkedAt: string | undefined;
  /** How long people wait for the first word of a chat; undefined where nobody has talked to it lately. */
  readonly firstWord: StatusProvider | undefined;
}

const USABLE: ReadonlySet<KeyPhase> = new Set(['Ready', 'KeptLastGood', 'Untested']);
/** Nobody has to do anything about these. */
const CALM: ReadonlySet<KeyPhase> = new Set(['Ready', 'Untested', 'Suspended', 'Pending', 'Deleting']);

export function usable(key: Key): boolean {
  return key.active && USABLE.has(key.state);
}

export function troubled(keys: readonly Key[]): readonly Key[] {
  return keys.filter((key) => !CALM.has(key.state));
}

export function providersOf(keys: readonly Key[], waits: readonly StatusProvider[]): readonly ProviderHealth[] {
  const groups = new Map<string, Key[]>();
  for (const key of keys) {
    const id = `${key.provider} ${key.endpoint ?? ''}`;
    groups.set(id, [...(groups.get(id) ?? []), key]);
  }
  return [...groups]
    .map(([id, of]) => ({
      id,
      provider: of[0]?.provider ?? '',
      endpoint: of[0]?.endpoint,
      keys: of.length,
      usable: of.filter(usable).length,
      state: stateOf(of),
      checkedAt: of.map((key) => key.checkedAt).filter((at) => at !== undefined).sort().at(-1),
      firstWord: waits.find(({ endpoint }) => endpoint === of[0]?.endpoint),
    }))
    .sort((a, b) => a.id.localeCompare(b.id, 'en'));
}

function stateOf(keys: readonly Key[]): ProviderHealth['state'] {
  const states = keys.filter((key) => key.active).map((key) => key.state);
  const some = (...those: KeyPhase[]) => states.some((state) => those.includes(state));
  const good = some('Ready', 'KeptLastGood');
  const silent = some('Unknown');
  const refused = some('Refused', 'Expired', 'NeedsNewKey');
  if (good) {
    return silent || refused ? 'partly' : 'answers';
  }
  return silent ? 'silent' : refused ? 'refuses' : 'pending';
}

/** For a report: states and counts. No name of an object, no endpoint, no value; nobody has to read it over first. */
export function diagnostics(status: Status, keys: readonly Key[], agents: readonly { readonly state: string }[], freshness: Freshness, browser: string): string {
  const count = (states: readonly string[]) =>
    Object.fromEntries([...new Set(states)].sort().map((state) => [state, states.filter((one) => one === state).length]));
  const told = {
    version: status.version,
    mode: status.mode,
    replicas: status.replicas,
    since: status.since,
    watchedNamespaces: status.watchedNamespaces.length,
    keyRing: status.keyRing,
    mirror: status.mirror,
    operator: { ready: status.operator.ready, leader: status.operator.leader !== undefined },
    catalogue: status.catalogue,
    checks: status.checks.map(({ name, ok }) => ({ name, ok })),
    page: { link: freshness.link, stale: freshness.stale, browser },
    keys: count(keys.map((key) => `${key.provider} ${key.state}${key.reason === undefined ? '' : ` ${key.reason}`}`)),
    agents: count(agents.map((one) => one.state)),
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}
