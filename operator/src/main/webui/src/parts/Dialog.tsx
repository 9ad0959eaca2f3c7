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
  /** What came of it, between the form and its buttons, so that it is seen wherever the form is scrolled to. */
  readonly result?: ComponentChildren;
  readonly kind?: 'dialog' | 'drawer' | 'palette';
  readonly wide?: boolean;
  /** Without it there is nothing to go back to: no cross, and Escape does nothing. */
  readonly closable?: boolean;
}

/**
 * The native dialog: the rest of the page is inert while it is open, and the focus goes back where it was. It is
 * there as long as it is open; whoever shows it takes it away in `onClose`.
 */
export function Dialog({ title, onClose, children, footer, result, kind = 'dialog', wide, closable = true }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const dialog = element.current;
    dialog?.showModal?.();
    // Into what is to be filled in; where there is nothing, the heading is read first.
    const field = dialog?.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea):enabled');
    (field ?? dialog?.querySelector<HTMLElement>('h2'))?.focus();
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
  const leave = () => {
    if (closable) {
      onClose();
    }
  };
  return (
    <dialog
      ref={element}
      class={`${kind}${wide ? ' wide' : ''}`}
      aria-labelledby={heading}
      // Browsers let a page refuse Escape once only and then close the dialog over its head, so the key is taken here.
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault();
          event.stopPropagation();
          leave();
        }
      }}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === element.current) {
          leave();
        }
      }}
    >
      {/* No header and footer: in a dialog that the bar opens they would be landmarks within one. */}
      <div class="dialog-head">
        <h2 id={heading} class="grow wrap" tabIndex={-1}>
          {title}
        </h2>
        {closable && <IconButton icon="cross" label={states.close} onClick={onClose} />}
      </div>
      <div class="dialog-body">{children}</div>
      {result !== undefined && <div class="dialog-result">{result}</div>}
      {footer !== undefined && <div class="dialog-foot">{footer}</div>}
    </dialog>
  );
}

/** From the side, over the whole screen where that is narrow: for what belongs to one row. */
export function Drawer(props: Omit<DialogProps, 'kind'>) {
  return <Dialog {...props} kind="drawer" />;
}
