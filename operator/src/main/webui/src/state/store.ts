import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { left } from '../api/client';
import { toProblem, type Problem } from '../api/problem';
import { older } from './rv';

export interface Row {
  readonly id: string;
  readonly rv?: string;
}

/** A page of a list, as the API answers it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly next?: string;
  readonly stale: boolean;
  readonly syncedAt?: string;
}

/** What a screen shows of a list; each is told in its own way. */
export type Shown =
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'stale'; readonly syncedAt: string | undefined }
  /** With `rows` the last good ones are shown below the problem. */
  | { readonly kind: 'error'; readonly problem: Problem; readonly rows: boolean }
  | { readonly kind: 'forbidden'; readonly problem: Problem };

export type Lister<T> = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;

/** Between a write's answer and the list of a replica that is a moment behind. */
const WRITE_HOLDS_MS = 3_000;

/**
 * All rows of one kind. Each has a signal of its own, so that a change of one redraws one. The server is the truth: a
 * row is never replaced by an older one, whatever the order in which replicas tell.
 */
export class Store<T extends Row> {
  readonly ids: ReadonlySignal<readonly string[]>;
  readonly shown: ReadonlySignal<Shown>;
  /** For derived lists; redrawn on every change, so a table row uses `row` instead. */
  readonly items: ReadonlySignal<readonly T[]>;

  readonly #rows = new Map<string, Signal<T>>();
  readonly #order: Signal<readonly string[]> = signal([]);
  readonly #result: Signal<Shown> = signal({ kind: 'loading' });
  /** The rv that a row had when it went, so that a replica that is behind does not bring it back. */
  readonly #gone = new Map<string, string | undefined>();
  readonly #touched = new Map<string, number>();
  readonly #now: () => number;
  #list: Lister<T> | undefined;
  #includes: (row: T) => boolean = () => true;
  #loading: AbortController | undefined;
  #again = false;

  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
    this.ids = this.#order;
    this.items = computed(() => this.#order.value.map((id) => (this.#rows.get(id) as Signal<T>).value));
    this.shown = computed(() => this.#show());
  }

  #show(): Shown {
    const result = this.#result.value;
    const some = this.#order.value.length > 0;
    if (result.kind === 'error') {
      return { ...result, rows: some };
    }
    if (result.kind === 'ready' || result.kind === 'empty') {
      return { kind: some ? 'ready' : 'empty' };
    }
    return result.kind === 'loading' && some ? { kind: 'ready' } : result;
  }

  row(id: string): ReadonlySignal<T> | undefined {
    return this.#rows.get(id);
  }

  /** Tracked: whoever asks is told when it comes or goes, too. */
  get(id: string): T | undefined {
    void this.#order.value;
    return this.#rows.get(id)?.value;
  }

  /**
   * Shows another list from now on, such as that of another namespace.
   *
   * @param includes whether a row that is told of later belongs to it
   */
  async open(list: Lister<T>, includes: (row: T) => boolean = () => true): Promise<void> {
    this.#loading?.abort();
    this.#loading = undefined;
    this.#list = list;
    this.#includes = includes;
    batch(() => {
      this.#rows.clear();
      this.#gone.clear();
      this.#touched.clear();
      this.#order.value = [];
      this.#result.value = { kind: 'loading' };
    });
    await this.refresh();
  }

  get opened(): boolean {
    return this.#list !== undefined;
  }

  /** Lists again; what is shown stays until the answer is there. Asked twice meanwhile, it is done once more. */
  async refresh(): Promise<void> {
    const list = this.#list;
    if (list === undefined) {
      return;
    }
    if (this.#loading !== undefined) {
      this.#again = true;
      return;
    }
    const own = new AbortController();
    this.#loading = own;
    try {
      do {
        this.#again = false;
        await this.#load(list, own.signal);
      } while (this.#again && !own.signal.aborted);
    } finally {
      if (this.#loading === own) {
        this.#loading = undefined;
      }
    }
  }

  async #load(list: Lister<T>, signal: AbortSignal): Promise<void> {
    const began = this.#now();
    try {
      const items: T[] = [];
      let page = await list(undefined, signal);
      items.push(...page.items);
      while (page.next !== undefined && !signal.aborted) {
        page = await list(page.next, signal);
        items.push(...page.items);
      }
      if (!signal.aborted) {
        this.#take(items, page, began);
      }
    } catch (thrown) {
      if (!signal.aborted && !left(thrown)) {
        const problem = toProblem(thrown);
        this.#result.value = problem.forbidden
          ? { kind: 'forbidden', problem }
          : { kind: 'error', problem, rows: false };
      }
    }
  }

  #take(items: readonly T[], page: Page<T>, began: number): void {
    batch(() => {
      const listed = new Set(items.map((item) => item.id));
      const kept = this.#order.value.filter(
        (id) => !listed.has(id) && (this.#touched.get(id) ?? Number.NEGATIVE_INFINITY) > began - WRITE_HOLDS_MS,
      );
      for (const item of items) {
        this.#put(item);
      }
      const order = [...items.map((item) => item.id).filter((id) => this.#rows.has(id)), ...kept];
      for (const id of [...this.#rows.keys()]) {
        if (!listed.has(id) && !kept.includes(id)) {
          this.#rows.delete(id);
        }
      }
      this.#order.value = order;
      this.#result.value = page.stale ? { kind: 'stale', syncedAt: page.syncedAt } : { kind: 'ready' };
    });
  }

  /** A row that was told of, or that a write answered. */
  upsert(item: T): void {
    if (!this.opened || !this.#includes(item)) {
      return;
    }
    batch(() => {
      const known = this.#rows.has(item.id);
      if (this.#put(item)) {
        this.#touched.set(item.id, this.#now());
        if (!known) {
          this.#order.value = [...this.#order.value, item.id];
        }
      }
    });
  }

  remove(id: string): void {
    const row = this.#rows.get(id);
    if (row !== undefined) {
      this.#gone.set(id, row.peek().rv);
      this.#touched.delete(id);
      batch(() => {
        this.#order.value = this.#order.value.filter((one) => one !== id);
        this.#rows.delete(id);
      });
    }
  }

  /** Whether the rows are old, as the stream says it. */
  fresh(stale: boolean, syncedAt?: string): void {
    const kind = this.#result.peek().kind;
    if (kind === 'ready' || kind === 'empty' || kind === 'stale') {
      this.#result.value = stale ? { kind: 'stale', syncedAt } : { kind: 'ready' };
    }
  }

  #put(item: T): boolean {
    const before = this.#rows.get(item.id);
    if (before === undefined) {
      const gone = this.#gone.get(item.id);
      if (gone !== undefined && !older(gone, item.rv)) {
        return false;
      }
      this.#gone.delete(item.id);
      this.#rows.set(item.id, signal(item));
      return true;
    }
    if (older(item.rv, before.peek().rv)) {
      return false;
    }
    before.value = item;
    return true;
  }
}
