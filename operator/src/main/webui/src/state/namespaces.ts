import { batch, signal } from '@preact/signals';
import { client } from '../api/client';
import { toProblem, type Problem } from '../api/problem';
import type { Namespace } from '../api/schema';

/** Those in which the person may list something. */
export const namespaces = signal<readonly Namespace[]>([]);
/** Whether the person may list in the whole cluster: only then is there such a place as all of them. */
export const everywhere = signal(true);
/** Why there is no list; more than two hundred must be asked for by name. */
export const namespacesProblem = signal<Problem | undefined>(undefined);

export async function loadNamespaces(): Promise<void> {
  try {
    const all: Namespace[] = [];
    let wide = true;
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? { limit: 500 } : { limit: 500, cursor };
      const { body } = await client.call('GET /namespaces', { query });
      all.push(...body.items);
      wide = body.reach !== 'Namespaces';
      cursor = body.next;
    } while (cursor !== undefined);
    batch(() => {
      namespaces.value = all;
      everywhere.value = wide;
      namespacesProblem.value = undefined;
    });
  } catch (thrown) {
    const problem = toProblem(thrown);
    if (problem.forbidden) {
      namespaces.value = []; // those of whoever was signed in before
    }
    namespacesProblem.value = problem;
  }
}

/** One that has no objects yet is asked about by its name. @returns undefined when the person may list nothing there */
export async function findNamespace(name: string): Promise<Namespace | undefined> {
  const { body } = await client.call('GET /namespaces', { query: { name } });
  const found = body.items.find((one) => one.name === name);
  if (found !== undefined && !namespaces.peek().some((one) => one.name === name)) {
    namespaces.value = [...namespaces.peek(), found].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }
  return found;
}
