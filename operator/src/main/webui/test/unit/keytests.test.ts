import { beforeEach, describe, expect, it, vi } from 'vitest';
import { asProblem, fakeServer, PROBLEM, type Heard, type Told } from './fake';

let heard: Heard[] = [];

async function fresh(answer: (heard: Heard) => Told | Promise<Told>) {
  vi.resetModules();
  const server = fakeServer(answer);
  heard = server.heard;
  vi.stubGlobal('fetch', server.fetching);
  return { ...(await import('../../src/state/keytests')), ...(await import('../../src/state/facts')) };
}

async function until(true_: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !true_(); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(true_()).toBe(true);
}

beforeEach(() => vi.unstubAllGlobals());

describe('testing all keys', () => {
  it('asks four at a time, and one that hangs delays none of the others', async () => {
    let open: (() => void) | undefined;
    let most = 0;
    let now = 0;
    const page = await fresh(async ({ url }) => {
      now += 1;
      most = Math.max(most, now);
      if (url.includes('slow')) {
        await new Promise<void>((resolve) => (open = resolve));
      }
      await Promise.resolve();
      now -= 1;
      return { body: { outcome: url.includes('bad') ? 'Refused' : 'Accepted' } };
    });
    const ids = ['a.slow', ...Array.from({ length: 9 }, (_, index) => `a.k${index}`), 'a.bad'];
    const sum = page.testAll(ids);
    await until(() => page.testingAll.value?.done === 10);
    expect(page.tested.value.get('a.slow')).toEqual({ kind: 'running' });
    open?.();
    expect(await sum).toEqual({ accepted: 10, others: 1 });
    expect(most).toBeLessThanOrEqual(4);
    expect(page.testingAll.value).toBeUndefined();
    expect(page.tested.value.get('a.bad')).toMatchObject({ kind: 'done', result: { outcome: 'Refused' } });
  });

  it('can be stopped, and then says nothing of those that were not asked', async () => {
    const page = await fresh(() => new Promise(() => {}));
    const sum = page.testAll(['a.1', 'a.2', 'a.3', 'a.4', 'a.5']);
    await until(() => heard.length === 4);
    page.stopTests();
    expect(await sum).toBeUndefined();
    expect(page.testingAll.value).toBeUndefined();
    expect(page.tested.value.size).toBe(0);
  });

  it('of one is left alone when nobody waits for it any more, and the others go on', async () => {
    const page = await fresh(({ url }) => (url.includes('slow') ? new Promise(() => {}) : { body: { outcome: 'Accepted' } }));
    const slow = page.testKey('a.slow');
    const sum = page.testAll(['a.1', 'a.slower']);
    await until(() => page.testingAll.value?.done === 1);
    page.stopTest('a.slow');
    expect(await slow).toBeUndefined();
    expect([...page.tested.value.keys()]).toEqual(['a.1', 'a.slower']);
    page.stopTest('a.slower');
    expect(await sum).toEqual({ accepted: 1, others: 1 });
    expect(page.tested.value.has('a.slower')).toBe(false);
  });

  it('counts what could not be asked as not accepted', async () => {
    const page = await fresh(() => ({ status: 403, body: PROBLEM, headers: asProblem }));
    expect(await page.testAll(['a.1'])).toEqual({ accepted: 0, others: 1 });
    expect(page.tested.value.get('a.1')).toMatchObject({ kind: 'failed', problem: { reason: 'Forbidden' } });
  });
});

describe('facts', () => {
  const list = (...items: unknown[]) => ({ body: { items, total: items.length, stale: false } });

  it('are loaded once', async () => {
    const page = await fresh(({ url }) =>
      url.includes('/providers') ? list({ name: 'OpenAI', keyless: false }) : list({ reason: 'InvalidKey', action: 'Put the right key.' }),
    );
    await Promise.all([page.loadFacts(), page.loadFacts()]);
    expect(heard).toHaveLength(2);
    expect(page.providerOf('OpenAI')).toMatchObject({ keyless: false });
    expect(page.actionOf('InvalidKey')).toBe('Put the right key.');
    expect(page.actionOf('Unheard')).toBeUndefined();
    expect(page.actionOf(undefined)).toBeUndefined();
  });

  it('are asked for again when they did not come', async () => {
    let away = true;
    const page = await fresh(() => (away ? { status: 503, body: { ...PROBLEM, status: 503 }, headers: asProblem } : list()));
    await page.loadFacts();
    expect(page.providersProblem.value).toMatchObject({ status: 503 });
    away = false;
    await page.loadFacts();
    expect(page.providersProblem.value).toBeUndefined();
  });
});
