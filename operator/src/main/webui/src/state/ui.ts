import { effect, signal } from '@preact/signals';
import type { Age } from '../api/client';

/** The namespace that is looked at; '' is all of them. */
export const namespace = signal(stored('llmconfig.namespace') ?? '');

export type Theme = 'system' | 'light' | 'dark';
export const theme = signal<Theme>((stored('llmconfig.theme') as Theme | null) ?? 'system');
export const density = signal<'comfortable' | 'compact'>(
  stored('llmconfig.density') === 'compact' ? 'compact' : 'comfortable',
);
/** Single letters as shortcuts; some people's speech input types them by accident. */
export const letterShortcuts = signal(stored('llmconfig.letters') !== 'off');

/** How old what is shown is, by the last answer and the stream. */
export interface Freshness {
  readonly link: 'connecting' | 'up' | 'down';
  readonly stale: boolean;
  readonly ageSeconds: number | undefined;
  readonly syncedAt: string | undefined;
}

export const freshness = signal<Freshness>({ link: 'connecting', stale: false, ageSeconds: undefined, syncedAt: undefined });

export function heardAge(age: Age): void {
  const syncedAt = age.seconds === undefined ? undefined : new Date(Date.now() - age.seconds * 1000).toISOString();
  freshness.value = { ...freshness.value, stale: age.stale, ageSeconds: age.seconds, syncedAt };
}

export interface Toast {
  readonly id: number;
  readonly tone: 'ok' | 'warn' | 'bad' | 'info';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export const toasts = signal<readonly Toast[]>([]);
let lastToast = 0;

/** Says what was done, once the server has confirmed it; with an action it stays long enough to be used. */
export function say(tone: Toast['tone'], text: string, action?: Toast['action']): void {
  lastToast += 1;
  const toast: Toast = { id: lastToast, tone, text, ...(action === undefined ? {} : { action }) };
  toasts.value = [...toasts.value.slice(-2), toast];
  setTimeout(() => dismiss(toast.id), action === undefined ? 6_000 : 30_000);
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

/** Preferences of this browser. Nothing secret and nothing of the cluster but a namespace's name is kept. */
export function keepPreferences(): void {
  effect(() => keep('llmconfig.namespace', namespace.value === '' ? null : namespace.value));
  effect(() => {
    const chosen = theme.value === 'system' ? null : theme.value;
    keep('llmconfig.theme', chosen);
    attribute('theme', chosen);
  });
  effect(() => {
    const chosen = density.value === 'compact' ? 'compact' : null;
    keep('llmconfig.density', chosen);
    attribute('density', chosen);
  });
  effect(() => keep('llmconfig.letters', letterShortcuts.value ? null : 'off'));
}

function attribute(name: string, value: string | null): void {
  if (value === null) {
    delete document.documentElement.dataset[name];
  } else {
    document.documentElement.dataset[name] = value;
  }
}

function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string | null): void {
  try {
    if (value === null) {
      localStorage.removeItem(name);
    } else {
      localStorage.setItem(name, value);
    }
  } catch {
    // A browser that stores nothing forgets it with the tab.
  }
}
