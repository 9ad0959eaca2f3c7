import { useEffect, useState } from 'preact/hooks';
import type { ChoiceSupport } from '../api/schema';
import { EFFORTS, firstValue, limitsOf, type Name } from '../state/parameters';
import { format, parameters as words } from '../text/en';
import { Radio, Switch } from './Choice';
import { Field } from './Field';
import { Slider } from './Slider';

export interface ParameterProps {
  readonly name: Name | 'timeoutSeconds';
  readonly support: ChoiceSupport;
  /** Undefined is "not sent". */
  readonly value: unknown;
  /** What it is when it is switched on, where that is not the usual. */
  readonly start?: unknown;
  /** Why it cannot be sent. */
  readonly off?: string | undefined;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly onChange: (value: unknown) => void;
}

/** One parameter of a model, wherever it is set: whether it is sent, and what. */
export function Parameter(props: ParameterProps) {
  const { name, support, value, off, hint, onChange } = props;
  const start = props.start ?? firstValue(name, support);
  if (name !== 'reasoningEffort' && name !== 'stopSequences') {
    const { least, most } = limitsOf(name, support);
    const whole = name === 'maxOutputTokens' || name === 'timeoutSeconds';
    return (
      <Slider
        label={words.names[name]}
        value={value as number | undefined}
        start={Math.min(most, Math.max(least, Number(start)))}
        min={least}
        max={most}
        {...(whole ? { scale: 'log' } : { step: 0.05 })}
        {...(name === 'maxOutputTokens' && { format: format.tokens })}
        off={off}
        hint={hint}
        onChange={onChange}
      />
    );
  }
  const label = words.names[name];
  const sent = (value !== undefined || props.error !== undefined) && off === undefined;
  const about = off ?? hint;
  return (
    <div class={`slider${sent ? '' : ' unset'}`} role="group" aria-label={label}>
      <div class="slider-head">
        <span class="slider-name">{label}</span>
        {!sent && <span class="label">{words.notSent}</span>}
        <Switch label={words.send(label)} hideLabel on={sent} off={off} onChange={(on) => onChange(on ? start : undefined)} />
      </div>
      {sent && (name === 'reasoningEffort' ? <Effort {...props} /> : <Stops {...props} />)}
      {about !== undefined && <p class="hint">{about}</p>}
    </div>
  );
}

function Effort({ support, value, onChange }: ParameterProps) {
  const values = (support.values as typeof EFFORTS | undefined) ?? EFFORTS;
  const now = value as (typeof EFFORTS)[number];
  return (
    <Radio
      legend={words.names.reasoningEffort}
      hideLegend
      look="segments"
      value={now}
      // One that this model does not offer is shown as long as it is set.
      options={[...values, ...(values.includes(now) ? [] : [now])].map((one) => ({ value: one, label: words.efforts[one] ?? one }))}
      onChange={onChange}
    />
  );
}

/** What is typed stays, while only whole lines count. */
function Stops({ name, support, value, error, onChange }: ParameterProps) {
  const told = Array.isArray(value) ? value.map(String) : [];
  const [text, setText] = useState(told.join('\n'));
  useEffect(() => {
    if (lines(text).join('\n') !== told.join('\n')) {
      setText(told.join('\n'));
    }
  }, [value]);
  const { most } = limitsOf(name, support);
  return (
    <Field
      label={words.names.stopSequences}
      hideLabel
      mono
      rows={2}
      value={text}
      hint={words.stopHint(most)}
      error={error ?? (lines(text).length > most ? words.stopHint(most) : undefined)}
      onInput={(next) => {
        setText(next);
        onChange(lines(next));
      }}
    />
  );
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** A value of a parameter, as one reads it. */
export function spoken(name: Name, value: unknown): string {
  if (typeof value === 'number') {
    return name === 'maxOutputTokens' ? format.number(value) : String(value);
  }
  return Array.isArray(value)
    ? value.map((one) => JSON.stringify(one)).join(', ')
    : ((words.efforts as Readonly<Record<string, string>>)[String(value)] ?? String(value));
}
