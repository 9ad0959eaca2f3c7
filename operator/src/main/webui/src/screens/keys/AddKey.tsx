import { useEffect, useRef, useState } from 'preact/hooks';
import { client } from '../../api/client';
import { toProblem, type Problem } from '../../api/problem';
import type { Key, Provider } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Radio } from '../../parts/Choice';
import { Drawer } from '../../parts/Dialog';
import { Field } from '../../parts/Field';
import { KeyField, type KeyHandle } from '../../parts/KeyField';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { byPopularity, providerName } from '../../parts/providers';
import { Select } from '../../parts/Select';
import { loadFacts, providerOf, providers } from '../../state/facts';
import { namespaces } from '../../state/namespaces';
import { keyRing, standalone } from '../../state/session';
import { keys as keyStore } from '../../state/stores';
import { freshness, namespace, say } from '../../state/ui';
import { keyForm, keys, shell, states } from '../../text/en';
import { Advanced, of } from './Advanced';
import { bodyOf, EMPTY, looksLike, missing, triedOf, wrongOf, type Draft, type Wrong } from './draft';
import { consentOf, focusInvalid, hostOf, KeyPage } from './pieces';
import { SecretPicker } from './SecretPicker';
import { TestView } from './TestView';
import { useTrial } from './trial';

/** From the provider to a stored key, in one drawer; what was typed is lost by nothing but closing it. */
export function AddKey({ onClose, onSaved }: { readonly onClose: () => void; readonly onSaved: (key: Key) => void }) {
  const [draft, setDraft] = useState<Draft>(() => ({
    ...EMPTY,
    namespace: standalone.peek() ? 'default' : namespace.peek(),
    store: keyRing.peek() || standalone.peek() ? 'EncryptedKey' : 'Secret',
  }));
  const [typed, setTyped] = useState({ empty: true, prefix: '' });
  const [local, setLocal] = useState<Wrong>({});
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const { trial, run, forget } = useTrial();
  const key = useRef<KeyHandle>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => void loadFacts(), []);

  const facts = draft.provider === '' ? undefined : providerOf(draft.provider);
  const wrong: Wrong = { ...wrongOf(problem), ...local };
  const change = (some: Partial<Draft>) => {
    setDraft({ ...draft, ...some });
    setLocal({});
    // What is on the screen is not what was tested any more.
    forget();
  };
  const choose = (provider: Provider) => {
    const keyless = providerOf(provider)?.keyless ?? false;
    const source = keyless && typed.empty ? 'none' : draft.source === 'none' && !keyless ? 'key' : draft.source;
    change({ provider, source });
  };

  const valid = () => {
    const found = missing(draft, facts, !typed.empty);
    setLocal(found);
    setProblem(undefined);
    if (Object.keys(found).length > 0) {
      focusInvalid(form.current);
      return false;
    }
    return true;
  };
  const test = () => {
    if (valid()) {
      void run(triedOf(draft, key.current?.peek() ?? ''), hostOf(draft.endpoint || (facts?.endpoint ?? '')));
    }
  };
  const save = async (consent = false) => {
    if (busy || !valid()) {
      return;
    }
    setBusy(true);
    try {
      const body = { ...bodyOf(draft, key.current?.peek() ?? ''), ...(consent ? { consent: true } : {}) };
      const answer = await client.call('POST /config/api-keys', { body });
      key.current?.clear();
      keyStore.upsert(answer.body);
      answer.body.warnings?.forEach((one) => say('warn', one.message));
      say('ok', keys.saved(answer.body.name));
      onSaved(answer.body);
    } catch (thrown) {
      setProblem(toProblem(thrown));
      focusInvalid(form.current);
    } finally {
      setBusy(false);
    }
  };

  const outcome = trial.kind === 'done' ? trial.result.outcome : undefined;
  const saveLabel = outcome === 'Accepted' ? keyForm.save : outcome === undefined ? keyForm.saveUntested : keyForm.saveAnyway;
  const off = freshness.value.stale ? shell.staleWrites : undefined;
  const alike = looksLike(typed.prefix, draft.provider, providers.value);

  return (
    <Drawer
      title={keyForm.title}
      onClose={onClose}
      wide
      result={
        <>
          {problem !== undefined && <ProblemBanner problem={problem} action={consentOf(problem, () => void save(true))} />}
          <TestView trial={trial} onStop={forget} />
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button icon="play" onClick={test} busy={trial.kind === 'running'}>
            {trial.kind === 'done' ? keyForm.retest : keyForm.test}
          </Button>
          <Button kind="accent" type="submit" form="add-key" busy={busy} off={off}>
            {saveLabel}
          </Button>
        </>
      }
    >
      <form
        id="add-key"
        ref={form}
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {!standalone.value && namespace.value === '' && (
          <Select
            label={keyForm.namespace}
            value={draft.namespace}
            error={of(wrong, 'namespace')}
            options={[
              { value: '', label: keyForm.chooseNamespace },
              ...namespaces.value.map((one) => ({ value: one.name, label: one.name, off: !one.watched })),
            ]}
            onChange={(chosen) => change({ namespace: chosen })}
          />
        )}
        <Radio
          legend={keyForm.provider}
          look="cards"
          error={of(wrong, 'provider')}
          value={draft.provider === '' ? undefined : draft.provider}
          options={byPopularity(providers.value).map((one) => ({ value: one.name as Provider, label: providerName(one.name) }))}
          onChange={choose}
        />
        <Source draft={draft} wrong={wrong} keyless={facts?.keyless ?? false} onChange={change} />
        {draft.source === 'key' && (
          <KeyField
            label={keyForm.key}
            handle={key}
            error={of(wrong, 'key')}
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
        )}
        <div class="halves">
          <Field
            label={keyForm.displayName}
            hint={keyForm.displayNameHint}
            error={of(wrong, 'displayName')}
            value={draft.displayName}
            onInput={(displayName) => change({ displayName })}
            optional
          />
          <Field
            label={keyForm.name}
            hint={keyForm.nameHint}
            error={of(wrong, 'name')}
            value={draft.name}
            onInput={(name) => change({ name })}
            mono
            optional
          />
        </div>
        <Advanced draft={draft} facts={facts} wrong={wrong} onChange={change} storing />
      </form>
    </Drawer>
  );
}

interface SourceProps {
  readonly draft: Draft;
  readonly wrong: Wrong;
  readonly keyless: boolean;
  readonly onChange: (change: Partial<Draft>) => void;
}

function Source({ draft, wrong, keyless, onChange }: SourceProps) {
  // Without a cluster there are no Secrets to choose from.
  const sources = standalone.value ? (['key', 'none'] as const) : (['key', 'secret', 'none'] as const);
  if (sources.length === 2 && !keyless) {
    return null;
  }
  return (
    <>
      <Radio
        legend={keyForm.source}
        look="cards"
        value={draft.source}
        options={sources.map((value) => ({
          value,
          label: keyForm.sources[value],
          about: value === 'none' && !keyless ? undefined : keyForm.sourceHints[value],
          off: value === 'none' && !keyless ? whyNot(draft.provider) : undefined,
        }))}
        onChange={(source) => onChange({ source })}
      />
      {draft.source === 'secret' && (
        <SecretPicker
          namespace={draft.namespace}
          name={draft.secretName}
          field={draft.secretKey}
          wrong={wrong}
          onChange={onChange}
        />
      )}
    </>
  );
}

function whyNot(provider: string): string {
  return provider === '' ? keyForm.missing.provider : keyForm.noneOff(providerName(provider));
}
