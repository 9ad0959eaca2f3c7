import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Choice } from '../../api/schema';
import { left } from '../../api/client';
import { Combobox } from '../../parts/Combobox';
import { Radio, Switch } from '../../parts/Choice';
import { Field } from '../../parts/Field';
import { valueAt } from '../../state/configDraft';
import type { ConfigEditor } from '../../state/configEditor';
import { modelAt, offersIn } from '../../state/offers';
import { keys } from '../../state/stores';
import { format } from '../../text/en';
import { editor as words } from '../../text/en/configs';
import { Delivery } from './Delivery';
import { Fallbacks } from './Fallbacks';
import { ParameterRows, refusalOf } from './ParameterRows';
import { useProfiles } from './useProfiles';

/** What a person writes of a config. */
export function Form({ editor }: { readonly editor: ConfigEditor }) {
  const draft = editor.draft.value;
  const key = String(valueAt(draft, 'apiKeyRef.name') ?? '');
  const model = String(draft['model'] ?? '');
  const { offers, failed } = useOffers(editor.namespace);
  const choice = useModel(key === '' ? '' : `${editor.namespace}.${key}`, model);
  const profiles = useProfiles();
  const text = (field: string) => (value: string) => editor.set(field, value === '' ? undefined : value);
  return (
    <div class="stack form">
      <section class="stack surface panel" aria-label={words.settings}>
        {editor.id === undefined && <Name editor={editor} />}
        <KeyChoice editor={editor} value={key} />
        <ModelChoice editor={editor} keyName={key} value={model} offers={offers} failed={failed} choice={choice} />
        <Field
          label={words.displayName}
          optional
          maxLength={256}
          hint={words.displayNameHint}
          value={String(draft['displayName'] ?? '')}
          error={refusalOf(editor, 'displayName')}
          onInput={text('displayName')}
        />
        {editor.id === undefined && (
          <Switch
            label={words.makeDefault}
            hint={words.makeDefaultHint}
            on={draft['isDefault'] === true}
            onChange={(on) => editor.set('isDefault', on ? true : undefined)}
          />
        )}
      </section>
      <section class="stack surface panel" aria-label={words.parameters}>
        <div>
          <h2>{words.parameters}</h2>
          <p class="muted">{choice.kind === 'unknown' && model !== '' ? words.unknownModel : words.parametersHint}</p>
        </div>
        <ParameterRows editor={editor} choice={choice.kind === 'known' ? choice.choice : undefined} />
        <Radio
          legend={words.unsupportedParameters}
          look="segments"
          value={String(draft['unsupportedParameters'] ?? 'Drop') as 'Drop' | 'Reject'}
          options={(['Drop', 'Reject'] as const).map((value) => ({ value, label: words.unsupportedOptions[value] }))}
          onChange={(value) => editor.set('unsupportedParameters', value === 'Drop' && valueAt(editor.base.peek(), 'unsupportedParameters') === undefined ? undefined : value)}
        />
      </section>
      <div class="surface panel">
        <Delivery editor={editor} profiles={profiles} />
      </div>
      <section class="stack surface panel" aria-label={words.fallbacks}>
        <Fallbacks editor={editor} />
        <Switch label={words.suspend} hint={words.suspendHint} on={draft['suspend'] === true} onChange={(on) => editor.set('suspend', on ? true : undefined)} />
      </section>
    </div>
  );
}

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function Name({ editor }: { readonly editor: ConfigEditor }) {
  const name = editor.name.value;
  const wrong = name === '' || NAME.test(name) ? undefined : words.nameWrong;
  return (
    <Field
      label={words.name}
      optional
      mono
      hint={words.nameHint}
      value={name}
      error={wrong ?? refusalOf(editor, 'name')}
      onInput={(typed) => {
        editor.rename(typed);
        if (typed !== '' && !NAME.test(typed)) {
          editor.mistyped('name', words.nameWrong);
        }
      }}
    />
  );
}

