import { signal } from '@preact/signals';
import { client } from '../api/client';
import { toProblem, type Problem } from '../api/problem';
import type { FactsProvider, FactsReason } from '../api/schema';

/** What does not change while a page is open, loaded when it is first asked for. */
export const providers = signal<readonly FactsProvider[]>([]);
export const providersProblem = signal<Problem | undefined>(undefined);
export const reasons = signal<ReadonlyMap<string, FactsReason>>(new Map());

let asked: Promise<void> | undefined;

export function loadFacts(): Promise<void> {
  asked ??= load().catch((thrown: unknown) => {
    asked = undefined;
    providersProblem.value = toProblem(thrown);
  });
  return asked;
}

async function load(): Promise<void> {
  const [some, words] = await Promise.all([
    client.call('GET /providers', { query: { limit: 500 } }),
    client.call('GET /reasons', { query: { limit: 500 } }),
  ]);
  providers.value = some.body.items;
  reasons.value = new Map(words.body.items.map((one) => [one.reason, one]));
  providersProblem.value = undefined;
}

/** The next step that goes with a reason; tracked. */
export function actionOf(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : reasons.value.get(reason)?.action;
}

export function providerOf(name: string): FactsProvider | undefined {
  return providers.value.find((one) => one.name === name);
}
