import { describe, expect, it } from 'vitest';
import { AuditTrail, EVERYTHING, queryOf } from '../../src/state/audit';
import { asProblem, fakeServer, PROBLEM, type Told } from './fake';

const entry = (id: number) => ({ id: `r-${id}`, at: '2026-11-21T12:00:00Z', via: 'Api', action: 'Update', result: 'Done' });
const page = (ids: readonly number[], next?: string) => ({ body: { items: ids.map(entry), total: 5, stale: false, replica: 'llm-1', since: '2026-11-21T09:12:00Z', ...(next && { next }) } });

function trail(...answers: Told[]) {
  const fake = fakeServer(() => answers.shift() ?? page([]));
  return { ...fake, trail: new AuditTrail(fake.client) };
}

describe('the trail', () => {
  it('shows the first page, and which replica saw it since when', async () => {
    const { trail: one, heard } = trail(page([5, 4], 'c'));
    await one.open('agents', EVERYTHING);
    expect(one.entries.value.map((e) => e.id)).toEqual(['r-5', 'r-4']);
    expect([one.total.value, one.more.value, one.replica.value]).toEqual([5, true, 'llm-1']);
    expect(one.shown.value).toEqual({ kind: 'ready' });
    expect(new URL(heard[0]!.url).search).toBe('?namespace=agents&limit=100');
  });

  it('adds older entries, and none twice', async () => {
    const { trail: one, heard } = trail(page([5, 4], 'c'), page([4, 3]));
    await one.open('', EVERYTHING);
    await one.older();
    expect(one.entries.value.map((e) => e.id)).toEqual(['r-5', 'r-4', 'r-3']);
    expect(one.more.value).toBe(false);
    expect(new URL(heard[1]!.url).searchParams.get('cursor')).toBe('c');
    await one.older();
    expect(heard).toHaveLength(2);
  });

  it('keeps what is shown when it cannot be read anew', async () => {
    const { trail: one } = trail(page([5]), { status: 503, headers: asProblem, body: { ...PROBLEM, status: 503, reason: 'StorageFull' } });
    await one.open('', EVERYTHING);
    await one.refresh();
    expect(one.shown.value).toMatchObject({ kind: 'error', rows: true });
    expect(one.entries.value).toHaveLength(1);
  });

  it('says what is missing to read it', async () => {
    const { trail: one } = trail({ status: 403, headers: asProblem, body: PROBLEM });
    await one.open('agents', EVERYTHING);
    expect(one.shown.value.kind).toBe('forbidden');
  });

  it('is empty, or old, when the answer says so', async () => {
    const { trail: one } = trail(page([]), { body: { items: [entry(1)], total: 1, stale: true, syncedAt: 'then' } });
    await one.open('', EVERYTHING);
    expect(one.shown.value).toEqual({ kind: 'empty' });
    await one.refresh();
    expect(one.shown.value).toEqual({ kind: 'stale', syncedAt: 'then' });
  });

  it('takes the answer to the last question, whichever comes first', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const answers = [held.then(() => page([1])), Promise.resolve(page([2]))];
    const { client } = fakeServer(() => answers.shift() ?? page([]));
    const one = new AuditTrail(client);
    const first = one.open('', { ...EVERYTHING, q: 'a' });
    const second = one.open('', { ...EVERYTHING, q: 'ab' });
    release();
    await Promise.all([first, second]);
    expect(one.entries.value.map((e) => e.id)).toEqual(['r-2']);
  });

  it('is exported as lines, all that is looked for', async () => {
    const { trail: one, heard } = trail(page([5], 'c'), { body: '{"id":"r-5"}\n', headers: { 'content-type': 'application/x-ndjson' } });
    await one.open('agents', { ...EVERYTHING, action: 'Delete' });
    expect(await (await one.lines()).text()).toBe('{"id":"r-5"}\n');
    expect(heard[1]!.headers['Accept']).toBe('application/x-ndjson');
    expect(new URL(heard[1]!.url).search).toBe('?namespace=agents&action=Delete');
  });
});

describe('what is looked for', () => {
  it('counts the last day to its end, by the clock of the person', () => {
    const { from, to } = queryOf('', { ...EVERYTHING, from: '2026-11-20', to: '2026-11-20' });
    expect(new Date(from!)).toEqual(new Date(2026, 10, 20));
    expect(new Date(to!)).toEqual(new Date(2026, 10, 21));
  });

  it('leaves out what is no day, and what is empty', () => {
    expect(queryOf('', { ...EVERYTHING, from: '20', q: '  ' })).toEqual({});
    expect(queryOf('', { ...EVERYTHING, actor: 'jane', result: 'Refused', object: 'a.b' })).toEqual({ actor: 'jane', result: 'Refused', object: 'a.b' });
  });
});
