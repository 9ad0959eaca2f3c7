import { useEffect, useState } from 'preact/hooks';
import type { FactsProfile } from '../../api/schema';
import { Field } from '../../parts/Field';
import { Select } from '../../parts/Select';
import { valueAt } from '../../state/configDraft';
import type { ConfigEditor } from '../../state/configEditor';
import { standalone } from '../../state/session';
import { editor as words } from '../../text/en/configs';
import { refusalOf } from './ParameterRows';

interface DeliveryProps {
  readonly editor: ConfigEditor;
  readonly profiles: readonly FactsProfile[];
}

type Mode = keyof typeof words.modes;
type Policy = keyof typeof words.policies;

/** How the settings get to agents. What is left as usual is not written into the object. */
export function Delivery({ editor, profiles }: DeliveryProps) {
  const draft = editor.draft.value;
  const at = (field: string) => valueAt(draft, `delivery.${field}`) as string | undefined;
  const set = (field: string) => (value: string) => editor.set(`delivery.${field}`, value === '' ? undefined : value);
  const mode = (at('mode') ?? 'Env') as Mode;
  const profile = at('profile') ?? '';
  const known = profiles.some((one) => one.id === profile) || profile === '';
  const modes = (Object.keys(words.modes) as Mode[]).filter((one) => one !== 'Gateway' || mode === 'Gateway');
  const containers = valueAt(draft, 'delivery.containers') as readonly string[] | undefined;
  return (
    <section class="stack" aria-label={words.delivery}>
      <h2>{words.delivery}</h2>
      <div class="pair">
        <Select
          label={words.mode}
          value={at('mode') ?? ''}
          error={refusalOf(editor, 'delivery.mode')}
          options={[{ value: '', label: words.asDefault(words.modes.Env) }, ...modes.map((one) => ({ value: one as string, label: words.modes[one] }))]}
          onChange={set('mode')}
        />
        <Select
          label={words.profile}
          value={profile}
          hint={profiles.find((one) => one.id === (profile || 'openai'))?.title ?? words.profileHint}
          error={refusalOf(editor, 'delivery.profile')}
          options={[
            { value: '', label: words.asDefault('openai') },
            ...(known ? [] : [{ value: profile, label: profile }]),
            ...profiles.map((one) => ({ value: one.id, label: one.id })),
          ]}
          onChange={set('profile')}
        />
      </div>
      {mode === 'File' && <Field label={words.fileMountPath} optional mono placeholder="/etc/llm" value={at('fileMountPath') ?? ''} error={refusalOf(editor, 'delivery.fileMountPath')} onInput={set('fileMountPath')} />}
      {mode === 'Gateway' && <Field label={words.virtualKey} mono value={at('virtualKeyRef.name') ?? ''} error={refusalOf(editor, 'delivery.virtualKeyRef')} onInput={set('virtualKeyRef.name')} />}
      <Containers
        told={containers?.join(', ') ?? ''}
        error={refusalOf(editor, 'delivery.containers')}
        onNames={(names) => editor.set('delivery.containers', names.length === 0 ? undefined : names)}
      />
      {!standalone.value && <Rollout editor={editor} mode={mode} />}
    </section>
  );
}

function Rollout({ editor, mode }: { readonly editor: ConfigEditor; readonly mode: Mode }) {
  const draft = editor.draft.value;
  const at = (field: string) => valueAt(draft, `delivery.${field}`) as string | undefined;
  const policies = (Object.keys(words.policies) as Policy[]).filter((one) => one !== 'OnRestart' || mode === 'EnvFrom' || at('rollout.policy') === 'OnRestart');
  return (
    <details class="more" open={valueAt(editor.base.peek(), 'delivery.rollout') !== undefined}>
      <summary>{words.rollout}</summary>
      <div class="stack">
        <Select
          label={words.policy}
          value={at('rollout.policy') ?? ''}
          error={refusalOf(editor, 'delivery.rollout.policy')}
          options={[{ value: '', label: words.asDefault(words.policies.Automatic) }, ...policies.map((one) => ({ value: one as string, label: words.policies[one] }))]}
          onChange={(value) => editor.set('delivery.rollout.policy', value === '' ? undefined : value)}
        />
        <div class="pair">
          <Whole editor={editor} field="delivery.rollout.maxParallel" label={words.maxParallel} usual="5" least={1} most={100} />
          <Whole editor={editor} field="delivery.rollout.minIntervalSeconds" label={words.minInterval} usual="0" least={0} most={86_400} />
        </div>
        <Select
          label={words.rollback}
          value={at('rollback') ?? ''}
          options={[{ value: '', label: words.asDefault(words.rollbacks.OnFailure) }, ...Object.entries(words.rollbacks).map(([value, label]) => ({ value, label }))]}
          onChange={(value) => editor.set('delivery.rollback', value === '' ? undefined : value)}
        />
      </div>
    </details>
  );
}

interface WholeProps {
  readonly editor: ConfigEditor;
  readonly field: string;
  readonly label: string;
  readonly usual: string;
  readonly least: number;
  readonly most: number;
}

/** A whole number, or nothing. What is no number stays as it was typed, and is not saved. */
function Whole({ editor, field, label, usual, least, most }: WholeProps) {
  const told = valueAt(editor.draft.value, field);
  const wrong = editor.wrong.value.get(field);
  const [text, setText] = useState(told === undefined ? '' : String(told));
  useEffect(() => {
    if (wrong === undefined) {
      setText(told === undefined ? '' : String(told));
    }
  }, [told, wrong]);
  return (
    <Field
      label={label}
      optional
      placeholder={usual}
      value={text}
      error={wrong ?? refusalOf(editor, field)}
      onInput={(typed) => {
        setText(typed);
        const value = /^\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN;
        if (typed.trim() === '') {
          editor.set(field, undefined);
        } else if (value >= least && value <= most) {
          editor.set(field, value);
        } else {
          editor.mistyped(field, words.number(least, most));
        }
      }}
    />
  );
}

interface ContainersProps {
  readonly told: string;
  readonly error: string | undefined;
  readonly onNames: (names: readonly string[]) => void;
}

function Containers({ told, error, onNames }: ContainersProps) {
  const [text, setText] = useState(told);
  const names = (typed: string) => typed.split(/[\s,]+/).filter((name) => name !== '');
  useEffect(() => {
    if (names(text).join(', ') !== told) {
      setText(told);
    }
  }, [told]);
  return (
    <Field
      label={words.containers}
      optional
      mono
      hint={words.containersHint}
      value={text}
      error={error}
      onInput={(typed) => {
        setText(typed);
        onNames(names(typed));
      }}
    />
  );
}
