import type { ComponentChildren, Ref } from 'preact';
import { useEffect, useImperativeHandle, useRef, useState } from 'preact/hooks';
import { signedIn } from '../state/session';
import { keyField } from '../text/en';
import { Icon } from './Icon';
import { Labelled } from './Field';

/** The only way to what was typed. */
export interface KeyHandle {
  /** What was typed, once: the field is empty afterwards. */
  take(): string;
  /** What was typed, for one request that may be followed by another, such as a test before saving. */
  peek(): string;
  clear(): void;
  focus(): void;
}

export interface KeyFieldProps {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly error?: string | undefined;
  readonly handle: Ref<KeyHandle>;
  readonly optional?: boolean;
  readonly autoFocus?: boolean;
  /** Told what kind of thing was typed, never what: its first few signs and whether there is anything. */
  readonly onChange?: (about: { readonly empty: boolean; readonly prefix: string }) => void;
}

/** Long enough to tell the providers apart, too short to be of use to anybody. */
const PREFIX = 8;

/**
 * A secret on its way in. The value lives in the element alone: not in a signal, not in a component's state, not in
 * the DOM's text. It is hidden but while the eye is held down, and goes when the field goes.
 */
export function KeyField({ label, hint, error, handle, optional, autoFocus, onChange }: KeyFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);

  const tell = () => {
    const value = input.current?.value.trim() ?? '';
    onChange?.({ empty: value === '', prefix: value.length > PREFIX * 2 ? value.slice(0, PREFIX) : '' });
  };
  const clear = () => {
    if (input.current !== null) {
      input.current.value = '';
      tell();
    }
  };
  useImperativeHandle(handle, () => ({
    take() {
      const value = input.current?.value ?? '';
      clear();
      return value;
    },
    peek: () => input.current?.value ?? '',
    clear,
    focus: () => input.current?.focus(),
  }));

  // A page that is put aside for the back button must not bring the key back with it.
  useEffect(() => {
    const hide = () => setShown(false);
    addEventListener('pagehide', clear);
    addEventListener('blur', hide);
    const element = input.current;
    return () => {
      removeEventListener('pagehide', clear);
      removeEventListener('blur', hide);
      if (element !== null) {
        element.value = '';
      }
    };
  }, []);

  // What was typed outlives a session that ends in the middle of a form; a key does not.
  useEffect(() => signedIn.subscribe((still) => {
    if (!still) {
      clear();
    }
  }), []);

  const hold = () => setShown(true);
  const release = () => setShown(false);
  return (
    <Labelled label={label} hint={hint} error={error} optional={optional ?? false}>
      {({ id, describedBy, invalid }) => (
        <div class="key-field">
          <input
            ref={input}
            id={id}
            class="input mono"
            type={(shown ? 'text' : 'password') as 'text'}
            // Password managers would keep it, and offer it in the wrong place.
            autoComplete="off"
            data-1p-ignore
            data-lpignore="true"
            autoCapitalize="off"
            autoCorrect="off"
            spellcheck={false}
            autoFocus={autoFocus}
            aria-describedby={describedBy}
            aria-invalid={invalid ? 'true' : undefined}
            onInput={tell}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={keyField.show}
            title={keyField.show}
            aria-pressed={shown}
            onPointerDown={hold}
            onPointerUp={release}
            onPointerLeave={release}
            onKeyDown={(event) => {
              if (event.key === ' ' || event.key === 'Enter') {
                event.preventDefault();
                hold();
              }
            }}
            onKeyUp={release}
            onBlur={release}
          >
            <Icon name="eye" />
          </button>
        </div>
      )}
    </Labelled>
  );
}
