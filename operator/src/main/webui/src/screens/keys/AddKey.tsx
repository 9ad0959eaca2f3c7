import { useEffect } from 'preact/hooks';
import type { Key, Provider } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Radio } from '../../parts/Choice';
import { Drawer } from '../../parts/Dialog';
import { Field } from '../../parts/Field';
import { ProblemBanner } from '../../parts/ProblemBanner';
import { byPopularity, providerName } from '../../parts/providers';
import { Select } from '../../parts/Select';
import { loadFacts, providerOf, providers } from '../../state/facts';
import { namespaces } from '../../state/namespaces';
import { standalone } from '../../state/session';
import { freshness, namespace } from '../../state/ui';
import { keyForm, shell, states } from '../../text/en';
import { Advanced, of } from './Advanced';
import type { Draft, Wrong } from './draft';
import { blank, KeyOf, useNewKey } from './newKey';
import { consentOf } from './pieces';
import { SecretPicker } from './SecretPicker';
import { TestView } from './TestView';

/** From the provider to a stored key, in one drawer; what was typed is lost by nothing but closing it. */
export function AddKey({ onClose, onSaved }: { readonly onClose: () => void; readonly onSaved: (key: Key) => void }) {
  const made = useNewKey({
    first: blank(standalone.peek() ? 'default' : namespace.peek()),
    // The form may be opened before it is known that there is but one.
    completed: (draft) => (draft.namespace === '' ? { ...draft, namespace: namespace.value } : draft),
    onSaved,
  });
  const { draft, facts, typed, trial, problem, busy, wrong, change } = made;
  useEffect(() => void loadFacts(), []);
  const choose = (provider: Provider) => {
    const keyless = providerOf(provider)?.keyless ?? false;
    const source = keyless && typed.empty ? 'none' : draft.source === 'none' && !keyless ? 'key' : draft.source;
    change({ provider, source });
  };

  const outcome = trial.kind === 'done' ? trial.result.outcome : undefined;
  const saveLabel = outcome === 'Accepted' ? keyForm.save : outcome === undefined ? keyForm.saveUntested : keyForm.saveAnyway;
  const off = freshness.value.stale ? shell.staleWrites : undefined;

  return (
    <Drawer
      title={keyForm.title}
      onClose={onClose}
      wide
      result={
        <>
          {problem !== undefined && <ProblemBanner problem={problem} action={consentOf(problem, () => void made.save(true))} />}
          <TestView trial={trial} onStop={made.forget} />
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>{states.cancel}</Button>
          <Button icon="play" onClick={made.test} busy={trial.kind === 'running'}>
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
        ref={made.form}
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void made.save();
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
        {draft.source === 'key' && <KeyOf made={made} />}
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
