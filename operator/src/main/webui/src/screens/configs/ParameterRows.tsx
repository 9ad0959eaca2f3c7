import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Choice, ChoiceSupport, ReasoningEffort } from '../../api/schema';
import { Button } from '../../parts/Button';
import { Radio, Switch } from '../../parts/Choice';
import { Field } from '../../parts/Field';
import { Slider } from '../../parts/Slider';
import { fieldNamed, parseExtra, same, valueAt } from '../../state/configDraft';
import type { ConfigEditor } from '../../state/configEditor';
import { format } from '../../text/en';
import { editor as words } from '../../text/en/configs';

type Name = keyof typeof words.names;

const EFFORTS: readonly ReasoningEffort[] = ['None', 'Minimal', 'Low', 'Medium', 'High', 'XHigh', 'Max'];
/** What the API takes at most, where no model says less. */
const MOST_TOKENS = 131_072;
const MOST_STOPS = 8;
const MOST_SECONDS = 3_600;

export interface RowsProps {
  readonly editor: ConfigEditor;
  /** What the model takes; undefined where nobody knows. */
  readonly choice: Choice | undefined;
}

/** The parameters of a config. What the model refuses cannot be switched on, and says why. */
export function ParameterRows({ editor, choice }: RowsProps) {
  const draft = editor.draft.value;
  const value = (name: Name) => valueAt(draft, `parameters.${name}`);
  const set = (name: Name) => (next: unknown) => editor.set(`parameters.${name}`, next);
  const support = (name: Name): ChoiceSupport => choice?.parameters?.[name] ?? { supported: true };
  const model = (choice?.configured ? undefined : choice?.displayName) ?? String(draft['model'] ?? '');
  const off = (name: Name) => (support(name).supported ? undefined : (support(name).sentence ?? words.unsupported(model, words.names[name])));
  const common = (name: Name) => ({
    label: words.names[name],
    off: off(name),
    hint: warningOf(editor, name),
    value: value(name) as number | undefined,
    onChange: set(name),
  });
  const most = support('maxOutputTokens').max ?? choice?.maxOutputTokens ?? MOST_TOKENS;
  const top = support('temperature').max ?? 2;
  return (
    <div class="parameter-rows">
      <Numbered editor={editor} name="temperature" off={off('temperature')}>
        <Slider {...common('temperature')} min={support('temperature').min ?? 0} max={top} step={0.05} start={Math.min(0.7, top)} />
      </Numbered>
      <Numbered editor={editor} name="topP" off={off('topP')}>
        <Slider {...common('topP')} min={support('topP').min ?? 0} max={support('topP').max ?? 1} step={0.05} start={support('topP').max ?? 1} />
      </Numbered>
      <Numbered editor={editor} name="maxOutputTokens" off={off('maxOutputTokens')}>
        <Slider {...common('maxOutputTokens')} scale="log" min={support('maxOutputTokens').min ?? 1} max={most} start={Math.min(1024, most)} format={format.tokens} />
      </Numbered>
      <Effort editor={editor} support={support('reasoningEffort')} off={off('reasoningEffort')} />
      <Stops editor={editor} most={support('stopSequences').max ?? MOST_STOPS} off={off('stopSequences')} />
      <Slider {...common('timeoutSeconds')} scale="log" min={1} max={MOST_SECONDS} start={60} />
      <Extra editor={editor} />
    </div>
  );
}

interface RowProps {
  readonly editor: ConfigEditor;
  readonly off: string | undefined;
}

/** A value of a time when the model still took it is told, and can go. */
function Numbered({ editor, name, off, children }: RowProps & { readonly name: Name; readonly children: ComponentChildren }) {
  const left = off === undefined ? undefined : valueAt(editor.draft.value, `parameters.${name}`);
  return (
    <div>
      {children}
      {left !== undefined && (
        <p class="row wrapping left-over">
          <span>{words.keptUnsent(JSON.stringify(left))}</span>
          <Button small onClick={() => editor.set(`parameters.${name}`, undefined)}>
            {words.removeValue}
          </Button>
        </p>
      )}
    </div>
  );
}

interface SentProps extends RowProps {
  readonly name: Name;
  readonly first: unknown;
  readonly children: ComponentChildren;
}

