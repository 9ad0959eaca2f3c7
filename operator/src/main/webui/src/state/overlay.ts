import { signal } from '@preact/signals';

/** What lies over the whole page; at most one does. */
export const overlay = signal<'palette' | 'help' | 'namespace' | undefined>(undefined);
