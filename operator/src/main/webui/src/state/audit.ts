import { signal } from '@preact/signals';
import { client as ours, left, type Client } from '../api/client';
import { toProblem } from '../api/problem';
import type { AuditEntry } from '../api/schema';
import type { Routes } from '../api/schema';
import type { Shown } from './store';

export type AuditQuery = NonNullable<Routes['GET /audit']['query']>;

/** What one looks for; '' is everything. Days are those of the person's own clock. */
export interface AuditSieve {
  readonly q: string;
  readonly actor: string;
  readonly action: string;
  readonly result: string;
  readonly object: string;
  readonly from: string;
  readonly to: string;
}

export const EVERYTHING: AuditSieve = { q: '', actor: '', action: '', result: '', object: '', from: '', to: '' };

const PAGE = 100;

/** Entries as they are told, the latest first; older ones come when they are asked for. */
export class AuditTrail {
  readonly shown = signal<Shown>({ kind: 'loading' });
  readonly entries = signal<readonly AuditEntry[]>([]);
  readonly total = signal(0);
  readonly more = signal(false);
  readonly loadingMore = signal(false);
  readonly replica = signal<string | undefined>(undefined);
  readonly since = signal<string | undefined>(undefined);

  readonly #client: Client;
  #query: AuditQuery = {};
  #next: string | undefined;
  #loading: AbortController | undefined;

  constructor(client: Client = ours) {
    this.#client = client;
  }

  /** Looks for something else; what is shown stays until the answer is there. */
  async open(namespace: string, sieve: AuditSieve): Promise<void> {
    this.#query = queryOf(namespace, sieve);
    await this.refresh();
  }

  async refresh(): Promise<void> {
    this.#loading?.abort();
    const own = new AbortController();
    this.#loading = own;
    try {
      const { body } = await this.#client.call('GET /audit', { query: { ...this.#query, limit: PAGE }, signal: own.signal });
      this.entries.value = body.items;
      this.#took(body);
      this.shown.value = body.stale ? { kind: 'stale', syncedAt: body.syncedAt } : { kind: body.items.length === 0 ? 'empty' : 'ready' };
    } catch (thrown) {
      if (!left(thrown) && !own.signal.aborted) {
        const problem = toProblem(thrown);
        this.shown.value = problem.forbidden
          ? { kind: 'forbidden', problem }
          : { kind: 'error', problem, rows: this.entries.peek().length > 0 };
      }
    }
  }

  async older(): Promise<void> {
    const cursor = this.#next;
    const own = this.#loading;
    if (cursor === undefined || this.loadingMore.peek()) {
      return;
    }
    this.loadingMore.value = true;
    try {
      const query = { ...this.#query, limit: PAGE, cursor };
      const { body } = await this.#client.call('GET /audit', { query, signal: own?.signal });
      // Something that came meanwhile must not stand there twice.
      const known = new Set(this.entries.peek().map((one) => one.id));
      this.entries.value = [...this.entries.peek(), ...body.items.filter((one) => !known.has(one.id))];
      this.#took(body);
    } catch (thrown) {
      if (!left(thrown) && own?.signal.aborted !== true) {
        this.shown.value = { kind: 'error', problem: toProblem(thrown), rows: true };
      }
    } finally {
      this.loadingMore.value = false;
    }
  }

  /** Everything that is looked for, as lines; not only what is shown. */
  async lines(): Promise<Blob> {
    const response = await this.#client.open('GET /audit', { query: this.#query }, 'application/x-ndjson');
    return response.blob();
  }

  leave(): void {
    this.#loading?.abort();
  }

  #took(body: Routes['GET /audit']['answer']): void {
    this.total.value = body.total;
    this.#next = body.next;
    this.more.value = body.next !== undefined;
    this.replica.value = body.replica;
    this.since.value = body.since;
  }
}

export function queryOf(namespace: string, sieve: AuditSieve): AuditQuery {
  const { q, actor, action, result, object, from, to } = sieve;
  return {
    ...(namespace !== '' && { namespace }),
    ...(q.trim() !== '' && { q: q.trim() }),
    ...(actor !== '' && { actor }),
    ...(action !== '' && { action: action as never }),
    ...(result !== '' && { result: result as never }),
    ...(object !== '' && { object }),
    ...bound('from', from, 0),
    ...bound('to', to, 1),
  };
}

/** A day of the person's clock as a moment; the last day counts to its end. */
function bound(name: 'from' | 'to', day: string, daysLater: number): { from?: string; to?: string } {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) {
    return {};
  }
  return { [name]: new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + daysLater).toISOString() };
}
