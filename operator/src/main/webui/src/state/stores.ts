import { client } from '../api/client';
import type { Agent, Config, Key } from '../api/schema';
import type { Kind, Told } from '../api/events';
import { Store, type Row } from './store';

/** One store for each kind that changes while one looks at it. */
export const keys = new Store<Key>();
export const configs = new Store<Config>();
export const agents = new Store<Agent>();

const ALL: Readonly<Record<Kind, Store<Row>>> = {
  ApiKeyConfig: keys as unknown as Store<Row>,
  ModelConfig: configs as unknown as Store<Row>,
  Agent: agents as unknown as Store<Row>,
};

/** Shows this namespace, or with '' all that the person may list. */
export function openNamespace(namespace: string): void {
  const where = namespace === '' ? {} : { namespace };
  const inside = (row: { namespace: string }) => namespace === '' || row.namespace === namespace;
  const query = (cursor: string | undefined) => ({ ...where, limit: 500, ...(cursor === undefined ? {} : { cursor }) });
  void keys.open(
    async (cursor, signal) => (await client.call('GET /config/api-keys', { query: query(cursor), signal })).body,
    inside,
  );
  void configs.open(
    async (cursor, signal) => (await client.call('GET /config/model-configs', { query: query(cursor), signal })).body,
    inside,
  );
  void agents.open(
    async (cursor, signal) => (await client.call('GET /agents', { query: query(cursor), signal })).body,
    inside,
  );
}

/** What the stream tells, put where it belongs. */
export function take(told: Told): void {
  switch (told.event) {
    case 'upsert':
      ALL[told.kind]?.upsert(told.item as Row);
      break;
    case 'delete':
      ALL[told.kind]?.remove(told.id);
      break;
    case 'refresh':
      void ALL[told.kind]?.refresh();
      break;
    case 'hello':
      // A stream that begins anew knows nothing of what came before it.
      if (told.resumed) {
        retryFailed();
      } else {
        listAgain();
      }
      break;
    case 'freshness':
      for (const store of Object.values(ALL)) {
        store.fresh(told.stale, told.syncedAt);
      }
      break;
    default:
  }
}

export function listAgain(): void {
  for (const store of Object.values(ALL)) {
    void store.refresh();
  }
}

/** What failed is asked for again by itself; somebody who looks at it has nothing to do. */
export function retryFailed(): void {
  for (const store of Object.values(ALL)) {
    if (store.shown.peek().kind === 'error') {
      void store.refresh();
    }
  }
}
