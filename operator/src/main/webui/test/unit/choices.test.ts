import { beforeEach, describe, expect, it } from 'vitest';
import { choices, detailed, followChoices, labelOf, loadChoices, name, nameOf, namespaceOf, shown, sources, suggested } from '../../src/state/choices';
import { namespace } from '../../src/state/ui';
import { asProblem, fakeServer, PROBLEM } from './fake';

const row = (id: string, more: object = {}) => ({
  id,
  configured: false,
  model: id.split(':')[1] ?? id,
  isDefault: false,
  capabilities: [],
  ...more,
});

let place = 0;

beforeEach(() => {
  // Each test looks at another namespace, so that none sees what another one listed.
  namespace.value = `n${++place}`;
});

describe('what can be chosen', () => {
  it('is listed without parameters, page after page', async () => {
    const { client, heard } = fakeServer(({ url }) => ({
      body: url.includes('cursor=2')
        ? { items: [row('a.k:y')], total: 2, stale: false, sources: [] }
        : { items: [row('a.k:x')], total: 2, next: '2', stale: false, sources: [{ apiKeyId: 'a.k', status: 'Fresh', count: 2 }] },
    }));
    await loadChoices(client);
    expect(choices.value.map((one) => one.id)).toEqual(['a.k:x', 'a.k:y']);
    expect(shown.value).toEqual({ kind: 'ready' });
    expect(heard[0]?.url).toContain(`view=compact&limit=2000&namespace=${namespace.value}`);
  });

  it('is empty, and says so', async () => {
    await loadChoices(fakeServer(() => ({ body: { items: [], total: 0, stale: false } })).client);
    expect(shown.value).toEqual({ kind: 'empty' });
    expect(sources.value).toEqual([]);
  });

  it('is forbidden, or failed and kept', async () => {
    await loadChoices(fakeServer(() => ({ body: { items: [row('a.k:x')], total: 1, stale: false } })).client);
    await loadChoices(fakeServer(() => ({ status: 503, headers: asProblem, body: { ...PROBLEM, status: 503, reason: 'X' } })).client);
    expect(shown.value).toMatchObject({ kind: 'error', rows: true });
    expect(choices.value).toHaveLength(1);
    namespace.value = 'elsewhere';
    await loadChoices(fakeServer(() => ({ status: 403, headers: asProblem, body: PROBLEM })).client);
    expect(shown.value.kind).toBe('forbidden');
    expect(choices.value).toEqual([]);
  });

  it('is that of the last question', async () => {
    let answer: (told: object) => void = () => undefined;
    const slow = fakeServer(() => new Promise((resolve) => (answer = resolve)));
    const first = loadChoices(slow.client);
    await loadChoices(fakeServer(() => ({ body: { items: [row('a.k:new')], total: 1, stale: false } })).client);
    answer({ body: { items: [row('a.k:old')], total: 1, stale: false } });
    await first;
    expect(choices.value.map((one) => one.id)).toEqual(['a.k:new']);
  });

  it('holds what a person named, until a list has it', async () => {
    namespace.value = 'a';
    await loadChoices(fakeServer(() => ({ body: { items: [], total: 0, stale: false } })).client);
    name(row('a.k:mine'));
    name(row('a.k:mine'));
    expect(choices.value.map((one) => one.id)).toEqual(['a.k:mine']);
    const listed = row('a.k:mine', { contextTokens: 9 });
    await loadChoices(fakeServer(() => ({ body: { items: [listed], total: 1, stale: false } })).client);
    expect(choices.value).toEqual([listed]);
    namespace.value = 'b';
    await loadChoices(fakeServer(() => ({ body: { items: [], total: 0, stale: false } })).client);
    expect(choices.value).toEqual([]);
  });

  it('comes with its parameters when it is asked for, once', async () => {
    const { client, heard } = fakeServer(() => ({
      body: { items: [row('a.k:xx'), row('a.k:x', { parameters: { topP: { supported: false } } })], total: 2, stale: false },
    }));
    const offer = row('a.k:x');
    await loadChoices(fakeServer(() => ({ body: { items: [offer], total: 1, stale: false } })).client);
    expect((await detailed(offer, client))?.parameters?.['topP']).toEqual({ supported: false });
    await detailed(offer, client);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.url).toContain('namespace=a&q=x&configured=false');
  });

  it('is asked for again after a failure', async () => {
    const offer = row('b.k:x');
    expect(await detailed(offer, fakeServer(() => ({ status: 500 })).client)).toBeUndefined();
    const good = fakeServer(() => ({ body: { items: [offer], total: 1, stale: false } }));
    expect(await detailed(offer, good.client)).toEqual(offer);
  });

  it.each([
    ['gpt-5-mini', 'gpt-5-mini'],
    ['openai/GPT 5', 'openai-gpt-5'],
    ['漢字', 'model'],
    ['x'.repeat(99), 'x'.repeat(50)],
  ])('suggests a name for a config of %s', (model, name) => expect(suggested(model)).toBe(name));

  it('has an id that tells where it is', () => {
    expect([namespaceOf('a.k:x.y'), nameOf('a.k:x.y'), nameOf('a.support'), namespaceOf('odd')]).toEqual(['a', 'k', 'support', '']);
    expect([labelOf(row('a.k:x')), labelOf(row('a.k:x', { displayName: 'X' }))]).toEqual(['x', 'X']);
  });

  it('is asked for in an empty store, too, where no namespace is chosen', async () => {
    namespace.value = '';
    const { client, heard } = fakeServer(() => ({ body: { items: [], total: 0, stale: false } }));
    followChoices(client);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toHaveLength(1);
    expect(shown.value.kind).not.toBe('loading');
  });
});
