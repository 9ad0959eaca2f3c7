import { useEffect, useState } from 'preact/hooks';
import type { ChoiceSupport } from '../../api/schema';
import { Radio, Switch } from '../../parts/Choice';
import { Field } from '../../parts/Field';
import { Slider } from '../../parts/Slider';
import { firstValue, type Name, type Wish } from '../../state/chatParameters';
import { format } from '../../text/en';
import { chat as words } from '../../text/en/chat';

export interface ParameterRowProps {
  readonly name: Name;
  readonly support: ChoiceSupport;
  readonly wish: Wish | undefined;
  /** What the config sends when this is not set. */
  readonly configured?: unknown;
  readonly note?: string | undefined;
  readonly onWish: (wish: Wish) => void;
}

/** One parameter: whether it is sent, and what. One that the model refuses cannot be sent, and says why. */
export function ParameterRow(props: ParameterRowProps) {
  const { name, support, wish, configured, onWish } = props;
  const label = words.parameters.names[name];
  const value = wish?.value ?? configured ?? firstValue(name, support);
  const sent = wish?.send === true && support.supported;
  const off = support.supported ? undefined : (support.sentence ?? words.parameters.unsupported(label));
  const unset =
    sent || configured === undefined ? undefined : words.parameters.asConfigured(spoken(name, configured));
  const hint = [props.note, unset].filter((one) => one !== undefined).join(' ') || undefined;
  const { least, most } = range(name, support);

  if (typeof value === 'number' && least !== undefined && most !== undefined) {
    return (
      <Slider
        label={label}
        value={sent ? value : undefined}
        start={Math.min(most, Math.max(least, value))}
        min={least}
        max={most}
        step={0.05}
        scale={name === 'maxOutputTokens' ? 'log' : 'linear'}
        format={(one) => (name === 'maxOutputTokens' ? format.tokens(one) : String(one))}
        off={off}
        hint={hint}
        onChange={(next) => onWish(next === undefined ? { send: false, value } : { send: true, value: next })}
      />
    );
  }
  return (
    <div class={`parameter${sent ? '' : ' unset'}`}>
      <div class="parameter-head">
        <span class="slider-name">{label}</span>
        {!sent && <span class="label">{words.parameters.notSent}</span>}
        <Switch
          label={words.parameters.send(label)}
          hideLabel
          on={sent}
          off={off}
          onChange={(send) => onWish({ send, value })}
        />
      </div>
      {sent && <Control {...{ name, label, support, value }} onValue={(next) => onWish({ send: true, value: next })} />}
      {(off ?? hint) !== undefined && <p class="hint">{off ?? hint}</p>}
    </div>
  );
}

interface ControlProps {
  readonly name: Name;
  readonly label: string;
  readonly support: ChoiceSupport;
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
}

function Control({ name, label, support, value, onValue }: ControlProps) {
  if (name === 'reasoningEffort') {
    return (
      <Radio
        legend={label}
        hideLegend
        look="segments"
        value={String(value)}
        options={(support.values ?? []).map((one) => ({ value: one as string, label: words.parameters.efforts[one] ?? one }))}
        onChange={onValue}
      />
    );
  }
  return <Stops label={label} value={Array.isArray(value) ? value.map(String) : []} most={support.max ?? 4} onValue={onValue} />;
}

interface StopsProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly most: number;
  readonly onValue: (value: readonly string[]) => void;
}

/** What is typed stays, while only whole lines count. */
function Stops({ label, value, most, onValue }: StopsProps) {
  const [text, setText] = useState(value.join('\n'));
  useEffect(() => {
    if (lines(text, most).join('\n') !== value.join('\n')) {
      setText(value.join('\n'));
    }
  }, [value]);
  return (
    <Field
      label={label}
      hideLabel
      mono
      rows={2}
      value={text}
      hint={words.parameters.stopHint(most)}
      onInput={(next) => {
        setText(next);
        onValue(lines(next, most));
      }}
    />
  );
}

function lines(text: string, most: number): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .slice(0, most);
}

/** Where a model tells no limit, the usual one. */
function range(name: Name, support: ChoiceSupport): { readonly least?: number; readonly most?: number } {
  switch (name) {
    case 'temperature':
      return { least: support.min ?? 0, most: support.max ?? 2 };
    case 'topP':
      return { least: support.min ?? 0, most: support.max ?? 1 };
    case 'maxOutputTokens':
      return { least: support.min ?? 1, most: support.max ?? 128_000 };
    default:
      return {};
  }
}

function spoken(name: Name, value: unknown): string {
  if (typeof value === 'number') {
    return name === 'maxOutputTokens' ? format.number(value) : String(value);
  }
  return Array.isArray(value) ? value.map((one) => JSON.stringify(one)).join(', ') : (words.parameters.efforts[String(value)] ?? String(value));
}
