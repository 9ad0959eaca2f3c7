import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './Icon';

export interface RadioOption<T extends string> {
  readonly value: T;
  readonly label: ComponentChildren;
  readonly about?: ComponentChildren;
  /** Why it cannot be chosen. */
  readonly off?: string | undefined;
}

export interface RadioProps<T extends string> {
  readonly legend: ComponentChildren;
  readonly value: T | undefined;
  readonly options: readonly RadioOption<T>[];
  readonly onChange: (value: T) => void;
  /** Cards stand side by side; segments are a short row; a list has one below the other. */
  readonly look?: 'list' | 'cards' | 'segments';
  readonly hideLegend?: boolean;
  readonly off?: boolean;
  readonly error?: string | undefined;
}

/** One of a few, by native radios: arrows choose, Tab leaves. */
export function Radio<T extends string>({ legend, value, options, onChange, look = 'list', hideLegend, off, error }: RadioProps<T>) {
  const name = useId();
  return (
    <fieldset
      class={`radio ${look}`}
      disabled={off}
      data-invalid={error === undefined ? undefined : ''}
      aria-describedby={error === undefined ? undefined : `${name}-error`}
    >
      <legend class={hideLegend ? 'spoken' : ''}>{legend}</legend>
      <div class="options">
        {options.map((option) => (
          <label key={option.value} class="option" title={option.off}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.off !== undefined}
              onChange={() => onChange(option.value)}
            />
            <span class="grow">
              <span class="option-label">{option.label}</span>
              {option.about !== undefined && <span class="about">{option.about}</span>}
              {option.off !== undefined && <span class="about">{option.off}</span>}
            </span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p id={`${name}-error`} class="error">
          <Icon name="alert" size={14} /> {error}
        </p>
      )}
    </fieldset>
  );
}

export interface SwitchProps {
  readonly label: ComponentChildren;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly hint?: ComponentChildren;
  readonly off?: string | undefined;
  readonly hideLabel?: boolean;
}

/** Takes effect at once, or with the form it is in; a checkbox that says so. */
export function Switch({ label, on, onChange, hint, off, hideLabel }: SwitchProps) {
  const id = useId();
  return (
    <div class="switch" title={off}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={on}
        disabled={off !== undefined}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id} class={hideLabel ? 'spoken' : ''}>
        {label}
      </label>
      {hint !== undefined && (
        <div id={`${id}-hint`} class="hint">
          {hint}
        </div>
      )}
    </div>
  );
}

/** A plain checkbox, for a choice that is sent with its form. */
export function Check({ label, on, onChange }: Pick<SwitchProps, 'label' | 'on' | 'onChange'>) {
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
