import { client } from '../../api/client';
import { toProblem } from '../../api/problem';
import type { Key } from '../../api/schema';
import { keys as store } from '../../state/stores';
import { say } from '../../state/ui';
import { keys } from '../../text/en';

/** A key that lies beside the store becomes one of the store. */
export async function importKey(row: Key): Promise<void> {
  try {
    const { body } = await client.call('POST /config/api-keys/{id}/import', { path: { id: row.id }, body: {} });
    store.upsert(body);
    say('ok', keys.imported(body.name));
  } catch (thrown) {
    const problem = toProblem(thrown);
    say('bad', `${problem.detail} ${problem.action}`);
  }
}