function KeyChoice({ editor, value }: { readonly editor: ConfigEditor; readonly value: string }) {
  const options = useMemo(
    () =>
      keys.items.value
        .filter((one) => one.namespace === editor.namespace)
        .map((one) => ({ value: one.name, label: one.name, about: [one.provider, one.displayName].filter(Boolean).join(' · '), words: one.provider })),
    [keys.items.value, editor.namespace],
  );
  return (
    <Combobox
      label={words.key}
      value={value}
      options={options}
      free
      none={words.keyNone}
      error={refusalOf(editor, 'apiKeyRef')}
      onChange={(name) => editor.set('apiKeyRef.name', name)}
    />
  );
}

interface ModelChoiceProps {
  readonly editor: ConfigEditor;
  readonly keyName: string;
  readonly value: string;
  readonly offers: readonly Choice[];
  readonly failed: boolean;
  readonly choice: Known;
}

function ModelChoice({ editor, keyName, value, offers, failed, choice }: ModelChoiceProps) {
  const options = useMemo(() => {
    const found = new Map<string, Choice>();
    for (const one of offers) {
      if (one.apiKeyId === undefined || one.apiKeyId === `${editor.namespace}.${keyName}`) {
        found.set(one.model, one);
      }
    }
    return [...found.values()].map((one) => ({
      value: one.model,
      label: one.model,
      about: [displayed(one), one.contextTokens === undefined ? '' : words.context(format.tokens(one.contextTokens))].filter(Boolean).join(' · '),
      words: displayed(one) ?? '',
    }));
  }, [offers, keyName]);
  const known = choice.kind === 'known' ? choice.choice : undefined;
  const facts = [
    known === undefined ? undefined : displayed(known),
    known?.contextTokens === undefined ? undefined : words.context(format.tokens(known.contextTokens)),
    known?.maxOutputTokens === undefined ? undefined : words.output(format.tokens(known.maxOutputTokens)),
  ].filter((one) => one !== undefined);
  return (
    <Combobox
      label={words.model}
      value={value}
      options={options}
      free
      none={failed ? words.modelListFailed : words.modelNone}
      hint={facts.length > 0 ? facts.join(' · ') : words.modelHint}
      error={refusalOf(editor, 'model')}
      onChange={(id) => editor.set('model', id)}
    />
  );
}

/** The model's own name; a config's is another thing. */
export function displayed(choice: Choice): string | undefined {
  return choice.configured ? undefined : choice.displayName;
}

function useOffers(namespace: string): { readonly offers: readonly Choice[]; readonly failed: boolean } {
  const [found, setFound] = useState<{ offers: readonly Choice[]; failed: boolean }>({ offers: [], failed: false });
  useEffect(() => {
    const own = new AbortController();
    offersIn(namespace, own.signal).then(
      (offers) => setFound({ offers, failed: false }),
      (thrown: unknown) => !left(thrown) && !own.signal.aborted && setFound({ offers: [], failed: true }),
    );
    return () => own.abort();
  }, [namespace]);
  return found;
}

type Known = { readonly kind: 'asking' } | { readonly kind: 'known'; readonly choice: Choice } | { readonly kind: 'unknown' };

/** What the model takes. While another one is asked about, the answer for the one before does not count. */
function useModel(keyId: string, model: string): Known {
  const [known, setKnown] = useState<Known>({ kind: 'asking' });
  useEffect(() => {
    if (keyId === '' || model === '') {
      setKnown({ kind: 'asking' });
      return undefined;
    }
    const own = new AbortController();
    setKnown({ kind: 'asking' });
    modelAt(keyId, model, own.signal).then(
      (choice) => !own.signal.aborted && setKnown(choice === undefined ? { kind: 'unknown' } : { kind: 'known', choice }),
      () => !own.signal.aborted && setKnown({ kind: 'unknown' }),
    );
    return () => own.abort();
  }, [keyId, model]);
  return known;
}