/** A parameter that is no number: whether it is sent, and below that what. */
function Sent({ editor, name, first, off, children }: SentProps) {
  const set = valueAt(editor.draft.value, `parameters.${name}`) !== undefined || editor.wrong.value.has(`parameters.${name}`);
  const on = set && off === undefined;
  const label = words.names[name];
  const about = off ?? warningOf(editor, name);
  return (
    <Numbered editor={editor} name={name} off={off}>
      <div class={`slider${on ? '' : ' unset'}`} role="group" aria-label={label}>
        <div class="slider-head">
          <span class="slider-name">{label}</span>
          <Switch
            label={words.send(label)}
            hideLabel
            on={on}
            off={off}
            onChange={(next) => editor.set(`parameters.${name}`, next ? first : undefined)}
          />
          <span class="label not-sent">{on ? '' : words.notSent}</span>
        </div>
        {on && children}
        {about !== undefined && <p class="hint">{about}</p>}
      </div>
    </Numbered>
  );
}

function Effort({ editor, support, off }: RowProps & { readonly support: ChoiceSupport }) {
  const values = support.values ?? EFFORTS;
  const value = valueAt(editor.draft.value, 'parameters.reasoningEffort') as ReasoningEffort | undefined;
  return (
    <Sent editor={editor} name="reasoningEffort" off={off} first={values.includes('Medium') ? 'Medium' : (values[0] ?? 'Medium')}>
      <Radio
        legend={words.names.reasoningEffort}
        hideLegend
        look="segments"
        value={value}
        // One that this model does not offer is shown as long as it is set.
        options={[...values, ...(value === undefined || values.includes(value) ? [] : [value])].map((one) => ({ value: one, label: words.efforts[one] }))}
        onChange={(next) => editor.set('parameters.reasoningEffort', next)}
      />
    </Sent>
  );
}

function Stops({ editor, most, off }: RowProps & { readonly most: number }) {
  const told = valueAt(editor.draft.value, 'parameters.stopSequences') as readonly string[] | undefined;
  const [text, setText] = useState(told?.join('\n') ?? '');
  const lines = (typed: string) => typed.split('\n').filter((line) => line !== '');
  useEffect(() => {
    if (!same(told ?? [], lines(text))) {
      setText(told?.join('\n') ?? '');
    }
  }, [told]);
  const wrong = editor.wrong.value.get('parameters.stopSequences');
  return (
    <Sent editor={editor} name="stopSequences" off={off} first={[]}>
      <Field
        label={words.names.stopSequences}
        hideLabel
        mono
        rows={2}
        value={text}
        hint={words.stopHint(most)}
        error={wrong}
        onInput={(typed) => {
          setText(typed);
          editor.set('parameters.stopSequences', lines(typed));
          if (lines(typed).length > most) {
            editor.mistyped('parameters.stopSequences', words.stopHint(most));
          }
        }}
      />
    </Sent>
  );
}

function Extra({ editor }: { readonly editor: ConfigEditor }) {
  const field = 'parameters.extra';
  const told = valueAt(editor.draft.value, field);
  const [text, setText] = useState(told === undefined ? '' : JSON.stringify(told, null, 2));
  const wrong = editor.wrong.value.get(field);
  useEffect(() => {
    const typed = parseExtra(text);
    const mine = 'value' in typed ? typed.value : undefined;
    // What is half typed is not overwritten by what it was before.
    if (wrong === undefined && (!('value' in typed) || !same(told, mine))) {
      setText(told === undefined ? '' : JSON.stringify(told, null, 2));
    }
  }, [told, wrong]);
  return (
    <Field
      label={words.names.extra}
      optional
      mono
      rows={3}
      value={text}
      hint={warningOf(editor, 'extra') ?? words.extraHint}
      error={wrong ?? refusalOf(editor, field)}
      onInput={(next) => {
        setText(next);
        const typed = parseExtra(next);
        if ('value' in typed) {
          editor.set(field, typed.value);
        } else {
          const say = words.extraWrong[typed.wrong];
          editor.mistyped(field, typeof say === 'string' ? say : say(typed.at ?? ''));
        }
      }}
    />
  );
}

/** What the server says of a field that would be saved all the same. */
function warningOf(editor: ConfigEditor, name: string): string | undefined {
  const look = editor.look.value;
  if (look.kind === 'shown') {
    return look.impact.warnings.find((one) => fieldNamed(one.field) === `parameters.${name}` || one.field === name)?.message;
  }
  return refusalOf(editor, `parameters.${name}`);
}

/** What the server says of a field that it does not take. */
export function refusalOf(editor: ConfigEditor, field: string): string | undefined {
  const look = editor.look.value;
  const problem = editor.refused.value ?? (look.kind === 'refused' ? look.problem : undefined);
  return problem?.problems.find((one) => fieldNamed(one.field) === field || fieldNamed(one.field).startsWith(`${field}.`))?.message;
}
