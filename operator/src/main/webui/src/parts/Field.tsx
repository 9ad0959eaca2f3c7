import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './Icon';

/** What a control needs to be tied to its label, hint and error. */
export interface Tied {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

export interface LabelledProps {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly hideLabel?: boolean;
  /** The widest of a row of filters. */
  readonly first?: boolean;
}

/** Label above, hint and error below; room for neither is reserved, since both push down only what comes later. */
export function Labelled(props: LabelledProps & { readonly children: (tied: Tied) => ComponentChildren }) {
  const { label, hint, error, optional, hideLabel, first, children } = props;
  const id = useId();
  const described = [error === undefined ? '' : `${id}-error`, hint === undefined ? '' : `${id}-hint`].join(' ').trim();
  return (
    <div class={`field${error === undefined ? '' : ' invalid'}${first ? ' first' : ''}`}>
      <label for={id} class={hideLabel ? 'spoken' : ''}>
        {label}
        {optional && <span class="muted"> (optional)</span>}
      </label>
      {children({ id, describedBy: described || undefined, invalid: error !== undefined })}
      {error !== undefined && (
        <p id={`${id}-error`} class="error">
          <Icon name="alert" size={14} /> {error}
        </p>
      )}
      {hint !== undefined && (
        <div id={`${id}-hint`} class="hint">
          {hint}
        </div>
      )}
    </div>
  );
}

export interface FieldProps extends LabelledProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly onBlur?: () => void;
  readonly type?: 'text' | 'url' | 'search' | 'number' | 'date' | 'datetime-local';
  readonly placeholder?: string;
  readonly mono?: boolean;
  /** More than one line. */
  readonly rows?: number;
  readonly off?: boolean;
  readonly readOnly?: boolean;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly name?: string;
}

export function Field(props: FieldProps) {
  const { value, onInput, onBlur, type = 'text', placeholder, mono, rows, off, readOnly, maxLength, name } = props;
  return (
    <Labelled {...props}>
      {({ id, describedBy, invalid }) => {
        const common = {
          id,
          name,
          value,
          placeholder,
          maxLength,
          disabled: off,
          readOnly,
          autoFocus: props.autoFocus,
          autoComplete: 'off',
          spellcheck: false,
          class: `input${mono ? ' mono' : ''}`,
          'aria-describedby': describedBy,
          'aria-invalid': invalid ? ('true' as const) : undefined,
          onBlur,
        };
        return rows === undefined ? (
          <input {...common} type={type as 'text'} onInput={(event) => onInput(event.currentTarget.value)} />
        ) : (
          <textarea {...common} rows={rows} onInput={(event) => onInput(event.currentTarget.value)} />
        );
      }}
    </Labelled>
  );
}
