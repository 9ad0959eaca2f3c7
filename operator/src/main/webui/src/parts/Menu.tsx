import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './Icon';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly run: () => void;
  /** Why it cannot be used now. */
  readonly off?: string | undefined;
  readonly danger?: boolean;
  /** For one of several: whether it is the chosen one. */
  readonly checked?: boolean;
}

export interface MenuProps {
  /** The button's name. */
  readonly label: string;
  readonly items: readonly (MenuItem | 'line')[];
  readonly icon?: IconName;
  /** Shown on the button; without it the button is its icon. */
  readonly children?: ComponentChildren;
  /** Above the items. */
  readonly about?: ComponentChildren;
}

/** The APG menu button, in the top layer, so that no scrolling table cuts it off. */
export function Menu({ label, items, icon = 'more', children, about }: MenuProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const menu = list.current;
    if (!open || menu === null) {
      return undefined;
    }
    menu.showPopover?.();
    place(menu, button.current as HTMLElement);
    focusItem(menu, 0);
    const away = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') {
        setOpen(false);
      }
    };
    menu.addEventListener('toggle', away);
    return () => menu.removeEventListener('toggle', away);
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus({ preventScroll: true });
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        class={children === undefined ? 'icon-button' : 'chip'}
        aria-label={children === undefined ? label : undefined}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            setOpen(true);
          }
        }}
      >
        <Icon name={icon} />
        {children}
      </button>
      {open && (
        <div
          ref={list}
          id={id}
          class="menu"
          role="menu"
          aria-label={label}
          popover="auto"
          onKeyDown={(event) => onKey(event, list.current as HTMLElement, close)}
        >
          {about !== undefined && <div class="menu-about" role="presentation">{about}</div>}
          {items.map((item, index) =>
            item === 'line' ? (
              <div key={index} role="separator" class="menu-line" />
            ) : (
              <button
                key={item.label}
                type="button"
                role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
                aria-checked={item.checked}
                aria-disabled={item.off === undefined ? undefined : 'true'}
                title={item.off}
                tabIndex={-1}
                class={item.danger ? 'danger' : ''}
                onClick={() => {
                  if (item.off === undefined) {
                    close();
                    item.run();
                  }
                }}
              >
                <Icon name={item.checked === true ? 'check' : (item.icon ?? 'blank')} />
                <span>
                  {item.label}
                  {item.off !== undefined && <small>{item.off}</small>}
                </span>
              </button>
            ),
          )}
        </div>
      )}
    </>
  );
}

function onKey(event: KeyboardEvent, menu: HTMLElement, close: () => void): void {
  const items = itemsOf(menu);
  const now = items.indexOf(document.activeElement as HTMLElement);
  const step: Record<string, number> = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 };
  if (event.key in step) {
    event.preventDefault();
    focusItem(menu, step[event.key] as number);
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (event.key.length === 1 && event.key !== ' ') {
    const found = items.findIndex((item) => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()));
    if (found >= 0) {
      focusItem(menu, found);
    }
  }
  event.stopPropagation();
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]')];
}

function focusItem(menu: HTMLElement, index: number): void {
  const items = itemsOf(menu);
  items[(index + items.length) % items.length]?.focus();
}

/** Below the button, or above it, and always inside of the window. */
export function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4 + height <= innerHeight || at.top < height + 4;
  const top = below ? at.bottom + 4 : at.top - height - 4;
  const left = at.left + width <= innerWidth - 8 ? at.left : at.right - width;
  menu.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
  menu.style.left = `${Math.max(8, left)}px`;
}
