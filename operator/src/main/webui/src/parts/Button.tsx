import type { ComponentChildren, Ref } from 'preact';
import { Icon, type IconName } from './Icon';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: (event: MouseEvent) => void;
  readonly kind?: 'plain' | 'accent' | 'danger' | 'quiet';
  readonly type?: 'button' | 'submit';
  readonly icon?: IconName;
  readonly busy?: boolean | undefined;
  /** Why it cannot be used now; said, and shown beside the pointer. Absent: it can. */
  readonly off?: string | undefined;
  readonly small?: boolean;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly form?: string;
  readonly ariaExpanded?: boolean;
  readonly ariaControls?: string;
}

/**
 * A button that cannot be used keeps the focus and says why, which `disabled` would prevent (traps of many forms: a
 * button that vanishes from the tab order in the moment it is pressed).
 */
export function Button(props: ButtonProps) {
  const { children, onClick, kind = 'plain', type = 'button', icon, busy, off, small, buttonRef, form } = props;
  const dead = off !== undefined || busy === true;
  return (
    <button
      ref={buttonRef}
      type={type}
      form={form}
      class={`button ${kind}${small ? ' small' : ''}${busy ? ' busy' : ''}`}
      aria-disabled={dead ? 'true' : undefined}
      aria-busy={busy ? 'true' : undefined}
      aria-expanded={props.ariaExpanded}
      aria-controls={props.ariaControls}
      title={off}
      onClick={(event) => {
        if (dead) {
          event.preventDefault();
        } else {
          onClick?.(event);
        }
      }}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {off !== undefined && <span class="spoken">{off}</span>}
    </button>
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  /** What it does; the only name it has. */
  readonly label: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly off?: string | undefined;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
}

export function IconButton({ icon, label, onClick, off, buttonRef, pressed, expanded }: IconButtonProps) {
  return (
    <button
      ref={buttonRef}
      type="button"
      class="icon-button"
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-disabled={off === undefined ? undefined : 'true'}
      title={off ?? label}
      onClick={(event) => {
        if (off === undefined) {
          onClick?.(event);
        }
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
