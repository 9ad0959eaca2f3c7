import { signal } from '@preact/signals';
import { client, left } from '../api/client';
import { toProblem, type Problem } from '../api/problem';
import type { Config, Impact, Selection } from '../api/schema';

/** How far a change is that shows what it does before it is done. */
export type Step =
  | { readonly kind: 'looking' }
  | { readonly kind: 'shown'; readonly impact: Impact }
  | { readonly kind: 'writing'; readonly impact: Impact }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly impact: Impact | undefined }
  | { readonly kind: 'done' };

export interface Change<T> {
  /** What it would do; nothing is changed. */
  readonly look: (signal: AbortSignal, force: boolean) => Promise<Impact>;
  readonly write: (force: boolean) => Promise<T>;
  readonly done: (answer: T) => void;
}

/** A change in two steps: look, then write. Refused in either, it can be looked at again, and nothing is lost. */
export function change<T>({ look, write, done }: Change<T>) {
  const step = signal<Step>({ kind: 'looking' });
  let looking: AbortController | undefined;
  /** Fields of others are taken over only after the person was asked. */
  let force = false;

  const again = async (): Promise<void> => {
    looking?.abort();
    const own = new AbortController();
    looking = own;
    step.value = { kind: 'looking' };
    try {
      const impact = await look(own.signal, force);
      if (!own.signal.aborted) {
        step.value = { kind: 'shown', impact };
      }
    } catch (thrown) {
      if (!own.signal.aborted && !left(thrown)) {
        step.value = { kind: 'refused', problem: toProblem(thrown), impact: undefined };
      }
    }
  };

  return {
    step,
    look: again,
    async write(): Promise<void> {
      const now = step.peek();
      if (now.kind !== 'shown') {
        return;
      }
      step.value = { kind: 'writing', impact: now.impact };
      try {
        const answer = await write(force);
        step.value = { kind: 'done' };
        done(answer);
      } catch (thrown) {
        step.value = { kind: 'refused', problem: toProblem(thrown), impact: now.impact };
      }
    },
    async takeOver(): Promise<void> {
      force = true;
      await again();
    },
    leave(): void {
      looking?.abort();
    },
  };
}

/** Fields of others are taken over, or not. */
export function forced(force: boolean): { readonly force?: 'true' } {
  return force ? { force: 'true' } : {};
}

/** Makes a config, or a model that a key offers, the default of its namespace. */
export function selecting(id: string, body: Selection = {}): Pick<Change<Config>, 'look' | 'write'> {
  const request = (force: boolean) => ({ path: { id }, body, query: forced(force) });
  return {
    look: async (signal, force) => (await client.preview('POST /config/models/{id}/select', { ...request(force), signal })).body,
    write: async (force) => (await client.call('POST /config/models/{id}/select', request(force))).body,
  };
}
