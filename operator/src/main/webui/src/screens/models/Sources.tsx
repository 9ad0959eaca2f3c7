import { useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem } from '../../api/problem';
import type { ModelSource } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Icon } from '../../parts/Icon';
import { loadChoices, nameOf, namespaceOf, shown, sources } from '../../state/choices';
import { now } from '../../state/clock';
import { troubled } from '../../state/models';
import { may } from '../../state/permissions';
import { keys } from '../../state/stores';
import { say } from '../../state/ui';
import { format } from '../../text/en';
import { models as words } from '../../text/en/models';

/** Who answered, and how old the list of each other one is. */
export function Sources() {
  // Nobody asks for a key that somebody has set aside.
  const all = sources.value.filter(({ apiKeyId }) => keys.get(apiKeyId)?.state !== 'Suspended');
  const some = troubled(all);
  if (all.length === 0) {
    // Its room is kept while the answer is on its way: rows that jump are hard to read.
    return shown.value.kind === 'loading' ? <div class="sources" /> : null;
  }
  return (
    <div class="sources">
      <p class={some.length === 0 ? 'label' : 'label warn-text'}>
        <Icon name={some.length === 0 ? 'check' : 'alert'} size={13} /> {words.answered(all.length - some.length, all.length)}
      </p>
      {some.length > 0 && <Troubles some={some.slice(0, SHOWN)} />}
      {some.length > SHOWN && (
        <details>
          <summary>{words.moreTroubles(some.length - SHOWN)}</summary>
          <Troubles some={some.slice(SHOWN)} />
        </details>
      )}
    </div>
  );
}

/** What many keys say must not push the models out of sight. */
const SHOWN = 3;

function Troubles({ some }: { readonly some: readonly ModelSource[] }) {
  return (
    <ul>
      {some.map((source) => (
        <Trouble key={source.apiKeyId} source={source} />
      ))}
    </ul>
  );
}

function Trouble({ source }: { readonly source: ModelSource }) {
  const [busy, setBusy] = useState(false);
  const key = keys.get(source.apiKeyId);
  const name = key?.displayName || nameOf(source.apiKeyId);
  const list = words.lists[source.status]?.(source.at === undefined ? '' : format.ago(source.at, now.value)) ?? '';
  const again = async (): Promise<void> => {
    setBusy(true);
    try {
      // The operator's own check, which lists the models, too.
      await client.call('POST /config/api-keys/{id}/test', { path: { id: source.apiKeyId }, body: {} });
      await loadChoices();
    } catch (thrown) {
      say('bad', `${words.retryFailed(name)} ${toProblem(thrown).detail}`);
    }
    setBusy(false);
  };
  return (
    <li class="row">
      <span class="wrap" dir="auto">
        {words.trouble(name, source.sentence ?? source.reason ?? words.noReason, list)}
      </span>
      {may('patch', 'apikeyconfigs', namespaceOf(source.apiKeyId)) && (
        <Button small kind="quiet" icon="refresh" busy={busy} onClick={() => void again()}>
          {busy ? words.asking : words.retry}
          <span class="spoken"> {words.retrySource(name)}</span>
        </Button>
      )}
    </li>
  );
}
