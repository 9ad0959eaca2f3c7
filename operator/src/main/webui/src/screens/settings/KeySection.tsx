import { useRef, useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { Key, Provider } from '../../api/schema';
import { Button, IconButton } from '../../parts/Button';
import { Field } from '../../parts/Field';
import { KeyField, type KeyHandle } from '../../parts/KeyField';
import { editable } from '../../parts/Ownership';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { byPopularity, providerName } from '../../parts/providers';
import { Select } from '../../parts/Select';
import { toObject } from '../../routes';
import { providerOf, providers } from '../../state/facts';
import { may } from '../../state/permissions';
import { keyRing, standalone } from '../../state/session';
import { keys as store } from '../../state/stores';
import { freshness, say } from '../../state/ui';
import { keyForm, keys, settings, shell } from '../../text/en';
import { Advanced } from '../keys/Advanced';
import { consentOf, focusInvalid, hostOf, KeyPage } from '../keys/pieces';
import { testOne } from '../keys/columns';
import { bodyOf, EMPTY, looksLike, missing, triedOf, wrongOf, type Draft, type Wrong } from '../keys/draft';
import { later } from '../../parts/later';
import { KeyState } from '../keys/KeyState';
import { TestView } from '../keys/TestView';
import { useTrial } from '../keys/trial';
import '../keys/keys.css';

const DeleteKey = later(async () => (await import('../keys/DeleteKey')).DeleteKey);

/** Add a key, test it, delete one. */
export function KeySection({ where }: { readonly where: string }) {
  return (
    <section class="surface panel" aria-labelledby="settings-keys">
      <div>
        <h2 id="settings-keys">{settings.keys}</h2>
        <p class="muted">{settings.keysAbout}</p>
      </div>
      {may('create', 'apikeyconfigs', where) ? <Form where={where} /> : <p class="muted">{settings.mayNotAdd}</p>}
      <Stored where={where} />
    </section>
  );
}

function Form({ where }: { readonly where: string }) {
  const blank: Draft = { ...EMPTY, namespace: where, store: keyRing.value || standalone.value ? 'EncryptedKey' : 'Secret' };
  const [draft, setDraft] = useState(blank);
  const [typed, setTyped] = useState({ empty: true, prefix: '' });
  const [local, setLocal] = useState<Wrong>({});
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const { trial, run, forget } = useTrial();
  const field = useRef<KeyHandle>(null);
  const form = useRef<HTMLFormElement>(null);

  const facts = draft.provider === '' ? undefined : providerOf(draft.provider);
  // A provider that can do without a key is asked without one when none was typed.
  const whole: Draft = { ...draft, source: typed.empty && facts?.keyless ? 'none' : 'key' };
  const wrong: Wrong = { ...wrongOf(problem), ...local };
  const alike = looksLike(typed.prefix, draft.provider, providers.value);
  const change = (some: Partial<Draft>) => {
    setDraft({ ...draft, ...some });
    setLocal({});
    forget();
  };
  const valid = () => {
    const found = missing(whole, facts, !typed.empty);
    setLocal(found);
    setProblem(undefined);
    focusInvalid(form.current);
    return Object.keys(found).length === 0;
  };
  const test = () => {
    if (valid()) {
      void run(triedOf(whole, field.current?.peek() ?? ''), hostOf(draft.endpoint || (facts?.endpoint ?? '')));
    }
  };
  const add = async (consent = false) => {
    if (busy || !valid()) {
      return;
    }
    setBusy(true);
    try {
      const body = { ...bodyOf(whole, field.current?.peek() ?? ''), ...(consent ? { consent: true } : {}) };
      const answer = await client.call('POST /config/api-keys', { body });
      store.upsert(answer.body);
      field.current?.clear();
      setDraft(blank);
      forget();
      answer.body.warnings?.forEach((one) => say('warn', one.message));
      say('ok', keys.saved(answer.body.name));
    } catch (thrown) {
      setProblem(toProblem(thrown));
      focusInvalid(form.current);
    } finally {
      setBusy(false);
    }
  };
  const outcome = trial.kind === 'done' ? trial.result.outcome : undefined;

  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div class="halves">
        <Select
          label={settings.provider}
          value={draft.provider}
          error={wrong['provider']}
          options={[
            { value: '', label: settings.choose },
            ...byPopularity(providers.value).map((one) => ({ value: one.name as Provider, label: providerName(one.name) })),
          ]}
          onChange={(provider) => change({ provider: provider as Provider | '' })}
        />
        <Field
          label={settings.name}
          error={wrong['displayName'] ?? wrong['name']}
          value={draft.displayName}
          onInput={(displayName) => change({ displayName })}
          optional
        />
      </div>
      <KeyField
        label={settings.key}
        handle={field}
        error={wrong['key']}
        optional={facts?.keyless ?? false}
        hint={
          <>
            {alike.length > 0 && <strong>{keyForm.looksLike(alike.map(providerName).join(', '))} </strong>}
            <KeyPage provider={draft.provider} />
          </>
        }
        onChange={(about) => {
          setTyped(about);
          setLocal({});
          forget();
        }}
      />
      {facts !== undefined && <Advanced draft={whole} facts={facts} wrong={wrong} onChange={change} storing />}
      {problem !== undefined && <ProblemBanner problem={problem} action={consentOf(problem, () => void add(true))} />}
      <TestView trial={trial} onStop={forget} />
      <div class="row wrapping">
        <Button kind="accent" type="submit" busy={busy} off={freshness.value.stale ? shell.staleWrites : undefined}>
          {outcome === undefined || outcome === 'Accepted' ? settings.add : settings.addAnyway}
        </Button>
        <Button icon="play" onClick={test} busy={trial.kind === 'running'}>
          {settings.test}
        </Button>
      </div>
    </form>
  );
}

function Stored({ where }: { readonly where: string }) {
  const [deleting, setDeleting] = useState<Key | undefined>(undefined);
  const all = store.items.value.filter((one) => one.namespace === where);
  return (
    <>
      <h3>{settings.stored}</h3>
      {all.length === 0 ? (
        <p class="muted">{settings.none}</p>
      ) : (
        <ul class="settings-keys">
          {all.map((one) => (
            <li key={one.id}>
              <div class="grow">
                <div class="one-line">
                  <a href={toObject('keys', one.id)} translate={false}>
                    {one.name}
                  </a>{' '}
                  <bdi class="muted">{one.displayName}</bdi>
                </div>
                <div class="label">
                  {providerName(one.provider)} ·{' '}
                  <code translate={false}>{one.source === 'None' ? settings.noKey : (one.maskedKey ?? '***')}</code>
                </div>
              </div>
              <KeyState id={one.id} phase={one.state} sentence={one.sentence} />
              {may('patch', 'apikeyconfigs', where) && (
                <IconButton icon="play" label={`${keys.test} ${one.name}`} onClick={() => void testOne(one)} />
              )}
              {may('delete', 'apikeyconfigs', where) && (
                <IconButton
                  icon="trash"
                  label={`${keys.remove} ${one.name}`}
                  off={one.source === 'Environment' ? keys.fromEnvironment : editable(one.managedBy) ? undefined : keys.gitOwned}
                  onClick={() => setDeleting(one)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {deleting !== undefined && <DeleteKey row={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}
