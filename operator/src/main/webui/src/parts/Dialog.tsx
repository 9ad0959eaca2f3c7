import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { states } from '../text/en';
import { IconButton } from './Button';

export interface DialogProps {
  readonly title: ComponentChildren;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Buttons at the bottom; the first action is the last in the row. */
  readonly footer?: ComponentChildren;
  readonly kind?: 'dialog' | 'drawer' | 'palette';
  readonly wide?: boolean;
  /** Without it there is nothing to go back to: no cross, and Escape does nothing. */
  readonly closable?: boolean;
}

/**
 * The native dialog: the rest of the page is inert while it is open, and the focus goes back where it was. It is
 * there as long as it is open; whoever shows it takes it away in `onClose`.
 */
export function Dialog({ title, onClose, children, footer, kind = 'dialog', wide, closable = true }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const dialog = element.current;
    dialog?.showModal?.();
    return () => {
      dialog?.close?.();
      // The one that opened it may be gone by now, with the row it stood in.
      if (before?.isConnected) {
        before.focus({ preventScroll: true });
      } else {
        document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
      }
    };
  }, []);
  return (
    <dialog
      ref={element}
      class={`${kind}${wide ? ' wide' : ''}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        // Escape in a list inside of it closes that list only.
        event.preventDefault();
        if (closable && event.target === element.current) {
          onClose();
        }
      }}
    >
      <header class="dialog-head">
        <h2 id={heading} class="grow wrap">
          {title}
        </h2>
        {closable && <IconButton icon="cross" label={states.close} onClick={onClose} />}
      </header>
      <div class="dialog-body">{children}</div>
      {footer !== undefined && <footer class="dialog-foot">{footer}</footer>}
    </dialog>
  );
}

/** From the side, over the whole screen where that is narrow: for what belongs to one row. */
export function Drawer(props: Omit<DialogProps, 'kind'>) {
  return <Dialog {...props} kind="drawer" />;
}
