import type { FactsProvider } from '../../api/schema';
import { Radio, Switch } from '../../parts/Choice';
import { Field } from '../../parts/Field';
import { Select } from '../../parts/Select';
import { keyRing, standalone } from '../../state/session';
import { keyForm, keyWords } from '../../text/en';
import type { Draft, Wrong } from './draft';

export interface AdvancedProps {
  readonly draft: Draft;
  readonly facts: FactsProvider | undefined;
  readonly wrong: Wrong;
  readonly onChange: (change: Partial<Draft>) => void;
  /** Where the key goes is chosen when there is one. */
  readonly storing?: boolean;
}

/** What most keys need nothing of. */
export function Advanced({ draft, facts, wrong, onChange, storing }: AdvancedProps) {
  const needed = facts !== undefined && facts.endpoint === undefined;
  const broken = ['endpoint', 'headers', 'caRef', 'allowInsecureEndpoint', 'models', 'azure'].some((field) =>
    Object.keys(wrong).some((one) => one.startsWith(field)),
  );
  return (
    <>
      {needed && <Endpoint draft={draft} facts={facts} wrong={wrong} onChange={onChange} />}
      <details class="advanced" open={broken || undefined}>
        <summary>{keyForm.advanced}</summary>
        <div class="stack">
          {!needed && <Endpoint draft={draft} facts={facts} wrong={wrong} onChange={onChange} />}
          {storing && draft.source === 'key' && !standalone.value && <Store draft={draft} onChange={onChange} />}
          <Field
            label={keyForm.headers}
            hint={keyForm.headersHint}
            error={of(wrong, 'headers')}
            value={draft.headers}
            onInput={(headers) => onChange({ headers })}
            rows={2}
            mono
          />
          {draft.provider === 'AzureOpenAI' && (
            <Field
              label={keyForm.azureVersion}
              error={of(wrong, 'azure')}
              value={draft.azureVersion}
              onInput={(azureVersion) => onChange({ azureVersion })}
              mono
            />
          )}
          {!standalone.value && <Authority draft={draft} wrong={wrong} onChange={onChange} />}
          <Field
            label={keyForm.allow}
            hint={keyForm.allowHint}
            error={of(wrong, 'models.allow')}
            value={draft.allow}
            onInput={(allow) => onChange({ allow })}
            rows={2}
            mono
          />
          <Field
            label={keyForm.manual}
            hint={keyForm.manualHint}
            error={of(wrong, 'models.additional')}
            value={draft.manual}
            onInput={(manual) => onChange({ manual })}
            rows={2}
            mono
          />
          <Field
            label={keyForm.expires}
            hint={keyForm.expiresHint}
            error={of(wrong, 'expiresAt')}
            type="date"
            value={draft.expires}
            onInput={(expires) => onChange({ expires })}
          />
        </div>
      </details>
    </>
  );
}

function Endpoint({ draft, facts, wrong, onChange }: AdvancedProps) {
  return (
    <>
      <Field
        label={keyForm.endpoint}
        hint={keyForm.endpointHint(facts?.endpoint ?? '')}
        error={of(wrong, 'endpoint')}
        value={draft.endpoint}
        onInput={(endpoint) => onChange({ endpoint })}
        placeholder={facts?.endpoint ?? 'https://'}
        mono
      />
      {(draft.insecure || draft.endpoint.trim() !== '') && (
        <Switch
          label={keyForm.insecure}
          hint={of(wrong, 'allowInsecureEndpoint') ?? keyForm.insecureHint}
          on={draft.insecure}
          onChange={(insecure) => onChange({ insecure })}
        />
      )}
    </>
  );
}

function Store({ draft, onChange }: Pick<AdvancedProps, 'draft' | 'onChange'>) {
  const options = (['EncryptedKey', 'Secret'] as const).map((value) => ({
    value,
    label: keyForm.stores[value],
    about: keyForm.storeHints[value],
    off: value === 'EncryptedKey' && !keyRing.value ? keyForm.noKeyRing : undefined,
  }));
  return <Radio legend={keyForm.store} value={draft.store} options={options} onChange={(store) => onChange({ store })} />;
}

function Authority({ draft, wrong, onChange }: Pick<AdvancedProps, 'draft' | 'wrong' | 'onChange'>) {
  return (
    <fieldset class="stack tight">
      <legend>{keyForm.ca}</legend>
      <p class="hint muted">{keyForm.caHint}</p>
      <div class="thirds">
        <Select
          label={keyForm.caKind}
          value={draft.caKind}
          options={[
            { value: 'ConfigMap', label: 'ConfigMap' },
            { value: 'Secret', label: keyWords.sources.SecretRef },
          ]}
          onChange={(caKind) => onChange({ caKind })}
        />
        <Field label={keyForm.caName} error={of(wrong, 'caRef')} value={draft.caName} onInput={(caName) => onChange({ caName })} mono />
        <Field label={keyForm.caField} value={draft.caField} onInput={(caField) => onChange({ caField })} mono />
      </div>
    </fieldset>
  );
}

/** What is wrong with a field or anything in it. */
export function of(wrong: Wrong, field: string): string | undefined {
  const found = Object.keys(wrong).find((one) => one === field || one.startsWith(`${field}.`) || one.startsWith(`${field}[`));
  return found === undefined ? undefined : wrong[found];
}
