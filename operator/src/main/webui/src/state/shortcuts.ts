import { useEffect } from 'preact/hooks';
import { to, type ScreenName } from '../routes';
import { overlay } from './overlay';
import { letterShortcuts } from './ui';

/** What `g` is followed by. */
export const PLACES: Readonly<Record<string, ScreenName>> = {
  c: 'chat',
  k: 'keys',
  m: 'models',
  o: 'configs',
  a: 'agents',
  u: 'audit',
  s: 'status',
  e: 'settings',
};

/** What a screen does for a letter of its own, such as `n` for a new one. */
export type ScreenKeys = Readonly<Record<string, () => void>>;

const registered: ScreenKeys[] = [];

/** For as long as the screen is there. */
export function useScreenKeys(keys: ScreenKeys): void {
  useEffect(() => {
    registered.push(keys);
    return () => void registered.splice(registered.indexOf(keys), 1);
  });
}

/** How long `g` waits for its second letter. */
const PATIENCE_MS = 1_500;
let wentAt = Number.NEGATIVE_INFINITY;

/** What a key press means, given where the focus is. @returns whether it was taken */
export function press(event: KeyboardEvent, now = Date.now()): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    overlay.value = overlay.peek() === 'palette' ? undefined : 'palette';
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !letterShortcuts.peek() || typing(event.target)) {
    return false;
  }
  const dialog = document.querySelector('dialog[open]') !== null;
  if (now - wentAt < PATIENCE_MS && !dialog) {
    wentAt = Number.NEGATIVE_INFINITY;
    const place = PLACES[event.key];
    if (place !== undefined) {
      location.hash = to(place);
      return true;
    }
  }
  // Over an open dialog only what concerns its object is left.
  const own = registered.at(-1)?.[event.key];
  if (own !== undefined && (!dialog || event.key === 't')) {
    own();
    return true;
  }
  if (dialog) {
    return false;
  }
  switch (event.key) {
    case 'g':
      wentAt = now;
      return true;
    case '/':
      return focusSearch();
    case '?':
      overlay.value = 'help';
      return true;
    default:
      return false;
  }
}

/** The filter of the screen, or the search over everything. */
function focusSearch(): boolean {
  const filter = document.querySelector<HTMLInputElement>('main input[type=search]');
  if (filter === null) {
    overlay.value = 'palette';
  } else {
    filter.focus();
  }
  return true;
}

function typing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable], [role=menu]') !== null;
}

export function listen(): void {
  addEventListener('keydown', (event) => {
    if (!event.defaultPrevented && press(event)) {
      event.preventDefault();
    }
  });
}
