import { describe, expect, it } from 'vitest';
import type { Key, KeyPhase, Status } from '../../src/api/schema';
import { diagnostics, providersOf, troubled, usable } from '../../src/state/health';

const key = (name: string, state: KeyPhase, more: Partial<Key> = {}): Key => ({
  id: `agents.${name}`,
  namespace: 'agents',
  name,
  provider: 'OpenAI',
  source: 'EncryptedKey',
  createdAt: '2026-11-21T09:00:00Z',
  active: true,
  state,
  usedBy: { configs: 0, agents: 0 },
  generation: 1,
  rv: '1',
  ...more,
});

describe('what keys say of their provider', () => {
  it('is told for each endpoint by itself', () => {
    const rows = providersOf([key('a', 'Ready', { checkedAt: '2026-11-21T10:00:00Z' }), key('b', 'Refused', { checkedAt: '2026-11-21T11:00:00Z' }), key('c', 'Unknown', { endpoint: 'https://proxy' })], [{ endpoint: 'https://proxy', p50Ms: 210, answers: 7 }, { endpoint: 'https://gone', p50Ms: 1, answers: 1 }]);
    expect(rows).toEqual([
      { id: 'OpenAI ', provider: 'OpenAI', endpoint: undefined, keys: 2, usable: 1, state: 'partly', checkedAt: '2026-11-21T11:00:00Z', firstWord: undefined },
      { id: 'OpenAI https://proxy', provider: 'OpenAI', endpoint: 'https://proxy', keys: 1, usable: 0, state: 'silent', checkedAt: undefined, firstWord: { endpoint: 'https://proxy', p50Ms: 210, answers: 7 } },
    ]);
  });

  it.each<[KeyPhase, string]>([
    ['Ready', 'answers'],
    ['Unknown', 'silent'],
    ['Refused', 'refuses'],
    ['Pending', 'pending'],
  ])('%s is %s', (state, said) => {
    expect(providersOf([key('a', state)], [])[0]?.state).toBe(said);
  });

  it('counts no key that is switched off', () => {
    expect(usable(key('a', 'Ready', { active: false }))).toBe(false);
    expect(troubled([key('a', 'Suspended', { active: false }), key('b', 'Expired')]).map((one) => one.name)).toEqual(['b']);
  });
});

describe('diagnostics', () => {
  const status: Status = {
    version: '0.1.0',
    mode: 'Cluster',
    replica: 'llm-config-7d9f-x2',
    replicas: 2,
    since: '2026-11-21T09:12:00Z',
    watchedNamespaces: ['secret-project'],
    keyRing: 'Present',
    mirror: { syncedAt: '2026-11-21T12:00:00Z', ageSeconds: 2, stale: false, rows: { Agent: 1 } },
    operator: { leader: 'llm-config-7d9f-x2', ready: true },
    catalogue: '2026-11-12',
    providers: [{ endpoint: 'https://canary.example', p50Ms: 210, answers: 7 }],
    checks: [{ name: 'KeyRing', ok: true, sentence: 'The encryption key is there.' }],
  };

  it('tell states and counts, and no name, mask or endpoint', () => {
    const keys = [key('canary-name', 'Refused', { maskedKey: 'sk-***cana', endpoint: 'https://canary.example', displayName: 'canary', reason: 'InvalidKey', sentence: 'canary' })];
    const text = diagnostics(status, keys, [{ state: 'Behind' }, { state: 'Behind' }], { link: 'up', stale: false, ageSeconds: 1, syncedAt: undefined }, 'Browser 1');
    expect(text).not.toMatch(/cana|secret-project|7d9f/);
    expect(JSON.parse(text)).toMatchObject({ version: '0.1.0', watchedNamespaces: 1, keys: { 'OpenAI Refused InvalidKey': 1 }, agents: { Behind: 2 }, operator: { leader: true } });
  });
});
