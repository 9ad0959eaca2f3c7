// @vitest-environment node
import { effect } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/api/problem';
import { older } from '../../src/state/rv';
import { Store, type Page, type Row } from '../../src/state/store';
import { PROBLEM } from './fake';

interface Item extends Row {
  readonly name?: string;
}

const row = (id: string, rv: string, name = id): Item => ({ id, rv, name });
const page = (items: Item[], more: Partial<Page<Item>> = {}): Page<Item> => ({ items, total: items.length, stale: false, ...more });

async function holding(...items: Item[]): Promise<Store<Item>> {
  const store = new Store<Item>();
  await store.open(async () => page(items));
  return store;
}

describe('a resourceVersion', () => {
  it.each([
    ['9', '10', true],
    ['10', '9', false],
    ['88123', '88123', false],
    ['99999999999999999999', '100000000000000000000', true],
    ['opaque', '5', false],
    [undefined, '5', false],
  ])('%s is older than %s: %s', (one, other, expected) => {
    expect(older(one, other)).toBe(expected);
  });
});

describe('a store', () => {
  it('never goes back in time, whoever tells', async () => {
    const store = await holding(row('a.k', '20', 'new'));
    store.upsert(row('a.k', '19', 'old'));
    expect(store.get('a.k')?.name).toBe('new');
    store.upsert(row('a.k', '21', 'newer'));
    expect(store.get('a.k')?.name).toBe('newer');
  });

  it('does not go back by a list of a replica that is behind', async () => {
    let items = [row('a.k', '20', 'new')];
    const store = new Store<Item>();
    await store.open(async () => page(items));
    items = [row('a.k', '5', 'old')];
    await store.refresh();
    expect(store.get('a.k')?.name).toBe('new');
  });

  it('keeps what is gone away, unless it was made anew', async () => {
    const store = await holding(row('a.k', '20'));
    store.remove('a.k');
    store.upsert(row('a.k', '20'));
    expect(store.ids.value).toEqual([]);
    store.upsert(row('a.k', '30', 'again'));
    expect(store.get('a.k')?.name).toBe('again');
  });

  it('keeps a new row that the list of another replica does not have yet, for a moment', async () => {
    let time = 10_000;
    const store = new Store<Item>(() => time);
    await store.open(async () => page([row('a.k', '1')]));
    store.upsert(row('a.new', '2'));
    await store.refresh();
    expect(store.ids.value).toEqual(['a.k', 'a.new']);
    time += 10_000;
    await store.refresh();
    expect(store.ids.value).toEqual(['a.k']);
  });

  it('redraws one row when one changes', async () => {
    const store = await holding(row('a.1', '1'), row('a.2', '1'));
    let drawn = 0;
    effect(() => {
      void store.row('a.1')?.value;
      drawn += 1;
    });
    store.upsert(row('a.2', '2'));
    expect(drawn).toBe(1);
    store.upsert(row('a.1', '2'));
    expect(drawn).toBe(2);
  });

  it('reads every page', async () => {
    const store = new Store<Item>();
    await store.open(async (cursor) => (cursor === undefined ? page([row('a.1', '1')], { next: 'c' }) : page([row('a.2', '1')])));
    expect(store.items.value.map((one) => one.id)).toEqual(['a.1', 'a.2']);
  });

  it('takes only what belongs to what is shown', async () => {
    const store = new Store<Item>();
    await store.open(async () => page([]), (item) => item.id.startsWith('a.'));
    store.upsert(row('b.k', '1'));
    expect(store.shown.value).toEqual({ kind: 'empty' });
    store.upsert(row('a.k', '1'));
    expect(store.shown.value).toEqual({ kind: 'ready' });
    store.remove('a.k');
    expect(store.shown.value).toEqual({ kind: 'empty' });
  });

  it('forgets an answer for what is not shown any more', async () => {
    const store = new Store<Item>();
    let answer: (page: Page<Item>) => void = () => {};
    const first = store.open(() => new Promise((resolve) => (answer = resolve)));
    await store.open(async () => page([row('b.k', '1')]));
    answer(page([row('a.k', '1')]));
    await first;
    expect(store.ids.value).toEqual(['b.k']);
  });

  it('lists once more when it was asked meanwhile, however often', async () => {
    const store = new Store<Item>();
    let asked = 0;
    let answer: () => void = () => {};
    const first = store.open(() => {
      asked += 1;
      return asked === 1 ? new Promise((resolve) => (answer = () => resolve(page([])))) : Promise.resolve(page([]));
    });
    await store.refresh();
    await store.refresh();
    answer();
    await first;
    expect(asked).toBe(2);
  });
});

describe('what is shown', () => {
  it('begins with loading', () => {
    expect(new Store<Item>().shown.value).toEqual({ kind: 'loading' });
  });

  it('tells forbidden from failed, and keeps the rows that are known', async () => {
    let problem = new Problem(PROBLEM);
    const store = new Store<Item>();
    let fails = false;
    await store.open(async () => {
      if (fails) {
        throw problem;
      }
      return page([row('a.k', '1')]);
    });
    fails = true;
    await store.refresh();
    expect(store.shown.value).toMatchObject({ kind: 'forbidden' });
    problem = Problem.own('Unreachable', 'a', 'b');
    await store.refresh();
    expect(store.shown.value).toMatchObject({ kind: 'error', rows: true });
    fails = false;
    await store.refresh();
    expect(store.shown.value).toEqual({ kind: 'ready' });
  });

  it('is stale by the list and by the stream, and recovers', async () => {
    const store = new Store<Item>();
    await store.open(async () => page([row('a.k', '1')], { stale: true, syncedAt: 't' }));
    expect(store.shown.value).toEqual({ kind: 'stale', syncedAt: 't' });
    store.fresh(false);
    expect(store.shown.value).toEqual({ kind: 'ready' });
    store.fresh(true, 'u');
    expect(store.shown.value).toEqual({ kind: 'stale', syncedAt: 'u' });
  });

  it('is nothing before a list was opened', async () => {
    const store = new Store<Item>();
    await store.refresh();
    store.upsert(row('a.k', '1'));
    expect(store.shown.value).toEqual({ kind: 'loading' });
  });
});
