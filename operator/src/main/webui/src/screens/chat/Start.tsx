import { useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import { Button } from '../../parts/Button';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { Select } from '../../parts/Select';
import { to } from '../../routes';
import { draft } from '../../state/chatPage';
import { loadChoices, nameOf, sources } from '../../state/choices';
import { namespaces } from '../../state/namespaces';
import { may } from '../../state/permissions';
import { standalone } from '../../state/session';
import { keys } from '../../state/stores';
import { namespace } from '../../state/ui';
import { chat as words } from '../../text/en/chat';

/** Before the first question. */
export function Start() {
  return (
    <div class="start">
      <p class="start-title">{words.start.title}</p>
      <p class="muted">{words.start.hint}</p>
      {keys.shown.value.kind === 'empty' && (
        <p class="row wrapping">
          {words.start.onlyEcho}
          <a class="button accent" href={to('keys', ['new'])}>
            {words.start.addKey}
          </a>
        </p>
      )}
      <div class="row wrapping">
        {words.start.examples.map((example) => (
          <button
            key={example}
            type="button"
            class="example"
            onClick={() => {
              draft.value = example;
              document.querySelector<HTMLElement>('.composer-text')?.focus();
            }}
          >
            {example}
          </button>
        ))}
      </div>
    </div>
  );
}

/** No model can be asked: because there is no key, or because no key offers one. */
export function NoModel() {
  const some = keys.items.value.length > 0;
  return (
    <div class="surface no-model stack">
      <div class="stack tight">
        <p>
          <strong>{some ? words.start.noModels : words.start.noKey}</strong>
        </p>
        {some ? (
          <ul class="plain-list">
            {sources.value.map((source) => (
              <li key={source.apiKeyId}>{words.start.why(nameOf(source.apiKeyId), reasonOf(source.apiKeyId, source.reason))}</li>
            ))}
          </ul>
        ) : (
          <p class="muted">{words.start.noKeyHint}</p>
        )}
      </div>
      <Echo first={!some} />
    </div>
  );
}

/** What the key says of itself is better than the one word of its list. */
function reasonOf(id: string, reason: string | undefined): string {
  return keys.get(id)?.sentence ?? reason ?? words.start.waiting;
}

function Echo({ first }: { readonly first: boolean }) {
  const places = placesForKeys();
  const [place, setPlace] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const where = place ?? places[0] ?? 'default';
  const add = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { body } = await client.call('POST /config/api-keys', {
        body: { namespace: where, name: 'echo', provider: 'Echo', displayName: words.start.echoName },
      });
      keys.upsert(body);
    } catch (thrown) {
      const found = toProblem(thrown);
      // Somebody else, or another tab, was faster.
      if (found.reason !== 'AlreadyExists') {
        setBusy(false);
        setProblem(found);
        return;
      }
    }
    await loadChoices();
  };
  return (
    <>
      {places.length > 1 && (
        <Select
          label={words.start.where}
          value={where}
          options={places.map((name) => ({ value: name, label: name }))}
          onChange={setPlace}
        />
      )}
      <div class="row wrapping">
        <a class="button accent" href={first ? to('keys', ['new']) : to('keys')}>
          {first ? words.start.addKey : words.start.toKeys}
        </a>
        <Button busy={busy} onClick={() => void add()}>
          {busy ? words.start.echoing : words.start.tryEcho}
        </Button>
      </div>
      {problem !== undefined && <ProblemBanner problem={problem} />}
    </>
  );
}

function placesForKeys(): readonly string[] {
  if (namespace.value !== '') {
    return [namespace.value];
  }
  if (standalone.value) {
    return ['default'];
  }
  const names = namespaces.value.map((one) => one.name);
  const allowed = names.slice(0, 20).filter((name) => may('create', 'apikeyconfigs', name));
  return allowed.length > 0 ? allowed : names;
}
