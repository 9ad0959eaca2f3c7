import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { linearStops, logStops, nearest } from '../state/scale';
import { parameters } from '../text/en';
import { Switch } from './Choice';
import { Icon } from './Icon';

export interface SliderProps {
  readonly label: string;
  /** Undefined is "not sent": the field is left out, and the provider decides. */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Whole numbers over a wide range. */
  readonly scale?: 'linear' | 'log';
  /** Where it begins when it is to be sent. */
  readonly start: number;
  readonly format?: (value: number) => string;
  /** Why it cannot be sent, such as that the model does not take it. */
  readonly off?: string | undefined;
  readonly hint?: string | undefined;
}

const PAGE = 10;

/** A parameter: whether it is sent, a native slider for the hand, a number box for the exact value. */
export function Slider(props: SliderProps) {
  const { label, value, onChange, min, max, step = 1, scale = 'linear', start, format = String, off, hint } = props;
  const id = useId();
  const stops = useMemo(() => (scale === 'log' ? logStops(min, max) : linearStops(min, max, step)), [scale, min, max, step]);
  const sent = value !== undefined && off === undefined;
  const index = nearest(stops, value ?? start);
  const move = (to: number) => onChange(stops[Math.max(0, Math.min(stops.length - 1, to))]);
  const about = off ?? hint;

  return (
    <div class={`slider${sent ? '' : ' unset'}`} role="group" aria-labelledby={`${id}-name`}>
      <div class="slider-head">
        <span id={`${id}-name`} class="slider-name">
          {label}
        </span>
        <Switch
          label={parameters.send(label)}
          hideLabel
          on={sent}
          off={off}
          onChange={(on) => onChange(on ? start : undefined)}
        />
        <NumberBox {...props} id={`${id}-box`} sent={sent} about={about === undefined ? undefined : `${id}-about`} />
      </div>
      <input
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={index}
        // It looks unset, but the first move of it sends the parameter; only what cannot be sent is dead.
        disabled={off !== undefined}
        aria-labelledby={`${id}-name`}
        aria-valuetext={sent ? format(value) : parameters.notSent}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        onInput={(event) => move(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          const pages = event.key === 'PageUp' ? 1 : event.key === 'PageDown' ? -1 : 0;
          if (pages !== 0) {
            event.preventDefault();
            move(index + pages * PAGE);
          }
        }}
      />
      <div class="slider-ends" aria-hidden="true">
        <span>{format(min)}</span>
        {scale === 'log' && <span>{format(stops[Math.round(stops.length / 2)] as number)}</span>}
        <span>{format(max)}</span>
      </div>
      {about !== undefined && (
        <p id={`${id}-about`} class="hint">
          {about}
        </p>
      )}
    </div>
  );
}

interface BoxProps extends SliderProps {
  readonly id: string;
  readonly sent: boolean;
  readonly about: string | undefined;
}

/** Takes every value in the range, also those between two stops; what is half typed stays as it is. */
function NumberBox({ id, label, value, onChange, min, max, scale, sent, off, about }: BoxProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  useEffect(() => setTyped(undefined), [value]);
  const text = typed ?? (sent ? String(value) : '');
  const error = typed === undefined ? undefined : wrong(typed, min, max, scale === 'log');
  return (
    <span class="number-box">
      <input
        id={id}
        class="input num"
        type="text"
        inputMode={scale === 'log' ? 'numeric' : 'decimal'}
        autoComplete="off"
        disabled={off !== undefined}
        placeholder={parameters.notSent}
        aria-label={parameters.exact(label)}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={error === undefined ? about : `${id}-error`}
        value={text}
        onInput={(event) => {
          const now = event.currentTarget.value.trim();
          setTyped(now);
          if (now === '') {
            onChange(undefined);
          } else if (wrong(now, min, max, scale === 'log') === undefined) {
            onChange(Number(now));
          }
        }}
        onBlur={() => error === undefined && setTyped(undefined)}
      />
      {error !== undefined && (
        <span id={`${id}-error`} class="number-error" role="alert">
          <Icon name="alert" size={14} /> {error}
        </span>
      )}
    </span>
  );
}

/** Why this is no value, in words. */
export function wrong(typed: string, min: number, max: number, whole: boolean): string | undefined {
  if (typed === '') {
    return undefined;
  }
  const value = /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(typed) ? Number(typed) : Number.NaN;
  if (Number.isNaN(value) || (whole && !Number.isInteger(value))) {
    return whole ? parameters.wholeNumber : parameters.number;
  }
  return value < min || value > max ? parameters.range(min, max) : undefined;
}
