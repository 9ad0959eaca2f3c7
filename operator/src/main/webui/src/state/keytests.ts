import { signal } from '@preact/signals';
import { client, left } from '../api/client';
import { toProblem, type Problem } from '../api/problem';
import type { TestResult } from '../api/schema';

/** A test of a stored key: under way, or what came of it. */
export type Tested =
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly result: TestResult }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** By id; a key that was not tested since the page was opened is not in it. */
export const tested = signal<ReadonlyMap<string, Tested>>(new Map());
/** All of them: how many of how many are done. */
export const testingAll = signal<{ readonly done: number; readonly total: number } | undefined>(undefined);

/** The operator asks each provider; more at a time would only make them wait for each other. */
const AT_A_TIME = 4;

let stop: AbortController | undefined;
const running = new Map<string, AbortController>();

export async function testKey(id: string, all?: AbortSignal): Promise<Tested | undefined> {
  const own = new AbortController();
  running.set(id, own);
  tell(id, { kind: 'running' });
  try {
    const signal_ = all === undefined ? own.signal : AbortSignal.any([own.signal, all]);
    const { body } = await client.call('POST /config/api-keys/{id}/test', { path: { id }, body: {}, signal: signal_ });
    return tell(id, { kind: 'done', result: body });
  } catch (thrown) {
    if (left(thrown)) {
      forget(id);
      return undefined;
    }
    return tell(id, { kind: 'failed', problem: toProblem(thrown) });
  }
}

/** One that is slow or dead delays none of the others. @returns how many were accepted, and how many not */
export async function testAll(ids: readonly string[]): Promise<{ accepted: number; others: number } | undefined> {
  stop?.abort();
  const own = new AbortController();
  stop = own;
  const waiting = [...ids];
  let accepted = 0;
  let done = 0;
  testingAll.value = { done, total: ids.length };
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined && !own.signal.aborted; id = waiting.shift()) {
      const result = await testKey(id, own.signal);
      if (own.signal.aborted) {
        return;
      }
      done += 1;
      accepted += result?.kind === 'done' && result.result.outcome === 'Accepted' ? 1 : 0;
      testingAll.value = { done, total: ids.length };
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  if (own.signal.aborted) {
    return undefined;
  }
  testingAll.value = undefined;
  return { accepted, others: done - accepted };
}

/** Waits no longer. The operator finishes what it began, and the row tells what came of it. */
export function stopTest(id: string): void {
  running.get(id)?.abort();
}

export function stopTests(): void {
  stop?.abort();
  testingAll.value = undefined;
}

function tell(id: string, what: Tested): Tested {
  tested.value = new Map(tested.value).set(id, what);
  return what;
}

export function forget(id: string): void {
  const rest = new Map(tested.value);
  rest.delete(id);
  tested.value = rest;
}
