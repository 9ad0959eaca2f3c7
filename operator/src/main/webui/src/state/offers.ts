import { client as ours, type Client } from '../api/client';
import type { Choice, FactsProfile } from '../api/schema';

/** What one may choose for a config: asked for where it is needed, and kept while one looks. */

/** Models of the usable keys of a namespace, without what each takes. */
export async function offersIn(namespace: string, signal: AbortSignal, client: Client = ours): Promise<readonly Choice[]> {
  const query = { namespace, view: 'compact', limit: 2000 } as const;
  return (await client.call('GET /config/models', { query, signal })).body.items;
}

/** What a model takes when it is called with a key. @returns undefined where nobody knows it */
export async function modelAt(
  keyId: string,
  model: string,
  signal: AbortSignal,
  client: Client = ours,
): Promise<Choice | undefined> {
  const namespace = keyId.slice(0, keyId.indexOf('.'));
  const { body } = await client.call('GET /config/models', { query: { namespace, q: model, limit: 500 }, signal });
  return body.items.find((one) => one.apiKeyId === keyId && one.model === model);
}

let profiles: Promise<readonly FactsProfile[]> | undefined;

export function allProfiles(client: Client = ours): Promise<readonly FactsProfile[]> {
  profiles ??= client.call('GET /profiles', { query: { limit: 500 } }).then(
    ({ body }) => body.items,
    (thrown: unknown) => {
      profiles = undefined; // asked again the next time
      throw thrown;
    },
  );
  return profiles;
}
